"""Each list to choose one from is heard by what it is for, on every page, and its line beside it."""

from collections.abc import Callable, Iterator

from person import Person, settle
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from alliance_desktop.domain.form import Kind
from alliance_desktop.ui import voices
from alliance_desktop.ui.fields.combo import Combo

PLACES = (
    "clients",
    "today",
    "caseload",
    "outreach",
    "supervision",
    "contacts",
    "search",
    "figures",
    "backups",
    "settings",
    "key_life",
    "own_forms",
    "snippets",
    "supervision_summary",
    "timeline",
    "details",
    "temperature",
)


def heard(combo: QComboBox) -> str:
    return QAccessible.queryAccessibleInterface(combo).text(QAccessible.Text.Name)


def caption_of(combo: QComboBox) -> str:
    """Return what a person sees beside a list: the label tied to it, or what it is called where there is none."""
    labels = combo.window().findChildren(QLabel)
    beside = [one.text().replace("&", "").rstrip(" *") for one in labels if one.buddy() is combo]
    return beside[0] if beside else combo.accessibleName()


def pages(person: Person) -> Iterator[tuple[str, Callable[[], object]]]:
    work = person.program.work
    client = person.program.vault.notebook.clients()[0].id
    for command in PLACES:
        yield command, lambda command=command: work.obey(command)
    met: set[Kind] = set()
    for form, card in ((one, card) for one in person.program.vault.forms.all() for card in one.cards):
        kinds = {one.kind for one in card.questions}
        if not kinds <= met:
            met |= kinds
            yield f"{form.id} {card.id}", lambda form=form, card=card: work.pages.open_new(client, form.id, card.id)
    yield "preview", lambda: work.pages.open_preview(client)
    yield "blank", lambda: work.pages.open_preview(None)


def test_every_list_of_every_page_is_named_as_it_is_seen(with_client: Person) -> None:
    met: set[str] = set()
    for name, open_it in pages(with_client):
        open_it()
        settle()
        for combo in with_client.window.findChildren(QComboBox):
            if combo.isVisible():
                met.add(combo.accessibleName())
                assert isinstance(combo, Combo), f"{name}: {combo.objectName()}"
                assert combo.accessibleName(), f"{name}: {combo.objectName()}"
                assert heard(combo).startswith(caption_of(combo)), f"{name}: {heard(combo)!r}"
                assert combo.currentText() in heard(combo), f"{name}: {heard(combo)!r}"
    assert {"Page", "Appearance", "Date: how sure"} <= met


def test_the_name_follows_the_line_and_the_caption_alone_is_not_the_value(with_client: Person) -> None:
    made = Combo([("a", "A4"), ("l", "US Letter")])
    made.setParent(with_client.window)
    made.setAccessibleName("Paper")
    made.show()
    face = QAccessible.queryAccessibleInterface(made)
    assert heard(made) == "Paper, A4"
    made.choose("l")
    assert heard(made) == "Paper, US Letter"
    assert face.text(QAccessible.Text.Value) == "US Letter"
    assert face.role() == QAccessible.Role.ComboBox
    assert face.childCount() == 1
    assert face.child(0).object() is made.view()
    plain = QComboBox(with_client.window)
    plain.addItem("A4")
    plain.setAccessibleName("Paper")
    assert heard(plain) == "A4", "control: without a voice of its own only the line is heard"


def test_it_goes_with_its_list(with_client: Person) -> None:
    around = QWidget(with_client.window)
    settle()
    before = set(voices._lent)
    gone: list[int] = []
    for number in range(30):
        one = Combo([("a", "A4")])
        one.setParent(around)
        one.show()
        one.ensurePolished()
        assert heard(one)
        one.destroyed.connect(lambda number=number: gone.append(number))
        one.deleteLater()
    its_own = set(voices._lent) - before
    assert len(its_own) == 30, "control: each has a voice while it lives"
    settle()
    assert len(gone) == 30
    assert not its_own & set(voices._lent)
