"""The one place that decides which widget asks which kind of question."""

from collections.abc import Callable

from alliance_desktop.domain.form import Kind
from alliance_desktop.ui.fields.choosing import MOST_RADIOS, ComboField, RadioField, TicksField
from alliance_desktop.ui.fields.field import Asked, Field
from alliance_desktop.ui.fields.links import LinkField
from alliance_desktop.ui.fields.number import NumberField
from alliance_desktop.ui.fields.people import ContactsField
from alliance_desktop.ui.fields.small import DateField, PersonField, TickField, TimeField
from alliance_desktop.ui.fields.table import RowsField
from alliance_desktop.ui.fields.texts import TextField


def field_for(asked: Asked) -> Field:
    """Return the field that asks a question, empty."""
    return _FIELDS[asked.question.kind](asked)


def _one_of(asked: Asked) -> Field:
    many = len(asked.form.options(asked.question)) > MOST_RADIOS
    return ComboField(asked) if many else RadioField(asked)


_FIELDS: dict[Kind, Callable[[Asked], Field]] = {
    Kind.LINE: TextField,
    Kind.PROSE: TextField,
    Kind.CHOICE: _one_of,
    Kind.CHOICES: TicksField,
    Kind.SCALE: RadioField,
    Kind.DATE: DateField,
    Kind.TIME: TimeField,
    Kind.PERSON: PersonField,
    Kind.CONTACTS: ContactsField,
    Kind.ROWS: RowsField,
    Kind.TICK: TickField,
    Kind.LINK: LinkField,
    Kind.NUMBER: NumberField,
}
