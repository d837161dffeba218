"""What stands beside a card or on a client's page and follows what is written: which card has which.

A factory gets the open vault and whose page it is (None for the counsellor's own entries).
"""

from collections.abc import Callable

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.closing import ClosingCompanion
from alliance_desktop.ui.companions.companion import ClientPanel, Companion
from alliance_desktop.ui.companions.concern import ConcernCompanion
from alliance_desktop.ui.companions.consent import ConsentCompanion, OtherConsents
from alliance_desktop.ui.companions.feedback import FeedbackCompanion
from alliance_desktop.ui.companions.now import NowPanel
from alliance_desktop.ui.companions.outreach import PlanCompanion, TryCompanion
from alliance_desktop.ui.companions.records import RequestCompanion
from alliance_desktop.ui.companions.safeguarding import SafeguardingCompanion

COMPANIONS: dict[tuple[str, str], Callable[[OpenVault, ClientId | None], Companion]] = {
    ("outreach", "plan"): PlanCompanion,
    ("outreach", "try"): TryCompanion,
    ("concern", "concern"): ConcernCompanion,
    ("contact_log", "talk"): ConsentCompanion,
    ("consent", "consent"): OtherConsents,
    ("safeguarding", "concern"): SafeguardingCompanion,
    ("closing", "closing"): ClosingCompanion,
    ("feedback", "feedback"): FeedbackCompanion,
    ("records_request", "request"): RequestCompanion,
}
"""By the shipped form and its card; a counsellor's copy of a form has the companion of the form it is of."""

CLIENT_PANELS: list[Callable[[OpenVault, ClientId], ClientPanel]] = [NowPanel]
"""What stands over the timeline of a client, top to bottom; a panel hides while it has nothing to say."""
