"""What a page that stands in the workspace can do, and which entry, strain or client it is the page of."""

from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from alliance_desktop.domain import rupture
from alliance_desktop.domain.changes import Changed
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.details_page import DetailsPage
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.strain_page import StrainPage


@runtime_checkable
class Kept(Protocol):
    """What every page in the workspace can do."""

    def flush(self) -> bool:
        """Write what is not written yet; False where the disk did not take it."""

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on the page, as plain data."""

    def restore(self, place: dict[str, Any]) -> None:
        """Go back to such a place."""

    def concern(self, changed: Changed) -> None:
        """Refresh where a change concerns the page."""


def holds(page: QWidget, card: WriteCard) -> bool:
    """Say whether a page that is open is the one a held card belongs to, also a strain that is not written yet."""
    if not isinstance(page, StrainPage) or card.form != rupture.FORM or page.client.id != card.client:
        return False
    return page.arc == card.arc or (page.arc is None and page.awaits(card.arc))


def subject(page: QWidget) -> tuple[object, ...] | None:
    """Return what a page writes to, the same for two pages that would overwrite each other; None where nothing yet."""
    match page:
        case StrainPage() if page.arc is not None:
            return "strain", page.arc
        case EntryPage() if page.card.living:
            return "living", page.client.id if page.client is not None else None, page.form.id, page.card.id
        case EntryPage():
            return "entry", page.desk.id
        case DetailsPage() if page.client is not None:
            return "client", page.client.id
    return None
