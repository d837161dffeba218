"""The settings, each kept as soon as it is changed; what is typed in lines, after a pause."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout

from alliance_desktop.domain.look import TEXT_SCALES, Appearance
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.autosave import TIMES, Times
from alliance_desktop.ui.capture import Capture
from alliance_desktop.ui.capture_choice import CaptureChoice
from alliance_desktop.ui.change_passphrase import ChangePassphrase
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.field import Group
from alliance_desktop.ui.first_run.choices import PaperChoice, minutes_box
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row, tick
from alliance_desktop.ui.reminder_settings import ReminderSettings
from alliance_desktop.ui.rescue_report import RescueReport
from alliance_desktop.ui.theme import APPEARANCE_WORDS, em, spaced

SHOW_REPORT, HIDE_REPORT = "Show the &report", "Hide the &report"
REPORT_NAMES = "This list may name people. It is kept in this vault, and so in its backups."


class SettingsPage(Page):
    """All settings of the vault; `kept` carries the Preferences after each change."""

    kept = Signal(object)
    keys_asked = Signal()
    known_asked = Signal()
    own_forms_asked = Signal()
    short_words_asked = Signal()

    def __init__(
        self,
        preferences: Preferences,
        folder: Path,
        rules: PassphraseRules,
        change: Callable[[str, str], Any],
        capture: Capture | None = None,
        times: Times = TIMES,
    ) -> None:
        super().__init__("Settings", "settings")
        self._preferences = preferences
        self._owed: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=times.pause)
        self._longest = QTimer(self, singleShot=True, interval=times.longest)
        for timer in (self._pause, self._longest):
            timer.timeout.connect(self._keep_owed)
        self._context: Context | None = None
        self.reminders: ReminderSettings | None = None
        self._safety(preferences, capture or Capture(None))
        self._reading(preferences)
        self._paper(preferences)
        self._writing(self._section("Writing"))
        self._for_reminders = self._section("Reminders")
        self._danger(preferences)
        self.passphrase = ChangePassphrase(rules, change)
        self._keys(self._section("Passphrase"))
        self._place(folder)
        self.column.addStretch(1)

    def show_reminders(self, context: Context) -> None:
        """Show the numbers of the reminders and the days away, given what day it is.

        These are many boxes, so they are made when the page is opened; no unlocking waits for them.
        """
        self._context = context

    def setVisible(self, visible: bool) -> None:
        """Make what takes long to make before it is shown the first time."""
        if visible and self.reminders is None and self._context is not None:
            self.reminders = ReminderSettings(self._preferences.attention, self._context)
            self.reminders.kept.connect(lambda numbers: self._keep(attention=numbers))
            self._for_reminders.addWidget(self.reminders)
        super().setVisible(visible)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show preferences that were changed elsewhere, from the View menu say, without sending them back."""
        # What stands in the lines was typed here, and may be newer.
        lines = {"who_to_turn_to": self.who.toPlainText(), "emergency_list": self.emergency.toPlainText()}
        self._preferences = msgspec.structs.replace(preferences, **lines)
        for box, value in ((self.appearance, preferences.appearance), (self.text_size, preferences.text_scale)):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)

    def show_salvaged(self, on: str, words: Sequence[str]) -> None:
        """Say that this vault was saved from a damaged one on a day, and offer the report of it."""
        said = label(f"It holds what could be saved of a damaged vault on {on}.", "", "settings_salvaged")
        report = RescueReport(REPORT_NAMES)
        shown = button(SHOW_REPORT, "settings_report", "link")

        def turn() -> None:
            if report.isHidden():
                report.show_words(words)
            else:
                report.hide()
            name = SHOW_REPORT if report.isHidden() else HIDE_REPORT
            shown.setText(name)
            shown.setAccessibleName(name.replace("&", ""))

        shown.clicked.connect(turn)
        self._where.addWidget(said)
        self._where.addLayout(row(shown))
        self._where.addWidget(report)

    def show_form_troubles(self, sentences: Sequence[str]) -> None:
        """Say what is amiss with forms that are kept in this vault."""
        self._form_troubles.setText("\n".join(sentences))
        self._form_troubles.setVisible(bool(sentences))

    def show_way(self, *, by_sheet: bool) -> None:
        """Show where the passphrase is changed, or that the recovery sheet alone opens the vault."""
        self.passphrase.setVisible(not by_sheet)
        self.known_button.setVisible(not by_sheet)
        self._only_sheet.setVisible(by_sheet)

    def focus_passphrase(self) -> None:
        """Put the cursor where the passphrase is changed."""
        self.passphrase.present.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.passphrase.button)
        self.ensureWidgetVisible(self.passphrase.present.edit)

    def _safety(self, now: Preferences, capture: Capture) -> None:
        self.minutes = minutes_box(now.lock_minutes)
        self.minutes.valueChanged.connect(lambda value: self._keep(lock_minutes=value))
        column = self._section("Locking")
        column.addWidget(
            field(
                "Lock by &itself after",
                self.minutes,
                "settings_minutes",
                "Counted from your last key or mouse movement here. It cannot be switched off. Sleep, a locked screen "
                "and a change of user lock at once, where the system tells of them.",
                narrow=True,
            )
        )
        self.minimised = tick("Lock when the window is minimised", "settings_minimised")
        self.minimised.setChecked(now.lock_minimised)
        self.minimised.toggled.connect(lambda on: self._keep(lock_minimised=on))
        column.addWidget(self.minimised)
        self.captures = CaptureChoice(capture, now.out_of_captures)
        self.captures.wanted.connect(lambda on: self._keep(out_of_captures=on))
        self._section("Screenshots").addWidget(self.captures)

    def _reading(self, now: Preferences) -> None:
        self.appearance = Combo()
        for one, words in APPEARANCE_WORDS.items():
            self.appearance.addItem(words, str(one))
        self.appearance.setCurrentIndex(max(0, self.appearance.findData(str(now.appearance))))
        self.appearance.currentIndexChanged.connect(
            lambda: self._keep(appearance=Appearance(self.appearance.currentData()))
        )
        self.text_size = Combo()
        for scale in TEXT_SCALES:
            self.text_size.addItem(f"{scale} %", scale)
        self.text_size.setCurrentIndex(max(0, self.text_size.findData(now.text_scale)))
        self.text_size.currentIndexChanged.connect(lambda: self._keep(text_scale=int(self.text_size.currentData())))
        column = self._section("Reading")
        column.addWidget(field("Appea&rance", self.appearance, "settings_appearance", narrow=True))
        column.addWidget(field("&Text size", self.text_size, "settings_text_size", narrow=True))

    def _paper(self, now: Preferences) -> None:
        self.papers = PaperChoice(now.paper)
        self.papers.group.buttonClicked.connect(lambda: self._keep(paper=self.papers.paper()))
        self.large = tick("Use &large print, 18 point, from the start", "settings_large_print")
        self.large.setChecked(now.large_print)
        self.large.toggled.connect(lambda on: self._keep(large_print=on))
        self.who = _Lines(now.who_to_turn_to)
        self.who.textChanged.connect(lambda: self._owe(who_to_turn_to=self.who.toPlainText()))
        self.who.left.connect(self._keep_owed)
        column = self._section("Paper")
        size = Group("Paper size")
        size.setObjectName("settings_paper_size")
        inside = QVBoxLayout(size)
        spaced(inside, 0, 0.25)
        inside.addWidget(label("Paper size", "label"))
        inside.addWidget(self.papers)
        column.addWidget(size)
        column.addWidget(self.large)
        help = "Printed on a client's page, so that they have it at hand: names, telephone numbers, a crisis line."
        column.addWidget(field("&Who I can turn to", self.who, "settings_who", help))

    def _writing(self, column: QVBoxLayout) -> None:
        self.own_forms_button = button("F&orms of my own…", "settings_own_forms", "link")
        self.short_words_button = button("&Short words…", "settings_short_words", "link")
        self._form_troubles = label("", "", "settings_form_troubles")
        self._form_troubles.hide()
        self.own_forms_button.clicked.connect(self.own_forms_asked)
        self.short_words_button.clicked.connect(self.short_words_asked)
        column.addWidget(self._form_troubles)
        column.addLayout(row(self.own_forms_button, self.short_words_button))

    def _danger(self, now: Preferences) -> None:
        self.emergency = _Lines(now.emergency_list)
        self.emergency.textChanged.connect(lambda: self._owe(emergency_list=self.emergency.toPlainText()))
        self.emergency.left.connect(self._keep_owed)
        help = (
            "Shown beside a safeguarding concern where someone may be in danger. One line each; your procedure first."
        )
        column = self._section("Safeguarding")
        column.addWidget(field("Whom I t&ell when someone is in danger", self.emergency, "settings_emergency", help))

    def _keys(self, column: QVBoxLayout) -> None:
        self._only_sheet = label("The recovery sheet alone opens this vault.", "", "settings_only_sheet")
        self.known_button = button("Someone ma&y know it…", "settings_known", "link")
        self.keys_button = button("&Keys and recovery sheet…", "settings_keys", "link")
        self.known_button.clicked.connect(self.known_asked)
        self.keys_button.clicked.connect(self.keys_asked)
        column.addWidget(self.passphrase)
        column.addWidget(self._only_sheet)
        column.addLayout(row(self.known_button, self.keys_button))
        self.show_way(by_sheet=False)

    def _place(self, folder: Path) -> None:
        self._where = column = self._section("Where the vault is")
        shown = label(str(folder), "", "settings_folder")
        column.addWidget(shown)
        column.addWidget(label("Copy this whole folder to keep a second copy; it is encrypted as it stands.", "muted"))

    def _section(self, heading: str) -> QVBoxLayout:
        frame, column = card(0.7)
        column.addWidget(label(heading, "heading"))
        self.column.addWidget(frame)
        return column

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed before another page is looked at."""
        super().hideEvent(event)
        self._keep_owed()

    def take_lines(self) -> dict[str, str]:
        """Return the settings of lines that were typed and not told of yet; they are no longer owed."""
        for timer in (self._pause, self._longest):
            timer.stop()
        lines, self._owed = self._owed, {}
        self._preferences = msgspec.structs.replace(self._preferences, **lines)
        return lines

    def _owe(self, **lines: str) -> None:
        """Keep lines after a pause, and never much later while typing goes on."""
        self._owed |= lines
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _keep_owed(self) -> None:
        if self._owed:
            self._keep()

    def _keep(self, **values: Any) -> None:
        self.take_lines()
        self._preferences = msgspec.structs.replace(self._preferences, **values)
        self.kept.emit(self._preferences)


class _Lines(QPlainTextEdit):
    """A box for a few lines, as high as four of them; `left` comes when the keyboard leaves it."""

    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(False)

    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(em(20), em(4.6))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(8), em(4.6))
