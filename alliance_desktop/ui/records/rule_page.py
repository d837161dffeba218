"""The rule for the due date of one law, as the counsellor knows it: how long, in which case longer, from where."""

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.records.rules import CHECK, MOST, Rule
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.records import Records
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.number import number_box, read_number
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, field, label, writes
from alliance_desktop.ui.records.piece import flowing

TITLE = "The rule for this law"
ABOUT = "It only suggests a day. What you write here holds in this vault, for every request under this law."
FROM_WHERE = "Where you read it: a page, a letter, a person."
UNITS = (("days", "days"), ("months", "months"))
NO_NUMBER = "A whole number is needed, or 0 where no day is to be suggested."


class RulePage(Page):
    """Changes one rule; `changed` tells of it, `open_asked` leads back to the request."""

    changed = Signal(object)
    open_asked = Signal(object)

    def __init__(self, records: Records, notebook: Notebook, entry: EntryId, law: str) -> None:
        super().__init__(TITLE, "rule_page")
        self._records, self._notebook, self._id, self._law = records, notebook, entry, law
        self._request = notebook.entry(entry)
        question = notebook.forms.of(self._request).card(self._request.card).question("law")
        words = next((one.label for one in question.options if one.id == law), law)
        self.count, self.longest = number_box(), number_box()
        self.unit = Combo()
        for said, key in UNITS:
            self.unit.addItem(said, key)
        self.extension, self.source = TextBox(1, 3, breaks=False), TextBox(1, 3, breaks=False)
        self.notice = Notice("rule_notice")
        self._keep = writes(button("&Keep this rule", "rule_keep", "primary"))
        self._usual = writes(button("&Take the one that came with the program", "rule_usual"))
        self._back = button("&Back to the request", "rule_back")
        self.column.addWidget(label(words, "label", "rule_law"))
        self.column.addWidget(label(ABOUT, "", "rule_about"))
        for one in (
            field(
                "How many, from the day it was received",
                self.count,
                "rule_count",
                "0: no day is suggested.",
                narrow=True,
            ),
            field("Days or months", self.unit, "rule_unit", narrow=True),
            field(
                "How many in all, where it may be longer",
                self.longest,
                "rule_longest",
                "Empty: not known.",
                narrow=True,
            ),
            field("In which case it may be longer", self.extension, "rule_extension"),
            field("Source", self.source, "rule_source", FROM_WHERE),
            self.notice,
            flowing(self._keep, self._usual, self._back),
            label(CHECK, "label", "rule_check"),
        ):
            self.column.addWidget(one)
        self.column.addStretch(1)
        self._fill(records.rule(law))
        self._keep.clicked.connect(self._take)
        self._usual.clicked.connect(self._take_usual)
        self._back.clicked.connect(lambda: self.open_asked.emit(self._id))

    @property
    def client(self) -> Client | None:
        """Whose request it is opened from."""
        client = self._request.client
        return self._notebook.client(client) if client is not None else None

    @property
    def entry(self) -> EntryId:
        """The request it is opened from."""
        return self._id

    def begin(self) -> None:
        """Put the keyboard on the number."""
        self.count.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the request."""
        if event.key() == Qt.Key.Key_Escape:
            self.open_asked.emit(self._id)
            return
        super().keyPressEvent(event)

    def flush(self) -> bool:
        """Return True: a rule is written when it is kept."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is, with what was typed."""
        return {"page": "records_rule", "entry": self._id, "law": self._law, "typed": self._typed()}

    def restore(self, place: dict[str, Any]) -> None:
        """Put back what was typed."""
        typed = place.get("typed")
        if isinstance(typed, dict):
            self._put({str(key): str(one) for key, one in typed.items()})

    def concern(self, changed: Changed) -> None:
        """Nothing that others write changes what is offered here."""

    def _fill(self, rule: Rule) -> None:
        self._put(
            {
                "count": str(rule.count),
                "unit": rule.unit,
                "longest": str(rule.longest) if rule.longest else "",
                "extension": rule.extension,
                "source": rule.source,
            }
        )
        self._usual.setVisible(rule.mine)

    def _typed(self) -> dict[str, str]:
        boxes = {"count": self.count, "longest": self.longest, "extension": self.extension, "source": self.source}
        return {key: box.text() for key, box in boxes.items()} | {"unit": str(self.unit.currentData())}

    def _put(self, typed: dict[str, str]) -> None:
        for key, box in (
            ("count", self.count),
            ("longest", self.longest),
            ("extension", self.extension),
            ("source", self.source),
        ):
            box.fill(typed.get(key, ""))
        self.unit.setCurrentIndex(max(0, self.unit.findData(typed.get("unit"))))

    def _take(self) -> None:
        typed = self._typed()
        most = MOST[typed["unit"]]
        count = read_number(typed["count"], most)
        longest = read_number(typed["longest"], most) if typed["longest"].strip() else 0
        if count is None or longest is None:
            self.notice.say(NO_NUMBER, f"At most {most} {typed['unit']}.")
            (self.count if count is None else self.longest).setFocus()
            return
        rule = msgspec.structs.replace(
            self._records.rule(self._law),
            count=count,
            unit=typed["unit"],
            longest=longest,
            extension=typed["extension"].strip(),
            source=typed["source"].strip(),
            as_of=self._notebook.today(),
        )
        self._written(lambda: self._records.keep_rule(rule))

    def _take_usual(self) -> None:
        self._written(lambda: self._records.drop_rule(self._law))

    def _written(self, act: Any) -> None:
        try:
            changed = act()
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.changed.emit(changed)
        self.open_asked.emit(self._id)
