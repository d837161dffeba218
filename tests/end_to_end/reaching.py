"""What the tests of reaching out and of closing share: cards begun from the list of forms, and a student's story."""

from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtWidgets import QLabel

from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.outreach import AVENUE_WORDS, DIRECT

SAID = "He told me to leave him alone"
DIRECT_WORDS = [AVENUE_WORDS[one] for one in sorted(DIRECT)]


def begin(person: Person, form: str, card: str) -> None:
    """Choose a card in the list of forms with the arrow keys and Enter."""
    person.key(Keys.Key_E, CTRL | SHIFT)
    rows = person.find("form_rows")
    person.key(Keys.Key_Home)
    for _ in range(rows.rows.rowCount()):
        chosen = rows.current_key()
        if (chosen.form.id, chosen.card.id) == (form, card):
            break
        person.key(Keys.Key_Down)
    person.key(Keys.Key_Return)
    settle()
    assert (person.page().kind, person.page().card.id) == (form, card)


def reveal(person: Person, name: str) -> None:
    """Scroll the card to what has that name, as a person does who looks for it."""
    settle()
    person.find("desk_scroll").ensureWidgetVisible(person.find(name))
    settle()


def press(person: Person, name: str) -> None:
    """Scroll to a button of the card and press it."""
    reveal(person, name)
    person.press(name)


def write(person: Person, name: str, text: str) -> None:
    """Scroll to a field of the card and write in it."""
    reveal(person, name)
    person.write(name, text)


def said(person: Person, name: str) -> str:
    """Return what a label says, without the marks around names."""
    return str(person.find(name, QLabel).text()).replace("\u2068", "").replace("\u2069", "")


def log_try(person: Person, avenue: str, response: str, offered: str = "") -> None:
    """Note a try on a fresh card of it, and leave the card so that it is written."""
    person.choose("avenue", avenue)
    if offered:
        write(person, "offered", offered)
    press(person, f"response_{response}")
    person.flush()


def whose(person: Person) -> ClientId:
    (client,) = person.program.vault.notebook.clients()
    return client.id


def entries(person: Person, form: str, card: str = "") -> list[Entry]:
    found = person.program.vault.notebook.of_form(form, whose(person))
    return [one for one in found if not card or one.card == card]


def notice_in_winter(person: Person) -> None:
    """A strain of which nobody spoke, noticed a month before anything else."""
    person.notice("the corridor")
    press(person, "more_2")
    write(person, "seen_or_heard", SAID)
    person.flush()
    person.clock.pass_by(days=30)


def to_outreach(person: Person) -> None:
    """Go to the place with its key and open whoever is first there."""
    person.key(Keys.Key_4, CTRL)
    person.key(Keys.Key_Return)
    settle()
    assert person.find("outreach_page").isVisible()
