"""A small form with one question of each kind, and every card that the program ships."""

import datetime
from pathlib import Path

from alliance_desktop.domain.form import Audience, Card, Column, Form, Kind, Option, PickList, Question, ShowIf
from alliance_desktop.domain.formfile import read_form

TODAY = datetime.date(2026, 5, 12)
FORMS = Path(__file__).parents[3] / "resources" / "forms"
OPTIONS = (
    Option(id="one", label="One & only"),
    Option(id="two", label="Two", line="A plain second line."),
    Option(id="none", label="Nothing I can see yet", alone=True),
    Option(id="other", label="Something else"),
)
GROUPED = (
    Option(id="a", label="First", group="Early"),
    Option(id="b", label="Second", group="Early"),
    Option(id="c", label="Third", group="Late"),
    Option(id="none", label="None of these", group="Late", alone=True),
)
STEPS = tuple(Option(id=str(step), label=f"{step} {word}") for step, word in enumerate(("faint", "clear", "broke"), 1))


def question(key: str, kind: Kind, audience: Audience = Audience.REC, **rest: object) -> Question:
    """Return a question that has a label and help."""
    return Question(
        **{
            "key": key,
            "kind": kind,
            "audience": audience,
            "label": f"Label of {key}?",
            "help": f"Help of {key}.",
            **rest,
        }
    )


EVERY_KIND = (
    question("who", Kind.PERSON),
    question("on", Kind.DATE, default="today"),
    question("at", Kind.TIME),
    question("name", Kind.LINE, Audience.PRIV, limit=10, note="A side note.", source="G"),
    question("words", Kind.PROSE, Audience.PRIV, starters=("Last time & now.",)),
    question("one_of", Kind.CHOICE, options=OPTIONS),
    question("many_of", Kind.CHOICE, options=tuple(Option(id=f"m{n}", label=f"Choice {n}") for n in range(12))),
    question("several", Kind.CHOICES, list="grouped", text="In my own words"),
    question("strength", Kind.SCALE, options=STEPS),
    question("spoke", Kind.TICK, Audience.CONTROL),
    question("people", Kind.CONTACTS, Audience.THIRD),
    question(
        "agreed",
        Kind.ROWS,
        Audience.SHARE,
        columns=(
            Column(key="what", kind="line", label="What"),
            Column(key="by", kind="date", label="By when"),
            Column(key="state", kind="choice", label="State", options=STEPS),
            Column(key="kept", kind="tick", label="Kept"),
        ),
    ),
    question("links", Kind.LINK),
    question("minutes", Kind.NUMBER, most=600),
    question("after", Kind.PROSE, show_if=ShowIf(question="one_of", any=("two",))),
    question("young", Kind.LINE, show_if=ShowIf(fact="young_or_school")),
    question("later", Kind.LINE, folded=True),
    question("again_on", Kind.DATE, default="review", folded=True),
)


def form_of(*questions: Question, enough: tuple[tuple[str, ...], ...] = ()) -> Form:
    """Return a form of one card with these questions."""
    card = Card(id="card", title="A card", questions=questions, enough=enough)
    return Form(id="small", version=1, title="Small", cards=(card,), lists=(PickList(id="grouped", options=GROUPED),))


def real_cards() -> list[tuple[Form, Card]]:
    """Return every card of every form that the program ships."""
    forms = [read_form(path.name, path.read_text(encoding="utf-8")) for path in sorted(FORMS.glob("*.toml"))]
    return [(form, card) for form in forms for card in form.cards]
