"""The recovery sheet: shown large, printed or saved or copied by hand, then proved by two groups typed back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.first_run.needs import SheetLook
from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.parts import button, card, field, label, row, tick
from alliance_desktop.ui.theme import spaced

WHY = (
    "If you forget your passphrase, this key is the only other way in. Nobody, us included, can open the vault "
    "without one of the two. Keep it on paper, away from this computer."
)
LOST = "One more sheet, without a key on it: what to do on the day the computer is lost. Keep it elsewhere as well."
PAPERS = (("a4", "A4"), ("letter", "US Letter"))
UNPROTECTED = "A saved PDF is not protected: move it to a safe place and delete it here."
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class RecoverySheet(Step):
    """Nine groups of four characters, large enough to copy by hand."""

    def __init__(
        self,
        print_sheet: Callable[[SheetLook], str],
        save_sheet: Callable[[SheetLook], str],
        text: Callable[[], str],
        print_lost: Callable[[SheetLook], str] | None = None,
        paper: str = "a4",
        title: str = "Your recovery sheet",
        words: str = WHY,
        stop: str = "",
    ) -> None:
        super().__init__(title, "sheet", onward="I have it on &paper", can_go_back=bool(stop))
        if stop:
            self.back_button.setText(stop)
            self.back_button.setAccessibleName(stop.replace("&", ""))
        self._print, self._save, self._text = print_sheet, save_sheet, text
        self.column.addWidget(label(words))
        frame, inside = card()
        self._grid = QGridLayout()
        spaced(self._grid, 0, 0.5)
        inside.addLayout(self._grid)
        self.column.addWidget(frame)
        self._frame = frame
        self.print_button = button("Pr&int…", "sheet_print")
        self.save_button = button("&Save as PDF…", "sheet_save")
        self.column.addLayout(row(self.print_button, self.save_button))
        self._add_look(paper)
        self.column.addWidget(label(UNPROTECTED, "muted"))
        if print_lost is not None:
            self._offer_lost(print_lost)
        self.print_button.clicked.connect(lambda: self._tell(self._print(self.look())))
        self.save_button.clicked.connect(lambda: self._tell(self._save(self.look())))

    def look(self) -> SheetLook:
        """Return how the sheet is to be printed."""
        return SheetLook(str(self.paper.currentData()), self.large.isChecked())

    def first_field(self) -> QWidget:
        """Return the print button."""
        return self.print_button

    def go_on(self) -> None:
        """Go on; where the sheet was saved stays to be read when one comes back."""
        self.onward.emit()

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show a recovery key, three groups a line, each with its number."""
        for at, group in enumerate(groups):
            number = label(f"{at + 1}", "muted")
            number.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            shown = label(group, "group", f"sheet_group_{at + 1}")
            shown.setWordWrap(False)
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            down, across = divmod(at, 3)
            self._grid.addWidget(number, down, across * 2)
            self._grid.addWidget(shown, down, across * 2 + 1)
            self._grid.setColumnStretch(across * 2 + 1, 1)
        spoken = ". ".join(f"Group {at + 1}: {' '.join(group)}" for at, group in enumerate(groups))
        self._frame.setAccessibleName("Recovery key")
        self._frame.setAccessibleDescription(spoken)

    def _add_look(self, paper: str) -> None:
        self.paper = Combo()
        for key, words in PAPERS:
            self.paper.addItem(words, key)
        self.paper.setCurrentIndex(max(0, self.paper.findData(paper)))
        self.column.addWidget(field("Pap&er", self.paper, "sheet_paper", narrow=True))
        self.large = tick("Large print, 18 point", "sheet_large")
        self.as_text = tick("Show it as plain &text, to be read aloud", "sheet_as_text")
        self._twin = label("", "", "sheet_text")
        self._twin.hide()
        for one in (self.large, self.as_text, self._twin):
            self.column.addWidget(one)
        self.as_text.toggled.connect(self._show_text)

    def _offer_lost(self, print_lost: Callable[[SheetLook], str]) -> None:
        self.lost_button = button("Print “If this computer is &lost”…", "sheet_lost")
        self.column.addWidget(label(LOST, "muted"))
        self.column.addLayout(row(self.lost_button))
        self.lost_button.clicked.connect(lambda: self._tell(print_lost(self.look())))

    def _show_text(self, shown: bool) -> None:
        self._twin.setText(self._text() if shown else "")
        self._twin.setVisible(shown)

    def _tell(self, sentence: str) -> None:
        if sentence:
            self.notice.say(sentence)


class TypedBack(Step):
    """Two of the nine groups, typed from the paper."""

    def __init__(self) -> None:
        super().__init__("Two groups, from your paper", "proof", onward="&Check")
        self.column.addWidget(label("This proves that the sheet can be read on the day you need it."))
        self._asked: list[tuple[int, str, QLineEdit]] = []

    def first_field(self) -> QWidget:
        """Return the first of the two fields."""
        return self._asked[0][2] if self._asked else self.next_button

    def ask(self, groups: Sequence[str], random: Callable[[int], bytes]) -> None:
        """Ask for two groups that chance picks, in the order of the sheet; a second call changes nothing."""
        if self._asked:
            return
        first, second = random(2)
        left = first % len(groups)
        right = (left + 1 + second % (len(groups) - 1)) % len(groups)
        for at in sorted((left, right)):
            edit = QLineEdit()
            edit.returnPressed.connect(self.go_on)
            self.column.addWidget(field(f"Group {at + 1}", edit, f"proof_group_{at + 1}"))
            self._asked.append((at, groups[at], edit))

    def fault(self) -> str:
        """Name the group that differs; capital letters, O for 0 and I or L for 1 are forgiven."""
        for at, group, edit in self._asked:
            if _read(edit.text()) != _read(group):
                edit.setFocus()
                return f"Group {at + 1} is not the same as on the sheet. Look at it again; Back shows the sheet."
        return ""


def _read(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").upper().translate(_LOOKALIKES)
