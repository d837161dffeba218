"""Pictures of a request for records: deciding piece by piece, the rule for its day, and the copy before printing."""

from typing import Any

from PySide6.QtGui import QTextCursor

from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.domain.records.items import Group
from alliance_desktop.services.access import OpenVault

WHY = "She asked for all of it, and it is hers to read."
BLACK = "Not theirs to hand on: this is about somebody else."


def records(studio: Any, name: str) -> None:
    """Grace's request: her words, what waits, a piece with words blacked out, the rule, and the copy."""
    work, vault = studio.program.work, studio.program.vault
    grace = studio.client("Grace")
    (request,) = vault.records.requests(grace.id)
    work.obey("clients")
    work.pages.open_entry(request.id)
    studio.take(f"records-request-{name}")
    work.obey("records")
    page = work.pages.page
    studio.take(f"records-decide-{name}")
    studio.settle()
    box = page.piece.text
    cursor = box.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 11)
    box.setTextCursor(cursor)
    page.piece.findChild(object, "piece_black").click()
    page.piece.reason.fill(BLACK)
    studio.settle()
    page.ensureWidgetVisible(page.piece.reason)
    studio.take(f"records-black-out-{name}")
    page.restore({"drafts": {}})
    work.pages.open_entry(request.id)
    page = work.pages.page
    page.desk.editor.focus("law")
    page.findChild(object, "request_when_rule").click()
    studio.take(f"records-rule-{name}")
    decide_all(vault, request.id)
    work.obey("records")
    studio.take(f"records-decided-{name}")
    page = work.pages.page
    page.print_asked.emit(request.id)
    studio.take(f"records-copy-{name}")


def decide_all(vault: OpenVault, request: Any) -> None:
    """Decide about everything in a request, each group in one way."""
    records = vault.records
    for group, verdict in (
        (Group.THIRD, Verdict.LEAVE_OUT),
        (Group.PRIVATE, Verdict.PRINT),
        (Group.SAFETY, Verdict.PRINT),
    ):
        read = [one.item for one in records.look(request).of(group)]
        if read:
            records.decide(request, read, verdict, WHY)
