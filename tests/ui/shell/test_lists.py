"""The caseload, the strains and the finder, driven from the keyboard."""

import datetime
import time

import pytest
from names import nameless
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shell_cases import client

from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, ClientId
from alliance_desktop.ui.client_list import EVERYONE, NOBODY, ClientList, sorted_by_name
from alliance_desktop.ui.commands import Needs
from alliance_desktop.ui.finder import Finder
from alliance_desktop.ui.strain_list import NOTHING, StrainLine, StrainList
from alliance_desktop.ui.window import MainWindow

NAMES = ("Nguyễn Thị Hòa", "李小龙", "محمد أحمد", "O’Connor", "สมชาย", "Björk", "Madonna")


@pytest.fixture
def caseload() -> list[Client]:
    """Names of scenario 11, one of them closed."""
    made = [client(at, name) for at, name in enumerate(NAMES)]
    return [*made, client(90, "Zoë", state="closed", strains=1, last="2026-03-05")]


@pytest.fixture
def clients(qtbot: QtBot, caseload: list[Client]) -> ClientList:
    """The list of the caseload."""
    made = ClientList()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.set_clients(caseload)
    made.show()
    return made


def shown(clients: ClientList) -> list[str]:
    """Return the names shown, without their isolates."""
    return [one.title.strip("\u2068\u2069") for one in clients.shown()]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyen", "Nguyễn Thị Hòa"),
        ("小龙", "李小龙"),
        ("o'connor", "O’Connor"),
        ("oconnor", "O’Connor"),
        ("bjork", "Björk"),
        ("สม", "สมชาย"),
        ("محمد", "محمد أحمد"),
        ("hoa ngu", "Nguyễn Thị Hòa"),
        ("c-006", "Madonna"),
    ],
)
def test_a_name_is_found_however_it_is_typed(qtbot: QtBot, clients: ClientList, typed: str, name: str) -> None:
    clients.search.setText(typed)
    assert shown(clients) == [name]
    with qtbot.waitSignal(clients.opened) as opened:
        qtbot.keyClick(clients.search, Qt.Key.Key_Return)
    assert opened.args == [ClientId(NAMES.index(name))]


def test_names_are_sorted_by_the_alphabet_of_the_reader() -> None:
    people = [client(at, name) for at, name in enumerate(["zoe", "Émile", "Eva", "adam", "Ömer", "Otto"])]
    swedish = [one.called for one in sorted_by_name(people, QLocale("sv_SE"))]
    english = [one.called for one in sorted_by_name(people, QLocale("en_GB"))]
    assert english[0] == "adam"
    assert english[-1] == "zoe"
    assert english.index("Émile") < english.index("Ömer")
    assert sorted(swedish) == sorted(english)


def test_arrows_in_the_field_move_the_list(qtbot: QtBot, clients: ClientList) -> None:
    clients.search.setFocus()
    first = clients.view.current_key()
    qtbot.keyClick(clients.search, Qt.Key.Key_Down)
    second = clients.view.current_key()
    qtbot.keyClick(clients.search, Qt.Key.Key_Up)
    assert first != second
    assert clients.view.current_key() == first


def test_the_filter_hides_closed_work_and_offers_everyone(qtbot: QtBot, clients: ClientList) -> None:
    assert "Zoë" not in shown(clients)
    clients.search.setText("zoe")
    assert "Open work" in clients.empty.words.text()
    clients.empty.button.click()
    assert shown(clients) == ["Zoë"]
    clients.search.setText("nobody")
    clients.empty.button.click()
    assert clients.search.text() == ""
    clients.filter.setCurrentIndex(clients.filter.findData("closed"))
    assert shown(clients) == ["Zoë"]


def test_a_row_speaks_one_whole_sentence(clients: ClientList) -> None:
    clients.filter.setCurrentIndex(clients.filter.findData(EVERYONE))
    clients.search.setText("zoe")
    spoken = clients.view.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    said = spoken.replace("\u2068", "").replace("\u2069", "")
    assert said == "Zoë, code C-090, closed, last contact 5 March 2026, 1 open strain."


def test_an_empty_vault_says_what_to_do(qtbot: QtBot) -> None:
    clients = ClientList()
    qtbot.addWidget(clients)
    clients.show()
    assert clients.empty.words.text() == NOBODY
    with qtbot.waitSignal(clients.add_asked):
        clients.empty.button.click()


def test_the_current_client_stays_current_when_the_list_is_read_again(
    clients: ClientList, caseload: list[Client]
) -> None:
    clients.select(ClientId(3))
    clients.set_clients(caseload)
    assert clients.view.current_key() == 3
    clients.select(ClientId(90))
    assert clients.view.current_key() == 90


def test_whom_the_filter_leaves_out_is_shown_beside_the_others_until_it_is_changed(clients: ClientList) -> None:
    kept = clients.filter.currentData()
    assert kept != EVERYONE
    assert 90 not in [one.key for one in clients.shown()], "a closed case"
    clients.search.setText("Björk")
    clients.select(ClientId(90))
    assert (clients.filter.currentData(), clients.search.text()) == (kept, "")
    assert (clients.view.current_key(), len(clients.shown())) == (90, len(NAMES) + 1)
    clients.filter.setCurrentIndex(clients.filter.findData(EVERYONE))
    clients.filter.setCurrentIndex(clients.filter.findData(kept))
    assert len(clients.shown()) == len(NAMES)


def test_two_thousand_names_are_filtered_between_two_keys(qtbot: QtBot) -> None:
    clients = ClientList()
    qtbot.addWidget(clients)
    clients.set_clients([client(at, f"{NAMES[at % 7]} {at}") for at in range(2000)])
    took = []
    for typed in ("n", "ng", "ngu", "nguy", "nguye"):
        before = time.thread_time()
        clients.search.setText(typed)
        took.append(time.thread_time() - before)
    assert sorted(took)[2] < 0.15
    assert clients.shown()


def strain(arc: int, day: str, is_open: bool, words: str) -> StrainLine:
    """Return a strain with valid defaults."""
    on = datetime.date.fromisoformat(day)
    return StrainLine(ArcId(arc), ClientId(7), "Dana", f"strain {arc}", on, words, is_open)


def test_open_strains_come_first_and_say_their_status(qtbot: QtBot) -> None:
    strains = StrainList()
    qtbot.addWidget(strains)
    strains.set_strains(
        [
            strain(1, "2026-01-01", False, "Mended"),
            strain(2, "2026-03-01", True, "Noticed"),
            strain(3, "2026-02-01", True, "In conversation"),
            strain(4, "2026-02-20", False, "Ended without repair"),
        ]
    )
    rows = [strains.view.rows.row(at) for at in range(4)]
    assert [one.key[0] for one in rows] == [3, 2, 4, 1]
    words = [one.under[0].rpartition(" · ")[2] for one in rows]
    assert words == ["In conversation", "Noticed", "Ended without repair", "Mended"]
    assert rows[0].spoken.endswith("noticed 1 February 2026.")
    with qtbot.waitSignal(strains.opened) as opened:
        qtbot.keyClick(strains.view, Qt.Key.Key_Return)
    assert opened.args == [3, 7]


def test_no_strain_is_no_reproach(qtbot: QtBot) -> None:
    strains = StrainList()
    qtbot.addWidget(strains)
    strains.show()
    assert strains.empty.words.text() == NOTHING
    assert strains.empty.isVisible()


@pytest.fixture
def finder(window: MainWindow, caseload: list[Client]) -> Finder:
    """The finder over a window with one field in it."""
    held = QLineEdit()
    held.setObjectName("under")
    window.show_page(held)
    held.setFocus()
    window.menus.allow(frozenset(Needs))
    return Finder(window.centralWidget(), lambda: caseload, lambda: list(window.menus.actions.values()))


def test_the_finder_finds_a_client_and_gives_the_cursor_back(qtbot: QtBot, window: MainWindow, finder: Finder) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    finder.open()
    assert finder.search.hasFocus()
    qtbot.keyClicks(finder.search, "bjork")
    with qtbot.waitSignal(finder.client_chosen) as chosen:
        qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    assert chosen.args == [NAMES.index("Björk")]
    assert not finder.isVisible()
    assert window.focusWidget().objectName() == "under"


def test_the_finder_finds_a_command_and_does_it(qtbot: QtBot, window: MainWindow, finder: Finder) -> None:
    finder.open()
    qtbot.keyClicks(finder.search, "notice str")
    with qtbot.waitSignal(window.command_asked) as asked:
        qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    assert asked.args == ["notice_strain"]


def test_esc_closes_the_finder_and_leaves_nothing_behind(qtbot: QtBot, window: MainWindow, finder: Finder) -> None:
    finder.open()
    qtbot.keyClicks(finder.search, "nothing like it")
    assert finder.findChild(QLabel, "finder_nothing").isVisible()
    qtbot.keyClick(finder.search, Qt.Key.Key_Tab)
    assert finder.search.hasFocus()
    qtbot.keyClick(finder.search, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert finder.search.text() == ""
    assert finder.view.rows.rowCount() == 0
    assert window.focusWidget().objectName() == "under"


def test_disabled_commands_are_not_offered(window: MainWindow, finder: Finder) -> None:
    window.menus.allow(frozenset())
    finder.open()
    finder.search.setText("notice")
    assert finder.view.rows.rowCount() == 0


def test_lists_have_names(clients: ClientList, finder: Finder) -> None:
    finder.open()
    assert nameless(clients) == []
    assert nameless(finder) == []
    face = QAccessible.queryAccessibleInterface(clients.view)
    assert face.role() == QAccessible.Role.List


def test_the_finder_shows_whole_rows_and_the_keys_of_commands(window: MainWindow, finder: Finder) -> None:
    finder.open()
    finder.layout().activate()
    row = finder.view.sizeHintForRow(0)
    assert finder.view.viewport().height() % row == 0
    assert finder.view.viewport().height() > row
    rows = [finder.view.rows.row(at) for at in range(finder.view.rows.rowCount())]
    lock = next(one for one in rows if one.title == "Lock")
    assert (lock.under, lock.aside) == ((), "Ctrl+L")


def test_the_list_of_states_is_labelled_for_the_screen_reader(clients: ClientList) -> None:
    heard = QAccessible.queryAccessibleInterface(clients.filter).text(QAccessible.Text.Name)
    assert heard == f"Show, {clients.filter.currentText()}"


def test_a_row_is_spoken_without_the_marks_of_its_direction(clients: ClientList) -> None:
    index = clients.view.rows.index(0)
    assert "\u2068" in index.data(Qt.ItemDataRole.DisplayRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "\u2068" not in spoken
    assert "\u2069" not in spoken


def test_no_one_yet_is_said_in_calm_words() -> None:
    assert NOBODY == "No one here yet. Add a client – a code is enough."
