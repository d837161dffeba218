"""What the tests of a counsellor's own forms share: two questions, and forms with them, written in and read again."""

from alliance_desktop.domain import own_form
from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.form import Form, Kind
from alliance_desktop.domain.own_form import OwnQuestion
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.notebook import WriteCard

BREATH = OwnQuestion(label="Did we breathe first?", kind=Kind.TICK, private=False)
COLOUR = OwnQuestion(label="Which colour was it?", kind=Kind.CHOICE, options=("Red", "Blue"))


def with_questions(vault: OpenVault, form: Form, *words: OwnQuestion) -> Form:
    base = vault.own_forms.base(form)
    assert base is not None
    for one in words:
        form = own_form.added(form, base, vault.own_forms.question(one))
    return form


def key_of(form: Form, label: str) -> str:
    return next(one.key for one in form.cards[0].questions if one.label == label)


def write(vault: OpenVault, client: ClientId | None, form: Form, answers: Answers) -> Entry:
    entry = vault.notebook.new_entry()
    vault.notebook.write(
        WriteCard(
            client=client, form=form.id, card=form.cards[0].id, answers=answers, entry=entry, version=form.version
        )
    )
    return vault.notebook.entry(entry)


def reopened(vault: OpenVault, access: Access, secrets: Secrets) -> OpenVault:
    vault.close()
    return access.open(vault.folder, secrets)
