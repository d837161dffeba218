"""The work with one open vault: its lists, its finder, and what each command does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import Zoom
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.backups_place import BackupsPlace
from alliance_desktop.ui.client_list import ClientList
from alliance_desktop.ui.client_page import ClientPage
from alliance_desktop.ui.commands import Needs, needs_of
from alliance_desktop.ui.contacts_place import ContactsPlace
from alliance_desktop.ui.details_page import DetailsPage
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.fields.note import NotePanel
from alliance_desktop.ui.figures_place import FiguresPlace
from alliance_desktop.ui.finder import Finder
from alliance_desktop.ui.finding import Finding, ToEntry, ToForm, ToStrain
from alliance_desktop.ui.form_list import FormListPage
from alliance_desktop.ui.key_life.place import KeysPlace
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.looking_through import LookingThrough
from alliance_desktop.ui.losses import Losses
from alliance_desktop.ui.only_reading import OnlyReading
from alliance_desktop.ui.outreach_place import OutreachPlace
from alliance_desktop.ui.own_ways import OwnWays
from alliance_desktop.ui.pages import Needed, Pages
from alliance_desktop.ui.past import Past
from alliance_desktop.ui.preview_page import PreviewPage
from alliance_desktop.ui.prove_page import ProvePage
from alliance_desktop.ui.records.place import RecordsPlace
from alliance_desktop.ui.search_place import SearchPlace
from alliance_desktop.ui.settings_place import SettingsPlace
from alliance_desktop.ui.strain_list import StrainLine, StrainList
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.summary_page import SummaryPage
from alliance_desktop.ui.summary_place import SummaryPlace
from alliance_desktop.ui.supervision_place import SupervisionPlace
from alliance_desktop.ui.temperature_page import TemperaturePage
from alliance_desktop.ui.timeline_panel import TimelinePanel
from alliance_desktop.ui.today_place import TodayPlace
from alliance_desktop.ui.trail import Trail
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.work_bars import WorkBars
from alliance_desktop.ui.workspace import Workspace

CHOOSE_STRAIN = "Choose a strain on the left."
WHOSE = "Whose? Choose a client first."


class Work(QObject):
    """Everything between the unlock page and the next lock; `kept` carries Preferences that were changed."""

    kept = Signal(object)

    def __init__(
        self, window: MainWindow, space: Workspace, vault: OpenVault, needed: Needed, sources: dict[str, str]
    ) -> None:
        super().__init__(window)
        self._window, self._vault, self._needed = window, vault, needed
        self._pending: Callable[[ClientId], object] | None = None
        self.workspace = space
        if vault.sample:
            space.header.mark_sample()
        self._bars = WorkBars(self.workspace, vault)
        self.pages = Pages(self.workspace, vault, needed)
        self.past = Past(self.workspace, vault, self.pages)
        self.note = NotePanel(sources)
        self.workspace.put_note(self.note)
        self._clients, self._strains = Later(self._make_clients), Later(self._make_strains)
        self.workspace.add_place("clients", self._clients, Later(lambda: self._clients().beside))
        self.workspace.add_place("strains", self._strains, CHOOSE_STRAIN)
        self.outreach = OutreachPlace(self.workspace, vault, self.pages)
        self.supervision = SupervisionPlace(self.workspace, vault, self.pages)
        self.contacts = ContactsPlace(self.workspace, vault, self.pages)
        self.looking = LookingThrough(vault, self)
        waits = self.looking.is_in_the_way
        self.today = TodayPlace(self.workspace, vault, self.pages, needed.clock, waits)
        context = self.today.context
        self.settings = SettingsPlace(self.workspace, vault, needed, context)
        self.keys = KeysPlace(self.workspace, self.settings, vault.keys, needed.keys)
        self.keys.lock_asked.connect(window.lock_asked)
        self.own = OwnWays(self.workspace, vault, self.pages, self.settings, context)
        self.search = SearchPlace(self.workspace, vault, self.pages, context, waits)
        self.backups = BackupsPlace(self.workspace, vault, needed.clock, needed.ask_path)
        self._finder = Later(self._make_finder)
        self.trail = Trail(self.workspace, self.pages, self._focus_place)
        self._commands = self._make_commands()
        self._reading = OnlyReading(self.workspace, vault.remarks[0], self.settings) if vault.read_only else None
        self._join()

    @property
    def clients(self) -> ClientList:
        """The caseload, which is made when it is asked for first, as are the list of strains and the finder."""
        return self._clients()

    @property
    def strains(self) -> StrainList:
        """All strains."""
        return self._strains()

    @property
    def finder(self) -> Finder:
        """The sheet of Ctrl+K."""
        return self._finder()

    def begin(self) -> None:
        """Go where the counsellor was when the vault was last used; say so where that ended without a lock."""
        self._bars.begin()
        self.backups.remind()
        place = self._vault.settings.place()
        if not place and self._vault.notebook.clients():
            self.workspace.show_place("today")
        elif not self.workspace.place and place.get("in") not in self.workspace.known_places():
            self.workspace.show_place("clients")
        self._guarded(lambda: self.pages.restore(place))
        if place.get("open") is True:
            self._bars.say_recovered(place)
        elif self.pages.page is None:
            self._focus_place()
        self._allow()
        self.looking.begin()
        self.past.begin()
        self.search.begin()
        self.today.begin()
        self.trail.clear()

    def end(self) -> dict[str, Any]:
        """Leave what goes on beside the work, and return the place to keep at a lock."""
        self.looking.stop()
        self.past.stop()
        self.own.stop()
        self.search.stop()
        self.backups.leave()
        self.today.leave()
        self.trail.clear()
        return self.pages.place() | {"open": False}

    def obey(self, command: str) -> None:
        """Do a command of the menus; a fault of the world is said in the bar."""
        act = self._commands.get(command)
        if act is not None and self._vault.read_only and needs_of(command) is Needs.WRITING:
            self.workspace.notice.show_error(self._vault.remarks[0])
        elif act is not None:
            # Who is just being added is there once that is written, and is not asked for.
            if self.pages.client is None:
                self.pages.flush()
            self._guarded(act)

    def keep(self, preferences: Preferences) -> None:
        """Keep preferences in the vault and let the window follow them."""
        self._guarded(lambda: self.settings.keep(preferences))
        self.kept.emit(preferences)

    def flush(self) -> bool:
        """Write what is not written yet, on every page and in the settings; False where the disk did not take it."""
        written = self.pages.flush()
        try:
            self.settings.flush()
        except KnownError:
            return False
        return written

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        space, pages = self.workspace, self.pages
        zooms = {f"timeline_{zoom}": partial(TimelinePanel.zoom_to, zoom=zoom) for zoom in Zoom}
        return {
            "new_client": lambda: self._in_clients(pages.open_details),
            "session_note": lambda: self._for_client(pages.open_session),
            "notice_strain": lambda: self._for_client(pages.open_strain),
            "new_entry": lambda: pages.open_forms(pages.client),
            "timeline": lambda: self._for_client(pages.open_client, pages.whose),
            "delete_client": lambda: self._for_client(pages.delete_asked.emit, pages.whose),
            "details": lambda: self._for_client(pages.open_details, pages.whose),
            "temperature": lambda: self._for_client(pages.open_temperature, pages.whose),
            "timeline_paper": lambda: self._for_client(pages.print_timeline, pages.whose),
            "temperature_table": self._turn_temperature,
            "timeline_day": lambda: self._in_timeline(TimelinePanel.ask_day),
            "timeline_words": lambda: self._in_timeline(TimelinePanel.ask_words),
            "timeline_everything": lambda: self._in_timeline(TimelinePanel.show_all),
            **{name: partial(self._in_timeline, to) for name, to in zooms.items()},
            "print": self._print,
            "finish": self._finish,
            "showed": self._showed,
            "find": lambda: self._find(None),
            "search": lambda: self._leave_for(self.search.open),
            "today": lambda: self._leave_for(self.today.open),
            "caseload": lambda: self._leave_for(self.today.open_caseload),
            "clients": lambda: self._to_place("clients"),
            "strains": lambda: self._to_place("strains"),
            "outreach": lambda: self._to_place("outreach"),
            "supervision": lambda: self._to_place("supervision"),
            "contacts": lambda: self._to_place("contacts"),
            "backups": self._to_backups,
            "take_out": lambda: self._leave_for(self.backups.open_take_out),
            "back_up": lambda: self._leave_for(self.backups.back_up),
            "settings": lambda: self._to_place("settings"),
            "prove": self._prove,
            "next_pane": space.next_pane,
            "back": self.trail.go_back,
            "list_wider": lambda: space.widen_list(1),
            "list_narrower": lambda: space.widen_list(-1),
            **{f"card_{at}": partial(self._open_card, at) for at in range(6)},
            **self.past.commands(),
            **self.own.commands(),
            **Losses(space, self._vault, pages, self.keys, self.backups).commands(),
            **RecordsPlace(space, self._vault, pages).commands(),
            "supervision_summary": SummaryPlace(space, self._vault, pages, self.supervision).open,
            "figures": FiguresPlace(space, self._vault, pages, self.supervision).open,
        }

    def _join(self) -> None:
        self.settings.kept.connect(self.keep)
        self.workspace.place_chosen.connect(lambda _place: self._guarded(self._refresh_lists))
        self.workspace.place_chosen.connect(lambda _place: self.pages.refresh())
        self.workspace.place_chosen.connect(lambda place: self._bars.clock.clear() if place == "today" else None)
        self.today.believed.connect(self._bars.clock.clear)
        self.workspace.to_client_asked.connect(lambda: self.obey("timeline"))
        self.workspace.escaped.connect(lambda: self._guarded(self.trail.escape))
        self.workspace.changed.connect(self._tell)
        self.pages.shown.connect(self._allow)
        self.looking.alarmed.connect(self._bars.sound_alarm)
        self._bars.alarm.pressed.connect(self._window.lock_asked)
        self.pages.typed.connect(self._window.idle.active)
        self.pages.gone_back.connect(self._focus_place)
        self.pages.whose_asked.connect(self._find)
        self.past.backups_asked.connect(self._to_backups)
        self.pages.help_asked.connect(self.note.show_note)
        self._window.covered.connect(self.search.wipe)

    def _make_clients(self) -> ClientList:
        clients = ClientList()
        clients.opened.connect(lambda id: self._guarded(lambda: self.pages.open_client(id)))
        clients.add_asked.connect(lambda: self.obey("new_client"))
        clients.set_clients(self._vault.notebook.clients())
        return clients

    def _make_strains(self) -> StrainList:
        strains = StrainList()
        strains.opened.connect(lambda arc, id: self._guarded(lambda: self.pages.open_strain(id, arc)))
        return strains

    def _make_finder(self) -> Finder:
        actions, finding = self._window.menus.actions, Finding(self._vault, lambda: self.pages.last_client)
        finder = Finder(self.workspace, self._vault.notebook.clients, lambda: list(actions.values()), finding.rows)
        finder.closed.connect(self._forget_question)
        finder.client_chosen.connect(self._found)
        finder.other_chosen.connect(lambda key: self._guarded(lambda: self._found_other(key)))
        return finder

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self.workspace.notice.show_error(fault)

    def _tell(self, changed: Changed) -> None:
        self._refresh_lists()
        self.pages.concern(changed)

    def _refresh_lists(self) -> None:
        if self._clients.made is not None:
            self._clients.made.set_clients(self._vault.notebook.clients())
        if self.workspace.place == "strains":
            self._refresh_strains()

    def _refresh_strains(self) -> None:
        """Show all strains; they are read when their list is looked at."""
        who = {one.id: one.called for one in self._vault.notebook.clients()}
        self.strains.set_strains(
            StrainLine(one.arc.id, one.arc.client, who[one.arc.client], one.name, one.noticed_on, one.words, one.open)
            for one in self._vault.strains.all()
        )

    def _allow(self) -> None:
        """Enable the commands that make sense on the page that is open."""
        page = self.pages.page
        met = {Needs.VAULT} if self._vault.read_only else {Needs.VAULT, Needs.WRITING}
        if self.pages.whose is not None and not self._vault.read_only:
            met.add(Needs.KEEPING)
        if isinstance(page, StrainPage | EntryPage):
            met.add(Needs.CARDS)
        if isinstance(page, ClientPage):
            met.add(Needs.TIMELINE)
        if isinstance(page, TemperaturePage):
            met.add(Needs.TEMPERATURE)
        self._window.allow(frozenset(met))
        named = isinstance(page, StrainPage | EntryPage | PreviewPage | TemperaturePage)
        self.workspace.offer_client(named and self.pages.whose is not None)
        clients = self._clients.made
        if clients is not None and (self.pages.client is not None or (page and self.workspace.place == "clients")):
            clients.view.select(self.pages.whose)
        if self._reading is not None:
            self._reading.keep()

    def _for_client(self, act: Callable[[ClientId], object], whose: ClientId | None = None) -> None:
        """Act for a client, or for the one whose page it is; without one, ask whose it is about."""
        id = whose or self.pages.client
        self._find(act) if id is None else self._in_clients(lambda: act(id))

    def _in_timeline(self, act: Callable[[TimelinePanel], object]) -> None:
        page = self.pages.page
        if isinstance(page, ClientPage):
            act(page.story)

    def _turn_temperature(self) -> None:
        page = self.pages.page
        if isinstance(page, TemperaturePage):
            page.turn()

    def _in_clients(self, act: Callable[[], object]) -> None:
        self.workspace.show_place("clients")
        act()

    def _find(self, then: Callable[[ClientId], object] | None) -> None:
        self._pending = then
        self.pages.flush()
        adds = isinstance(self.pages.page, DetailsPage | FormListPage)
        marked = self.clients.view.current_key() if self.workspace.place == "clients" and not adds else None
        self.finder.open(WHOSE if then is not None else "", marked, guesses=not adds)

    def _found(self, id: ClientId) -> None:
        act = self._pending or self.pages.open_client
        self._forget_question()
        self.clients.select(id)
        self._guarded(lambda: self._in_clients(lambda: act(id)))

    def _found_other(self, key: object) -> None:
        """Open what the finder found beside clients; a form for a client, or of the counsellor."""
        match key:
            case ToForm(offered=one, client=client):
                self.pages.begin_form(one, client)
            case ToEntry(id=entry):
                self.pages.open_entry(entry)
            case ToStrain(id=arc):
                self.pages.open_arc(arc)

    def _forget_question(self) -> None:
        self._pending = None

    def _open_card(self, number: int) -> None:
        page = self.pages.page
        if isinstance(page, StrainPage):
            page.open_number(number)

    def _print(self) -> None:
        page = self.pages.page
        if isinstance(page, PreviewPage):
            page.print()
        elif isinstance(page, StrainPage | EntryPage):
            self.pages.print_of(page)
        elif isinstance(page, ClientPage | SummaryPage):
            page.print()
        else:
            self._for_client(self.pages.open_preview, self.pages.whose)

    def _finish(self) -> None:
        page = self.pages.page
        if isinstance(page, EntryPage):
            page.finish()

    def _leave_for(self, open: Callable[[], None]) -> None:
        self.keys.leave()
        open()

    def _showed(self) -> None:
        page = self.pages.page
        if isinstance(page, StrainPage | EntryPage) and page.flush():
            page.shown.ask()

    def _to_place(self, key: str) -> None:
        self.keys.leave()
        if key == "settings":
            self.own.leave()
        self.workspace.show_place(key)
        self._focus_place()

    def _focus_place(self) -> None:
        """Put the keyboard where the place that is shown begins."""
        begins: dict[str, Callable[[], object]] = {
            "settings": self.keys.begin,
            "backups": lambda: self.backups.page.begin(),
            "today": lambda: self.today.page.begin(),
            "search": lambda: self.search.page.begin(),
        }
        begins.get(self.workspace.place, self.workspace.focus_list)()

    def _prove(self) -> None:
        self._window.read(ProvePage(self._vault.proof.looks(), self._needed.clock))

    def _to_backups(self) -> None:
        self.keys.leave()
        self.backups.open()
