"""The counsellor's own forms and short words, joined to the workspace: they stand in the place of the settings."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.own_forms import Draft
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.own_form_page import OwnFormPage
from alliance_desktop.ui.own_forms_page import OwnFormsPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.settings_place import KEY, SettingsPlace
from alliance_desktop.ui.short_words_sheet import ShortWordsSheet
from alliance_desktop.ui.snippets_page import SnippetsPage
from alliance_desktop.ui.standing import UNSAVED
from alliance_desktop.ui.workspace import Workspace

KEPT = "Kept. It stands under “New entry…” as “{title}”."
_MINE = (OwnFormsPage, OwnFormPage, SnippetsPage)


class OwnWays(QObject):
    """Opens these pages, keeps forms, and puts short words into the text that has the cursor."""

    def __init__(
        self, space: Workspace, vault: OpenVault, pages: Pages, settings: SettingsPlace, context: Context
    ) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages = space, vault, pages
        self._settings, self._context = settings, context
        self._sheet = Later(lambda: ShortWordsSheet(space, vault.snippets.all))
        pages.register("own_forms", lambda _at: self.open_forms())
        pages.register("own_form", lambda at: self._reopen(str(at.get("form"))))
        pages.register("short_words", lambda _at: self.open_words())
        settings.own_forms_asked.connect(self.open_forms)
        settings.short_words_asked.connect(self.open_words)
        space.detail_changed.connect(self._give_way)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that belong here."""
        return {
            "own_forms": self.open_forms,
            "short_words": self.open_words,
            "insert_words": self.insert_words,
        }

    def stop(self) -> None:
        """Write nothing by itself any more: the vault is about to be closed."""
        for page in self._pages.pages():
            if isinstance(page, OwnFormPage | SnippetsPage):
                page.flush()
                page.stop()

    def leave(self) -> None:
        """Take these pages away, so that the settings stand there again; what is begun stays kept as a draft."""
        page = self._mine()
        if page is None:
            return
        if page.flush():
            self._pages.forget(lambda one: one is page)
        else:
            self._space.notice.say(UNSAVED, urgent=True)

    def open_forms(self) -> OwnFormsPage:
        """Open the list of own and shipped forms."""
        self._go()
        page = OwnFormsPage(self._vault.own_forms)
        page.edit_asked.connect(self.open_form)
        page.closed.connect(self._back)
        if self._pages.show(page, None, "Forms of my own"):
            page.begin()
        return page

    def open_form(self, draft: Draft) -> OwnFormPage:
        """Open the page that changes a form."""
        self._go()
        page = OwnFormPage(self._vault.own_forms, draft, self._context)
        page.keep_asked.connect(lambda: self._keep(page))
        page.left.connect(lambda: self._leave_form(page))
        if self._pages.show(page, None, "Forms of my own"):
            page.begin()
        return page

    def open_words(self) -> SnippetsPage:
        """Open the list of short words."""
        self._go()
        page = SnippetsPage(self._vault.snippets)
        page.closed.connect(self._back)
        if self._pages.show(page, None, "Short words"):
            page.go_on()
        return page

    def insert_words(self) -> None:
        """List the short words over the text that has the cursor, or say why that cannot be."""
        why_not = self._sheet().begin()
        if why_not:
            self._space.notice.say(why_not)

    def _go(self) -> None:
        self._pages.flush()
        self._space.show_place(KEY)

    def _mine(self) -> Any | None:
        return next((one for one in self._pages.pages() if isinstance(one, _MINE)), None)

    def _back(self) -> None:
        self.leave()
        self._settings.page.own_forms_button.setFocus()

    def _reopen(self, id: str) -> QWidget:
        own = self._vault.own_forms
        if self._vault.read_only:
            return self.open_forms()
        kept = next((Draft(form=one) for one in own.all() if one.id == id and own.base(one) is not None), None)
        draft = own.draft(id) or kept
        return self.open_form(draft) if draft is not None else self.open_forms()

    def _keep(self, page: OwnFormPage) -> None:
        """Keep a form; blank pages that were opened in it before close, for they ask what it asked before."""
        if not self._pages.flush():
            self._space.notice.say(UNSAVED, urgent=True)
            return
        form = page.draft.form
        try:
            self._space.changed.emit(self._vault.own_forms.keep(form))
        except SaveWaitingError as fault:
            # It is kept, and only waits for room.
            self._space.notice.show_error(fault)
        except KnownError as fault:
            page.say(fault)
            return
        page.let_go()
        self._pages.forget(lambda one: isinstance(one, EntryPage) and one.form.id == form.id and one.desk.entry is None)
        self.open_forms().notice.say(KEPT.format(title=" ".join(form.title.split())))

    def _leave_form(self, page: OwnFormPage) -> None:
        page.let_go()
        try:
            self._vault.own_forms.drop_draft(page.draft.form.id)
        except KnownError as fault:
            page.say(fault)
            return
        self.open_forms()

    def _give_way(self) -> None:
        """Leave where another page, such as that of the keys, was shown in the place of the settings."""
        page = self._mine()
        if page is not None and self._space.place == KEY and self._space.detail is not page and page.flush():
            self._pages.forget(lambda one: one is page)
