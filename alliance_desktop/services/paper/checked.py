"""The summary for supervision that was read beside its original, ready for the preview."""

from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.unnamed.by_hand import Checked
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Sort, Subject
from alliance_desktop.services.paper.kinds import KINDS, Kind
from alliance_desktop.services.paper.making import Paper
from alliance_desktop.services.summaries import Summaries


class CheckedPaper(Paper):
    """Makes one summary for supervision, in other sizes too: always of the text that was read beside its original."""

    def __init__(self, vault: OpenVault, checked: Checked) -> None:
        super().__init__(vault)
        self._checked, self._subject = checked, Subject(checked=checked)
        self._check = Summaries(vault).check(checked)
        self._sample = vault.sample

    @property
    def is_as_read(self) -> bool:
        """Whether the text is the one that was read: the vault may say something else by now."""
        return self._checked.read == self._check.digest

    def kinds(self, client: ClientId | None) -> list[Kind]:
        """Return the summary alone."""
        return [KINDS[Sort.SUPERVISION_SUMMARY]]

    def offered(self, sort: Sort, client: ClientId | None) -> list[Offered]:
        """Return what was checked."""
        return [Offered("", self._subject)]

    def page(self, subject: Subject, choice: Choice) -> Page:
        """Return the page of what was read."""
        return self._check.sheet(sample=self._sample)

    def private_entries(self, subject: Subject, choice: Choice) -> list[EntryId]:
        """Return the entries whose private reflection is on it."""
        return self._check.private
