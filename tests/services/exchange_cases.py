"""What the tests of taking out and bringing in share: a vault with one of everything, and files line by line."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from service_cases import ACKNOWLEDGE, NOTICE, Clock, card, day

from alliance_desktop.domain import own_form, rupture
from alliance_desktop.domain.answers import Answer, Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.form import CHOOSING, PRESET, Card, Form, Kind, Question
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.domain.records.items import Group
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.services.snippets import HalfWord

HEAD = {"is": "head", "program": "alliance-desktop", "format": 1}
CLIENT = {"is": "client", "id": 1, "answers": {"code": "D-34"}}
NOTE = {
    "is": "entry",
    "id": 2,
    "client": 1,
    "form": "session",
    "card": "note",
    "record": {"date": {"on": "2026-03-05"}, "body": "She went quiet."},
}
WRITTEN_BY_ITSELF = frozenset({"disclosure"})


def line(**told: Any) -> bytes:
    """Return a line as a script would write it."""
    return json.dumps(told, ensure_ascii=False).encode()


def put(path: Path, lines: Iterable[dict[str, Any] | bytes], *, end: bool = True) -> Path:
    """Write a file of lines, with a last one that counts them."""
    told = [one if isinstance(one, bytes) else line(**one) for one in lines]
    if end:
        told.append(line(**{"is": "end", "lines": len(told)}))
    path.write_bytes(b"".join(one + b"\n" for one in told))
    return path


def copied(own: Secrets) -> Secrets:
    """Return secrets for one opening more: each opening takes its own with it."""
    return Secrets(bytes(own.recovery), bytes(own.vault_id), bytes(own.data_key), own.generation)


def told(path: Path) -> list[dict[str, Any]]:
    """Return what the lines of a file say."""
    return [json.loads(one) for one in path.read_bytes().splitlines()]


def answer_of(form: Form, question: Question, linked: EntryId) -> Answer:
    """Return an answer of a question's kind, as a page would store it."""
    if question.kind in CHOOSING:
        return chosen(form.options(question)[-1].id, text="“in Worten” שלום" if question.text else "")
    makers: dict[Kind, Callable[[], Answer]] = {
        Kind.LINE: lambda: "One line — 陳",
        Kind.PROSE: lambda: 'Two\nlines\t"quoted" \\ and a tab',
        Kind.TIME: lambda: "14:30",
        Kind.DATE: lambda: dated(day()),
        Kind.TICK: lambda: True,
        Kind.NUMBER: lambda: min(3, question.most),
        Kind.LINK: lambda: [linked],
        Kind.PERSON: lambda: None,
        Kind.CONTACTS: lambda: [
            {"name": "Ms Okafor", "role": "teacher", "contact": linked},
            {"name": "Bo", "role": ""},
        ],
        Kind.ROWS: lambda: _rows(question),
    }
    return makers[question.kind]()


def _rows(question: Question) -> Answer:
    cells: dict[str, Answer] = {
        "line": "a cell",
        "prose": "words",
        "tick": True,
        "number": {"text": "about ten"},
        "date": {"on": "", "about": "", "text": "next spring"},
    }
    row = {one.key: chosen(one.options[0].id) if one.kind == "choice" else cells[one.kind] for one in question.columns}
    given = [{PRESET: one.id, "removed": True} for one in question.presets[:1]]
    return [row, *given]


def answers_of(form: Form, one: Card, linked: EntryId) -> Answers:
    """Return answers to all questions of a card."""
    return {each.key: answer_of(form, each, linked) for each in one.questions}


def fill(vault: OpenVault, clock: Clock) -> None:
    """Write one of everything: every card of every form, a strain of two turns, history, the bin, own forms …"""
    book = vault.notebook
    whose = book.add_client({"code": "D-34", "called": "Dana ’n’ Co"}).client
    assert whose is not None
    note = book.write(card(book, whose, "note", {"date": dated(day()), "body": "The first note."})).entry
    assert note is not None
    _every_card(vault, whose, note)
    _strain_with_two_turns(vault, clock, whose)
    _own_form(vault, clock, whose)
    _history(vault, clock, whose, note)
    _request(vault, whose)
    _settings(vault, clock, note)


def _request(vault: OpenVault, whose: ClientId) -> None:
    records = vault.records
    (request,) = records.requests(whose)
    piece = records.look(request.id).of(Group.THIRD)[0].item
    records.decide(request.id, [piece], Verdict.BLACK_OUT, "Another’s words.", [(0, 3)])
    records.keep_rule(replace(records.rule("uk"), count=2))


def _every_card(vault: OpenVault, whose: ClientId, note: EntryId) -> None:
    book = vault.notebook
    for form in sorted(vault.forms.all(), key=lambda one: one.id):
        if form.id in {"client", rupture.FORM, *WRITTEN_BY_ITSELF}:
            continue
        for one in form.cards:
            client = None if form.about == "counsellor" else whose
            entry = book.new_entry()
            book.write(
                WriteCard(client=client, form=form.id, card=one.id, answers=answers_of(form, one, note), entry=entry)
            )


def _strain_with_two_turns(vault: OpenVault, clock: Clock, whose: ClientId) -> None:
    book, strains = vault.notebook, vault.strains
    arc = book.write(card(book, whose, "notice", NOTICE)).arc
    assert arc is not None
    book.write(card(book, whose, "acknowledge", ACKNOWLEDGE, arc=arc))
    strains.set_status(arc, rupture.Status.RESOLVED, day(), "It was well again.")
    clock.move(days=3)
    strains.set_status(arc, rupture.Status.NOTICED, day(3), "It came back.")
    form = vault.forms.current(rupture.FORM)
    first = book.arc_entries(arc)[0].id
    for one in form.cards:
        book.write(card(book, whose, one.id, answers_of(form, one, first), arc=arc))


def _own_form(vault: OpenVault, clock: Clock, whose: ClientId) -> None:
    forms, book = vault.own_forms, vault.notebook
    form = forms.copy("feedback")
    question = forms.question(OwnQuestion(label="Only mine", private=True))
    base = forms.base(form)
    assert base is not None
    forms.keep(own_form.added(form, base, question))
    asked = next(one for one in forms.all() if one.id == form.id)
    entry = book.new_entry()
    written = {"client": whose, "form": asked.id, "card": asked.cards[0].id, "entry": entry, "version": 1}
    book.write(WriteCard(answers={question.key: "mine"}, **written))
    forms.keep(own_form.removed(asked, base, question.key))
    clock.move(minutes=10)
    book.write(WriteCard(answers={question.key: "mine", "gone_since": "an answer nobody asks for"}, **written))
    forms.retire(form.id)
    draft = own_form.titled(form, "Another one")
    vault.own_forms.keep_draft(_draft(draft))


def _draft(form: Form) -> Any:
    from alliance_desktop.services.own_forms import BeingAsked, Draft

    return Draft(form=form, asked=BeingAsked(options="one\ntwo"))


def _history(vault: OpenVault, clock: Clock, whose: ClientId, note: EntryId) -> None:
    book, history = vault.notebook, vault.history
    entry = book.write(card(book, whose, "note", {"date": dated(day()), "body": "What was said. " * 30})).entry
    assert entry is not None
    clock.move(minutes=6)
    both = {"date": dated(day()), "body": "Less.", "for_me_only": "I was tired."}
    book.write(card(book, whose, "note", both, entry=entry))
    clock.move(minutes=6)
    book.write(card(book, whose, "note", {**both, "for_me_only": "I was tired, and glad."}, entry=entry))
    book.finish(entry)
    book.amend(entry, "And later\u2028still.")
    book.amend(entry, "For me.", private=True)
    gone = book.write(card(book, whose, "note", {"date": dated(day()), "body": "It goes."})).entry
    linking = book.new_entry()
    assert gone is not None
    book.write(
        WriteCard(client=None, form="supervision", card="session", answers={"brought": [note, gone]}, entry=linking)
    )
    history.bin(gone)
    history.remove(gone)
    binned = book.write(card(book, whose, "note", {"date": dated(day()), "body": "Put away."})).entry
    assert binned is not None
    history.bin(binned)


def _settings(vault: OpenVault, clock: Clock, note: EntryId) -> None:
    vault.settings.keep(Preferences(who_to_turn_to="Line 1\nLine 2", lock_minutes=7))
    vault.settings.keep_unsent(note, "half a word", private=True)
    vault.settings.keep_place({"page": "client"})
    vault.snippets.keep("qe", "quiet, and then")
    vault.snippets.keep_draft(HalfWord("ab", "above", ""))
    clock.move(days=40)
    for reason in [one for each in vault.attention.cards(clock().date()) for one in each.reasons][:2]:
        vault.attention.not_needed(reason, "We spoke of it.")
