"""The counsellor's own forms and settings that come in with the notes."""

import msgspec

from alliance_desktop.domain.exchange.lines import sorted_text
from alliance_desktop.domain.exchange.values import LineError
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.own_form import is_own_id
from alliance_desktop.services import own_forms
from alliance_desktop.services.exchange.asking import Askings
from alliance_desktop.services.exchange.kept_settings import check_of
from alliance_desktop.services.exchange.taking_out import Outgoing
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.own_forms import OwnForms
from alliance_desktop.storage.plain import decoded
from alliance_desktop.storage.store import Store


class OwnThings:
    """Takes forms and settings; `left` are the settings that were left as they are in the vault."""

    def __init__(self, store: Store, forms: Forms, own: OwnForms, out: Outgoing, askings: Askings) -> None:
        self._store, self._forms, self._own, self._out, self._askings = store, forms, own, out, askings
        self._was_empty = store.bringing_in.is_empty()
        self.left: list[str] = []

    def take_form(self, declaration: dict[str, object]) -> bool:
        """Take a version of a form; False for one that is there and says the same. LineError."""
        form = self._read(declaration)
        name = f"{own_forms.FORM}{form.id} {form.version}"
        there = self._out.form(form.id, form.version)
        if there is not None:
            if sorted_text(there["declaration"]) != sorted_text(declaration):
                raise LineError("the vault has this version of the form already, and it says something else there")
            return False
        self._store.settings.put(name, _sorted(declaration))
        self._forms.add(form)
        self._askings.forget(form.id)
        return True

    def take_setting(self, name: str, value: object) -> bool | None:
        """Take a setting; False for one that is there and the same, None for one that is left as it is. LineError."""
        fits = check_of(name)
        if fits is None:
            raise LineError("there is no setting of that name that comes along with notes")
        if not fits(value):
            raise LineError("the setting is not of the shape that it should have")
        kept = self._store.settings.texts(name).get(name)
        if kept is not None and sorted_text(decoded(kept)) == sorted_text(value):
            return False
        if kept is not None and not self._was_empty:
            self.left.append(name)
            return None
        self._store.settings.put(name, _sorted(value))
        return True

    def _read(self, declaration: dict[str, object]) -> Form:
        try:
            form = msgspec.convert(declaration, Form)
        except msgspec.ValidationError:
            raise LineError("the form has a key that is missing, wrong or not known here") from None
        within = 0 < form.version < 10**9 and len(sorted_text(declaration)) <= own_forms.LONGEST
        if not is_own_id(form.id) or not within or not self._own.is_sound(form):
            raise LineError("this is no form of a counsellor's own that this program can read")
        return form


def _sorted(value: object) -> object:
    """Return plain data with all names in the order of their letters."""
    return decoded(sorted_text(value))
