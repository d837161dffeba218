"""From nothing to a vault: the pages of the first run, and the work in what they made."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault, sheet_of
from alliance_desktop.ui.first_run.needs import FirstChoices, FirstRunNeeds, MadeVault
from alliance_desktop.ui.first_run.wizard import FirstRun
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring.parts import Parts
from alliance_desktop.wiring.sheets import Sheets
from alliance_desktop.wiring.world import usual_place

CHOICES_NOT_KEPT = "Your two choices could not be saved. They can be made again under Settings."


class Making:
    """Shows the pages that make a vault; `opened` goes on with it once its recovery sheet was proved readable.

    Locked before that, it goes on at the sheet after the next unlocking.
    """

    def __init__(
        self,
        parts: Parts,
        show_unlock: Callable[[Path], None],
        open_sample: Callable[[], None],
        opened: Callable[[OpenVault], None],
    ) -> None:
        self._parts, self._show_unlock, self._open_sample, self._opened = parts, show_unlock, open_sample, opened

    def show(self, back_to: Path | None = None) -> None:
        """Show the pages from the first; `back_to` is the locked vault that one can go back to."""
        page = self._page()
        if back_to is not None:
            page.offer_back(back_to)
            page.back_asked.connect(lambda: self._show_unlock(back_to))
        self._parts.window.show_page(page)

    def resume(self, folder: Path, secrets: Secrets) -> None:
        """Show the recovery sheet of a vault that was made before and never proved; it forgets the secrets."""
        page = self._page()
        page.resume(MadeVault(folder, sheet_of(secrets).groups, secrets))
        self._parts.window.show_page(page)

    def _page(self) -> FirstRun:
        parts, world = self._parts, self._parts.world
        sheets = Sheets(parts)
        needs = FirstRunNeeds(
            create=self._create,
            rules=parts.rules,
            print_sheet=sheets.recovery.print,
            save_sheet=sheets.recovery.save,
            print_lost=sheets.lost.print,
            sheet_text=sheets.recovery.text,
            random=world.random,
            home=world.home if world.home is not None else usual_place(Path.home()),
            left=self._left,
        )
        page = FirstRun(needs)
        page.existing_chosen.connect(self._show_unlock)
        page.sample_asked.connect(self._open_sample)
        page.finished.connect(self._begin_work)
        return page

    def _create(self, folder: Path, words: str) -> MadeVault:
        parts = self._parts
        secrets = parts.access.create(folder, words)
        # Should the program end before the sheet is proved, it goes on there at the next unlocking.
        parts.machine.keep_last_vault(folder)
        parts.machine.keep_unproved(folder)
        return MadeVault(folder, sheet_of(secrets).groups, secrets)

    def _left(self, came: MadeVault | KnownError) -> None:
        """Forget the keys of a vault that was locked before its work began; say why none could be made."""
        parts = self._parts
        if isinstance(came, MadeVault):
            came.secrets.forget()
            return
        page = parts.window.page
        if isinstance(page, Unlock) and not page.folder.exists():
            # The lock page stands there for a vault that never came about.
            self.show()
            parts.say(came.sentence, came.next_step)

    def _begin_work(self, made: MadeVault, choices: FirstChoices) -> None:
        parts = self._parts
        try:
            vault = parts.access.open(made.folder, made.secrets)
        except KnownError:
            # The unlock page says by itself why a vault does not open.
            self._show_unlock(made.folder)
            return
        finally:
            made.secrets.forget()
        parts.machine.keep_proved()
        unkept: KnownError | None = None
        try:
            kept = vault.settings.preferences()
            vault.settings.keep(
                msgspec.structs.replace(kept, lock_minutes=choices.auto_lock_minutes, paper=choices.paper)
            )
        except KnownError as fault:
            # Two small choices, which can be made again; the vault itself is good.
            unkept = fault
        self._opened(vault)
        if unkept is not None:
            parts.say(CHOICES_NOT_KEPT, unkept.next_step)
