"""Writes docs/forms.md, the page of all questions, from the form files: `python -m tests.forms_page`."""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from alliance_desktop.domain.form import CHOOSING, Card, Form, Kind, Question
from alliance_desktop.domain.formfile import read_form

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "forms.md"
FILES = ROOT / "resources" / "forms"
SOURCES = ROOT / "resources" / "forms_sources.toml"

MOST_WORDS = 130
"""How many characters the labels of options may take; longer lists are only counted."""

HEAD = """# Every question of every form

Generated from `resources/forms/*.toml` by `python -m tests.forms_page`: change the form files and run it again, never
this page. A test compares the two.

**Ref** is the design's code of a question. A star marks what a card asks for before it counts as “enough”, a star in
brackets what is one way to it; nothing is ever needed to save. **Class** says who an answer is for: `REC` the client's
record, `PRIV` the counsellor's own reflection, `SHARE` wording agreed with the client, `3P` from or about another
person, `-` steers the form and is never printed. **Source** says where the idea comes from (the codes are at the end);
`G` is a choice of our own, to be reviewed by a counsellor. **Key** is the name under which an answer is stored.
"""
COLUMNS = ("Ref", "Prompt", "Type", "Class", "Source", "Key")
ABOUT = {"client": "About one client", "counsellor": "The counsellor's own", "either": "About a client, or nobody"}


def read_forms(folder: Path = FILES) -> list[Form]:
    """Return the forms of a folder, in the order in which they are listed: by heading, then by title."""
    forms = [read_form(one.name, one.read_text(encoding="utf-8")) for one in folder.glob("*.toml")]
    return sorted(forms, key=lambda one: (one.section, one.title, one.version))


def read_sources() -> dict[str, str]:
    """Return what each source code stands for."""
    return tomllib.loads(SOURCES.read_text(encoding="utf-8"))


def page(forms: Iterable[Form], sources: dict[str, str]) -> str:
    """Return the whole page."""
    parts = [HEAD]
    for form in forms:
        parts.append(_of_form(form))
        parts += [_of_card(form, card) for card in form.cards]
    parts.append("## Sources\n\n" + _table(("Code", "What it is"), sorted(sources.items())))
    return "\n".join(parts)


def cells(line: str) -> list[str]:
    """Return the cells of one line of a table of the page."""
    inside = line.replace("\\|", "\0").strip().strip("|")
    return [one.strip().replace("\0", "|") for one in inside.split("|")]


def _of_form(form: Form) -> str:
    facts = [f"{ABOUT[form.about]}.", f"Offered under “{form.section}”." if form.section else ""]
    facts.append("Its entries lie in a drawer of their own." if form.drawer else "")
    facts.append(f"Always on its pages: “{form.banner}”" if form.banner else "")
    return f"## {form.title}\n\n`{form.id}`, version {form.version}. {' '.join(one for one in facts if one)}\n"


def _of_card(form: Form, card: Card) -> str:
    facts = [card.aim, "Kept up over time." if card.living else ""]
    facts.append("Frozen when its page is left with enough on it." if card.freezes else "")
    facts.append("Several entries are normal." if card.repeats else "")
    rows = ([*_of_question(form, card, one)] for one in card.questions)
    said = " ".join(one for one in facts if one)
    return f"### {card.title}\n\n`{card.id}`. {said}\n\n{_table(COLUMNS, rows)}"


def _of_question(form: Form, card: Card, question: Question) -> Iterator[str]:
    yield question.ref + _star(card, question)
    yield question.label
    yield _type(form, question)
    yield question.audience.value
    yield question.source
    yield f"`{question.key}`"


def _star(card: Card, question: Question) -> str:
    ways = [question.key in alternative for alternative in card.enough]
    if not any(ways):
        return ""
    return "\\*" if all(ways) else " (\\*)"


def _type(form: Form, question: Question) -> str:
    if question.kind in CHOOSING:
        return _choosing(form, question)
    if question.kind is Kind.ROWS:
        given = f", {len(question.presets)} rows given" if question.presets else ""
        return f"table: {', '.join(one.label for one in question.columns)}{given}"
    if question.kind is Kind.LINK:
        return f"link to {', '.join(question.targets)}" if question.targets else "link to any entry"
    if question.kind is Kind.NUMBER:
        return f"whole number, at most {question.most}"
    if question.kind is Kind.LINE and question.limit:
        return f"line of {question.limit}"
    return question.kind.value


def _choosing(form: Form, question: Question) -> str:
    labels = [one.label for one in form.options(question)]
    listed = " / ".join(labels)
    said = listed if len(listed) <= MOST_WORDS else f"{len(labels)} options"
    return f"{question.kind.value}: {said}" + ("; words" if question.text else "")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *([one.replace("|", "\\|") for one in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    """Write the page and say where."""
    PAGE.write_text(page(read_forms(), read_sources()), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT).as_posix()}\n")


if __name__ == "__main__":
    main()
