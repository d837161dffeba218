"""Small rows of a vault that cannot be read, acts done twice or in the bin, and versions of a newer program."""

from collections.abc import Callable

import msgspec
import pytest
from service_cases import Clock, day, files_no_longer_than

from alliance_desktop.domain.answers import Answer, dated
from alliance_desktop.domain.entry import ClientId, EntryId, Event, State
from alliance_desktop.domain.errors import BinnedError, NewerEntryError, NotDoneError, VaultDamagedError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.history import NEWER_VERSION_GONE
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.own_forms import BROKEN, UNREAD
from alliance_desktop.services.snippets import Snippet
from alliance_desktop.storage.plain import decoded

DEEP = '{"a":' * 100_000
SPOILT = ["", "{", "null", "5", '"x"', "[" * 100_000, DEEP, "\x00", '"' + "x" * 2_000_000 + '"']
UNREADABLE = [one for one in SPOILT if one != "null"]


def as_text(vault: OpenVault, name: str, text: str) -> None:
    with vault._store.transaction():
        vault._store._database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, text))


def reopened(vault: OpenVault, access: Access, secrets: Secrets) -> OpenVault:
    vault.close()
    return access.open(vault.folder, secrets)


def note(vault: OpenVault, client: ClientId, body: str, entry: EntryId | None = None, **more: Answer) -> EntryId:
    entry = entry if entry is not None else vault.notebook.new_entry()
    card = WriteCard(client=client, form="session", card="note", answers={"body": body, **more}, entry=entry)
    vault.notebook.write(card)
    return entry


@pytest.mark.parametrize("text", SPOILT, ids=lambda one: one[:8])
@pytest.mark.parametrize("name", ["form own_5 1", "draft form own_5"])
def test_no_declaration_keeps_a_vault_shut(
    vault: OpenVault, access: Access, secrets: Secrets, name: str, text: str
) -> None:
    as_text(vault, name, text)
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.all() == []
    assert opened.own_forms.drafts() == []
    assert opened.own_forms.troubles == ((BROKEN,) if name.startswith("form") else ())
    opened.close()


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda one: one[:8])
@pytest.mark.parametrize("name", list(UNREAD))
def test_a_small_list_that_cannot_be_read_is_told_and_kept(
    vault: OpenVault, access: Access, secrets: Secrets, name: str, text: str
) -> None:
    as_text(vault, name, text)
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == (UNREAD[name],)
    assert opened.snippets.all() == []
    opened.snippets.keep("mum", "their mother")
    form = opened.own_forms.copy("feedback")
    opened.own_forms.keep(form)
    opened.own_forms.retire(form.id)
    again = reopened(opened, access, secrets)
    assert again.own_forms.troubles == ()
    assert again.snippets.all() == [Snippet("mum", "their mother")]
    assert not again.own_forms.is_offered(form.id)
    assert again._store.settings.get(f"unreadable {name}") == [text]
    again.close()


def test_what_is_nested_beyond_reading_is_damage_and_no_bug() -> None:
    with pytest.raises(VaultDamagedError):
        decoded(DEEP)


def test_an_entry_of_a_card_that_its_form_has_no_more_is_told_as_newer(
    vault: OpenVault, client: ClientId, access: Access, secrets: Secrets
) -> None:
    form = vault.own_forms.copy("feedback")
    vault.own_forms.keep(form)
    entry = vault.notebook.new_entry()
    vault.notebook.write(
        WriteCard(client=client, form=form.id, card=form.cards[0].id, answers={"asked": "x"}, entry=entry)
    )
    kept = vault._store.settings.texts(f"form {form.id} 1")[f"form {form.id} 1"]
    as_text(vault, f"form {form.id} 1", kept.replace(f'"id":"{form.cards[0].id}"', '"id":"other"'))
    opened = reopened(vault, access, secrets)
    assert opened.own_forms.troubles == (BROKEN,)
    assert NewerEntryError.sentence in opened.notebook.title(opened.notebook.entry(entry))
    opened.notebook.timeline(client)
    opened.history.bin(entry)
    assert len(opened.history.binned()) == 1
    opened.close()


def test_no_form_is_told_for_a_card_that_it_does_not_have(vault: OpenVault, client: ClientId) -> None:
    entry = vault.notebook.entry(note(vault, client, "She came."))
    other = msgspec.structs.replace(entry, card="other")
    assert vault.forms.known(entry) is not None
    assert vault.forms.known(other) is None
    with pytest.raises(NewerEntryError):
        vault.forms.of(other)


def test_what_lies_in_the_bin_is_not_finished_added_to_or_taken_out_of(vault: OpenVault, client: ClientId) -> None:
    entry = note(vault, client, "first")
    acts: list[Callable[[], object]] = [
        lambda: vault.notebook.finish(entry),
        lambda: vault.notebook.amend(entry, "more"),
        lambda: vault.history.redact(entry, ["body"], (), "the wrong file"),
    ]
    vault.history.bin(entry)
    for act in acts:
        with pytest.raises(BinnedError, match="in the bin"):
            act()
    kept = vault.notebook.entry(entry)
    assert (kept.state, kept.answers) == (State.DRAFT, {"body": "first"})
    assert vault.notebook.addenda(entry) == []
    vault.history.put_back(entry)
    for act in acts:
        act()
    kept = vault.notebook.entry(entry)
    assert (kept.state, kept.answers) == (State.FINISHED, {}), "what was put back can be worked on again"


def test_what_lies_in_the_bin_is_not_written_on_and_goes_once(vault: OpenVault, client: ClientId) -> None:
    entry = note(vault, client, "first")
    vault.history.bin(entry)
    with pytest.raises(BinnedError):
        note(vault, client, "second", entry)
    assert vault.notebook.entry(entry).answers == {"body": "first"}
    vault.history.put_back(entry)
    note(vault, client, "second", entry)
    vault.history.remove(entry)
    assert vault.notebook.entry(entry).answers == {"body": "second"}, "what is not in the bin stays"
    vault.history.bin(entry)
    vault.history.remove(entry)
    vault.history.remove(entry)
    assert vault.history.binned() == []


def test_text_goes_also_where_a_newer_program_wrote_one_version(
    vault: OpenVault, client: ClientId, clock: Clock
) -> None:
    entry = note(vault, client, "one secret", date=dated(day()))
    for body in ("two secret", "three secret"):
        clock.move(minutes=6)
        note(vault, client, body, entry, date=dated(day()))
    first, second = vault.history.versions(entry)
    with vault._store.transaction():
        vault._store._database.run("UPDATE record_version SET form_version = 99 WHERE id = ?", (first.id,))
    assert [one.form_version for one in vault.history.versions(entry)] == [99, second.form_version]
    vault.history.redact(entry, ["body"], [], "wrong file")
    assert [one.id for one in vault.history.versions(entry)] == [second.id]
    assert "secret" not in str([vault.notebook.entry(entry), *vault.history.versions(entry)])
    (told,) = vault.history.removals(entry)
    assert told.why == f"wrong file {NEWER_VERSION_GONE}"
    assert told.what is Event.REDACTED


def test_own_forms_say_that_nothing_was_changed_where_the_disk_is_full(vault: OpenVault) -> None:
    form = vault.own_forms.copy("feedback")
    with files_no_longer_than(4096), pytest.raises(NotDoneError):
        vault.own_forms.keep(form)
    assert vault.own_forms.all() == []
    vault.own_forms.keep(form)
    with files_no_longer_than(4096), pytest.raises(NotDoneError):
        vault.own_forms.retire(form.id)
    assert vault.own_forms.is_offered(form.id)
