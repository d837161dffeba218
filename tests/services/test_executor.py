"""What an executor sees: the allow-list and nothing beside it, nothing changed by looking, and the key forgotten."""

import datetime
import sys
from pathlib import Path

import msgspec
import pytest
from executor_cases import fill, marker
from service_cases import Clock, day, every_byte

from alliance_desktop.documents.executor_list import LOOK_NOW, NO_WISHES, NOTHING_OPEN, executor_list
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import EXECUTOR, Document, allowed, executor_keys
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import MistypedRecoveryKeyError, VaultDamagedError, WrongPassphraseError
from alliance_desktop.domain.executor import NO_CONTACT
from alliance_desktop.domain.form import Audience
from alliance_desktop.domain.key_errors import (
    ExecutorCannotLookError,
    ExecutorKeyAsPassphraseError,
    OldExecutorSheetError,
    WrongExecutorKeyError,
)
from alliance_desktop.keys.executor import executor_text
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.services import unlocking
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.executor import all_wishes, left, look
from alliance_desktop.services.executor_key import ExecutorKey
from alliance_desktop.services.notebook import WriteCard

WORDLESS = {
    *{("session", "next_on"), ("safeguarding", "next_on"), ("life_event", "on"), ("executor_wishes", "looked_over")},
    *{("client", "state"), ("consent", "given"), ("consent", "until"), ("life_event", "yearly")},
    *{("safeguarding", "concern"), ("client", "called")},
}
"""Days and ticks, what is only read to know whether something is open or holds, and what a full name stands for."""


def told(vault: OpenVault) -> str:
    return twin(executor_list(left(vault)))


def every_marker(vault: OpenVault) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for form in vault.forms.all():
        for one in (question for card in form.cards for question in card.questions):
            cells = [marker(form.id, one.key, column.key) for column in one.columns]
            found[form.id, one.key] = [marker(form.id, one.key), *cells]
    return found


def leaked(vault: OpenVault) -> set[tuple[str, str]]:
    """Return the questions that an executor may not see, and of which a word came out."""
    text = told(vault)
    return {
        field
        for field, words in every_marker(vault).items()
        if field not in EXECUTOR and any(one in text for one in words)
    }


def test_not_a_word_beside_the_allow_list_comes_out(vault: OpenVault) -> None:
    fill(vault)
    assert leaked(vault) == set()
    text = told(vault)
    assert not any(marker(form.id, "addendum") in text for form in vault.forms.all())
    shown = {field for field, words in every_marker(vault).items() if any(one in text for one in words)}
    assert EXECUTOR - shown == WORDLESS


@pytest.mark.parametrize(
    "field", [("session", "for_me_only"), ("session", "body"), ("safeguarding", "exact_words"), ("client", "culture")]
)
def test_the_control_a_question_that_is_put_on_the_list_is_no_longer_kept_back(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, field: tuple[str, str]
) -> None:
    fill(vault)
    form = vault.forms.current(field[0])
    (asked,) = [one for card in form.cards for one in card.questions if one.key == field[1]]
    assert not allowed(Document.EXECUTOR, form, asked)
    monkeypatch.setattr(sys.modules[allowed.__module__], "EXECUTOR", EXECUTOR | {field})
    assert allowed(Document.EXECUTOR, form, asked) == (asked.audience is not Audience.PRIV), "private even then"


def test_the_control_a_word_on_the_page_is_found(vault: OpenVault) -> None:
    client = fill(vault)
    details = vault.notebook.client(client).answers
    vault.notebook.amend_client(client, {**details, "full_name": marker("session", "for_me_only")})
    assert leaked(vault) == {("session", "for_me_only")}


def test_what_a_form_of_ones_own_keeps_private_is_kept_back_everywhere(vault: OpenVault) -> None:
    keys = executor_keys(vault.forms.all())
    assert "next_on" in keys["session"]
    form = vault.forms.current("session")
    (card,) = form.cards
    private = [
        msgspec.structs.replace(one, audience=Audience.PRIV) if one.key == "next_on" else one for one in card.questions
    ]
    copy = msgspec.structs.replace(
        form, id="own_1", based_on="session", cards=(msgspec.structs.replace(card, questions=tuple(private)),)
    )
    assert "next_on" not in executor_keys([*vault.forms.all(), copy])["session"]


def write(vault: OpenVault, client: ClientId | None, form: str, card: str, **answers: object) -> None:
    book = vault.notebook
    book.write(WriteCard(client=client, form=form, card=card, answers=dict(answers), entry=book.new_entry()))


def client(vault: OpenVault, code: str, **details: object) -> ClientId:
    made = vault.notebook.add_client({"code": code, **details}).client
    assert made is not None
    return made


def test_an_empty_vault_says_so_in_each_place(vault: OpenVault) -> None:
    text = told(vault)
    assert NO_WISHES in text
    assert NOTHING_OPEN in text
    assert "No appointment is noted" in text
    assert "There are no clients" in text


def test_what_is_due_stands_first_and_a_closed_client_only_where_something_is(vault: OpenVault) -> None:
    done = client(vault, "A-1", full_name="Ann Closed", state=chosen("closed"))
    due = client(vault, "B-2", full_name="Bo Waiting", state=chosen("closed"))
    open_ = client(vault, "C-3", full_name="Cy Working")
    for one, on in ((done, None), (due, day(-1)), (open_, day(40))):
        steps = [{"what": "Ring the service", "by_whom": "Ms Hale", "on": dated(on)}] if on else []
        write(
            vault,
            one,
            "safeguarding",
            "concern",
            learned_on=dated(day(-3)),
            exact_words="He said so.",
            next_steps=steps,
        )
    write(vault, open_, "session", "note", date=dated(day(-2)), next_on=dated(day(4)), body="A long talk.")
    text = told(vault)
    assert "Ann Closed" not in text
    assert "The work with 1 client has ended" in text
    risks = text[text.index("Open risks") : text.index("Next appointments")]
    assert risks.index("Bo Waiting") < risks.index("Cy Working")
    assert risks.count(LOOK_NOW) == 1
    assert "By whom: Ms Hale" in risks
    assert "He said so" not in text
    assert "A long talk" not in text
    assert "Who: Cy Working (C-3); When: 9 March 2026" in text


def test_a_please_stop_is_told_until_it_is_lifted(vault: OpenVault) -> None:
    who = client(vault, "D-4", full_name="Dee")
    write(vault, who, "outreach", "try", tried_on=dated(day(-2)), avenue=chosen("text"), response=chosen("please_stop"))
    assert NO_CONTACT in told(vault)
    write(vault, who, "outreach", "try", tried_on=dated(day(-1)), avenue=chosen("text"), response=chosen("yes"))
    assert NO_CONTACT not in told(vault)


def test_what_lies_in_the_bin_is_not_told(vault: OpenVault) -> None:
    who = client(vault, "E-5", full_name="Eve")
    write(vault, who, "life_event", "life_event", what="A day by the sea", on=dated(day(3)))
    assert "A day by the sea" in told(vault)
    (event,) = vault.notebook.of_form("life_event", who)
    vault.history.bin(event.id)
    assert "A day by the sea" not in told(vault)


def typed(secrets: Secrets) -> str:
    return executor_text(secrets.recovery, secrets.vault_id)


def test_looking_changes_nothing_and_the_key_is_forgotten(
    access: Access, folder: Path, secrets: Secrets, vault: OpenVault
) -> None:
    client(vault, "F-6", full_name="Fay")
    key = typed(secrets)
    vault.close()
    before = every_byte(folder)
    found = unlocking.by_paper(folder, f"  {key.lower().replace('-', ' ')} ")
    assert isinstance(found, ExecutorKey)
    seen, kept = look(access, folder, found)
    assert kept.lock_minutes == 5
    assert [one.name for one in seen.people] == ["Fay"]
    assert every_byte(folder) == before
    assert not any(found.secrets.data_key)


def test_a_recovery_key_still_opens_all(access: Access, folder: Path, secrets: Secrets) -> None:
    found = unlocking.by_paper(folder, recovery_text(secrets.recovery))
    assert isinstance(found, Secrets)
    access.open(folder, found).close()


def test_an_executors_key_opens_nothing_else(folder: Path, secrets: Secrets) -> None:
    with pytest.raises(ExecutorKeyAsPassphraseError) as caught:
        unlocking.unlock(folder, typed(secrets))
    assert isinstance(caught.value, WrongPassphraseError)
    with pytest.raises(MistypedRecoveryKeyError):
        unlocking.recover(folder, typed(secrets))


def test_a_mistyped_group_is_named_and_a_strangers_key_is_one(folder: Path, secrets: Secrets) -> None:
    wrong = typed(secrets)
    wrong = wrong[:12] + ("A" if wrong[12] != "A" else "B") + wrong[13:]
    with pytest.raises(MistypedRecoveryKeyError, match="Group 3 of the executor's key looks mistyped"):
        unlocking.by_paper(folder, wrong)
    with pytest.raises(WrongExecutorKeyError, match="does not belong to this vault"):
        unlocking.by_paper(folder, executor_text(bytes(20), secrets.vault_id))


def test_a_renewed_recovery_key_makes_it_void(access: Access, folder: Path, secrets: Secrets, vault: OpenVault) -> None:
    key = typed(secrets)
    work = vault.keys.work()
    vault.keys.replace(work.replacement_for(secrets, "another long passphrase", 1), new_passphrase=True)
    vault.close()
    with pytest.raises(OldExecutorSheetError):
        unlocking.by_paper(folder, key)


def test_a_damaged_vault_offers_an_executor_no_rescue(access: Access, folder: Path, secrets: Secrets) -> None:
    found = unlocking.by_paper(folder, typed(secrets))
    assert isinstance(found, ExecutorKey)
    notes = folder / "notes.db"
    data = bytearray(notes.read_bytes())
    data[4096 * 2 : 4096 * 3] = bytes(4096)
    notes.write_bytes(data)
    with pytest.raises(ExecutorCannotLookError) as caught:
        look(access, folder, found)
    assert not isinstance(caught.value, VaultDamagedError)


def test_the_page_tells_of_the_day_it_is_read(vault: OpenVault, clock: Clock) -> None:
    clock.move(days=2)
    assert left(vault).today == day(2)
    assert left(vault).today - datetime.timedelta(days=2) == day()


def test_wishes_are_told_and_on_the_sealed_sheet_what_is_not_written_yet_is_asked(vault: OpenVault) -> None:
    wishes = {"executor": "Ingrid", "records": "Keep them seven years"}
    write(vault, None, "executor_wishes", "wishes", **wishes)
    assert [words for _, words in left(vault).wishes] == ["Ingrid", "Keep them seven years"]
    asked = all_wishes(vault)
    assert asked["executor"][1] == "Ingrid"
    assert asked["second"] == ("Who, if they cannot?", "")
