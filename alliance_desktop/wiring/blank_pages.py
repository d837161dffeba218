"""Pages to fill in by hand, over whatever is shown: with a vault open, locked, or none at all."""

from alliance_desktop.domain.clock import local
from alliance_desktop.services.paper import Blanks, Choice, Sort, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.preview_page import PreviewPage
from alliance_desktop.wiring.parts import Parts


def show_blank_pages(parts: Parts, sort: Sort = Sort.CLIENT_PAGE) -> None:
    """Show the preview of the blank pages until it is closed, beginning with one of them.

    What the settings say is used while a vault is open.
    """
    vault = parts.vault
    kept = vault.settings.preferences() if vault is not None else Preferences()
    ground = Ground(parts.forms, kept, vault is not None and vault.sample)
    blanks = Blanks(lambda: ground, lambda: local(parts.world.now()).date())
    usual = Choice(sort=sort, paper=kept.paper, large=kept.large_print, language=kept.language, blank=True)
    page = PreviewPage(blanks, None, usual, Subject(), parts.print_sheets, parts.world.ask_path)
    parts.window.read(page)
