"""On a client's page: what stands just now, in a few lines, each with one step."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import ClientId, State
from alliance_desktop.domain.outreach import Outreach, Stage
from alliance_desktop.domain.records.beside import REQUEST
from alliance_desktop.domain.story import day
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.outreach import Beside
from alliance_desktop.ui.companions.companion import ClientPanel
from alliance_desktop.ui.outreach_words import due_words
from alliance_desktop.ui.parts import WRITES, button, label
from alliance_desktop.ui.strain_first import empty
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

Line = tuple[str, str, str, Callable[[], object]]
"""The name of a line, its words, the words of its button, and what that does."""


class NowPanel(ClientPanel):
    """Closed since when, concerns and requests not answered, open strains, reaching out, days near that may hurt."""

    def __init__(self, vault: OpenVault, client: ClientId) -> None:
        super().__init__()
        self.setObjectName("now_panel")
        self._vault, self._whose = vault, client
        self._looks: list[tuple[str, ...]] = []
        self._acts: dict[str, Callable[[], object]] = {}
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.2)

    def refresh(self) -> None:
        """Read anew, and hide where there is nothing to say."""
        stands = self._vault.outreach.beside(self._whose)
        lines = [
            *self._closed(stands),
            *self._concerns(stands),
            *self._requests(),
            *self._strains(stands),
            *self._outreach(stands.outreach),
            *self._dates(stands),
        ]
        self._acts = {name: act for name, _, _, act in lines}
        looks = [one[:3] for one in lines]
        if looks != self._looks:
            self._looks = list(looks)
            empty(self._column)
            for name, words, act, _ in lines:
                self._column.addWidget(self._line(name, words, act))
        self.setVisible(bool(lines))

    def _closed(self, stands: Beside) -> Iterator[Line]:
        if stands.state is not ClientState.CLOSED:
            return
        words = f"Closed since {long_day(stands.closed_on)}" if stands.closed_on is not None else "Closed"
        yield "closed", words, "Open the closing", lambda: self.new_asked.emit("closing", "closing", {})

    def _concerns(self, stands: Beside) -> Iterator[Line]:
        for at, one in enumerate(stands.concerns, 1):
            words = f"Somebody's concern of {long_day(one.happened_on)} waits for an answer"
            yield f"concern_{at}", words, "Open the concern", self._opens(one.id)

    def _requests(self) -> Iterator[Line]:
        for at, one in enumerate(self._vault.notebook.of_form(REQUEST, self._whose), 1):
            sent, due = day(one, "sent_on"), day(one, "due_on")
            if one.state is State.DRAFT and sent is None:
                until = f"to be answered by {long_day(due)}" if due is not None else "no day to answer by is noted yet"
                words = f"Somebody asked for records on {long_day(one.happened_on)}; {until}"
                yield f"request_{at}", words, "Open the request", self._opens(one.id)

    def _strains(self, stands: Beside) -> Iterator[Line]:
        for at, one in enumerate(stands.strains, 1):
            words = f"“{isolated(one.name)}”, open since {long_day(one.since)}. {one.noted}"
            yield f"strain_{at}", words, "Open the strain", self._opens_strain(one.arc)

    def _outreach(self, told: Outreach | None) -> Iterator[Line]:
        if told is None or told.stage in {Stage.NOT_BEGUN, Stage.REACHED}:
            return
        due = due_words(told, self._vault.outreach.today())
        act = "Through someone else…" if told.stopped else "Log a try"
        words = f"{told.state}; {due}" if due else told.state
        yield "outreach", words, act, lambda: self.new_asked.emit("outreach", "try", {})

    def _dates(self, stands: Beside) -> Iterator[Line]:
        for at, one in enumerate(stands.near, 1):
            what = f": {isolated(one.what)}" if one.what else ""
            yield f"date_{at}", f"A day that may hurt, {one.said}{what}", "Open the note", self._opens(one.entry)

    def _opens(self, entry: object) -> Callable[[], object]:
        return lambda: self.open_asked.emit(entry)

    def _opens_strain(self, arc: object) -> Callable[[], object]:
        return lambda: self.arc_asked.emit(arc)

    def _line(self, name: str, words: str, act: str) -> QWidget:
        held = QWidget()
        across = QHBoxLayout(held)
        spaced(across, 0, 0.6)
        across.addWidget(label(words, "", f"now_{name}_words"), 1)
        go = button(act, f"now_{name}", "link")
        go.setProperty(WRITES, name == "outreach")
        go.setAccessibleDescription(words)
        go.clicked.connect(lambda: self._acts[name]())
        across.addWidget(go)
        return held
