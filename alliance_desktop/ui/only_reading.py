"""A vault that is open for reading only: said in a bar that stays, and nothing on any page takes a word."""

from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.addenda import Addenda
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import WRITES
from alliance_desktop.ui.settings_place import SettingsPlace
from alliance_desktop.ui.workspace import Workspace


class OnlyReading:
    """Keeps every page of a workspace to reading; to be asked again whenever another page or card is open."""

    def __init__(self, workspace: Workspace, why: KnownError, settings: SettingsPlace) -> None:
        self._space, self._settings = workspace, settings
        workspace.add_bar("reading_only", closes=False).say(why.sentence, why.next_step)
        self.keep()

    def keep(self) -> None:
        """Let nothing be written on what is shown now."""
        for editor in self._space.findChildren(CardEditor):
            editor.set_read_only(True)
        for addenda in self._space.findChildren(Addenda):
            addenda.set_read_only()
        for notice in self._space.findChildren(Notice):
            notice.make()
        for one in self._space.findChildren(QWidget):
            if one.property(WRITES):
                one.setEnabled(False)
        # A settings page whose fields look alive would seem to keep what is chosen on it.
        inner = self._settings.made.widget() if self._settings.made is not None else None
        if inner is not None:
            inner.setEnabled(False)
