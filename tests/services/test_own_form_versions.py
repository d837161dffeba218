"""The versions of a counsellor's own form: what was kept under a number stays what it says, and old entries read on."""

from own_form_cases import BREATH, COLOUR, key_of, reopened, with_questions, write
from service_cases import day

from alliance_desktop.domain import own_form
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault


def test_a_form_that_was_written_in_gets_a_new_version_and_the_old_entry_reads_as_it_was(
    vault: OpenVault, client: ClientId, access: Access, secrets: Secrets
) -> None:
    first = with_questions(vault, vault.own_forms.copy("feedback"), BREATH)
    vault.own_forms.keep(first)
    vault.own_forms.keep(own_form.titled(first, "Still unwritten"))
    (first,) = vault.own_forms.all()
    assert first.version == 2, "a page may be open in the one before, though nothing was written in it"
    vault.own_forms.keep(first)
    assert vault.own_forms.all()[0].version == 2, "what says the same is the same"
    key = key_of(first, BREATH.label)
    old = write(vault, client, first, {"given_on": dated(day()), key: True})
    base = vault.own_forms.base(first)
    assert base is not None
    vault.own_forms.keep(own_form.removed(first, base, key))
    opened = reopened(vault, access, secrets)
    (now,) = opened.own_forms.all()
    assert now.version == 3
    assert key not in {one.key for one in now.cards[0].questions}
    again = opened.notebook.entry(old.id)
    assert opened.forms.of(again).card("feedback").question(key).label == BREATH.label
    assert again.answers[key] is True
    fresh = write(opened, client, now, {"given_on": dated(day())})
    assert (again.form_version, fresh.form_version) == (2, 3)
    assert opened.notebook.title(fresh).startswith("5 March 2026 · Still unwritten")
    opened.close()


def test_a_page_that_was_opened_in_the_old_version_writes_in_it(vault: OpenVault, client: ClientId) -> None:
    """Its private answers must not be split by a declaration that no longer knows them."""
    first = with_questions(vault, vault.own_forms.copy("feedback"), COLOUR)
    vault.own_forms.keep(first)
    write(vault, client, first, {"given_on": dated(day())})
    base = vault.own_forms.base(first)
    assert base is not None
    key = key_of(first, COLOUR.label)
    vault.own_forms.keep(own_form.removed(first, base, key))
    late = write(vault, client, first, {key: chosen("o1")})
    assert late.form_version == 1
    (held,) = vault._store._database.rows("SELECT answers FROM record_answer WHERE entry = ?", (late.id,)) or [("{}",)]
    assert key not in held[0]


def test_a_version_is_never_used_again_also_where_all_that_was_written_in_it_is_gone(
    vault: OpenVault, client: ClientId
) -> None:
    first = with_questions(vault, vault.own_forms.copy("feedback"), COLOUR)
    vault.own_forms.keep(first)
    write(vault, client, first, {"given_on": dated(day())})
    with vault._store.transaction():
        for one in vault.notebook.entries(client):
            vault._store.entries.remove(one.id)
    base = vault.own_forms.base(first)
    assert base is not None
    key = key_of(first, COLOUR.label)
    vault.own_forms.keep(own_form.removed(first, base, key))
    assert vault.own_forms.all()[0].version == 2
    assert vault.forms.get(first.id, 1).card("feedback").question(key).label == COLOUR.label
