"""Settings have defaults, odd values do no harm, and the place and an unsent addendum outlive a lock."""

import datetime
import math
from typing import Any

import msgspec
import pytest

from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.preferences import LOCK_MINUTES, Preferences, Settings
from alliance_desktop.storage import opening


@pytest.fixture
def settings(vault: OpenVault) -> Settings:
    return vault.settings


def test_a_new_vault_has_the_defaults(settings: Settings) -> None:
    found = settings.preferences()
    assert (found.lock_minutes, found.appearance, found.text_scale, found.paper) == (5, "system", 100, "a4")
    assert settings.place() == {}
    assert settings.unsent(EntryId(1)) == ("", False)


def test_everything_kept_is_there_after_a_lock(vault: OpenVault, access: Access, secrets: Secrets) -> None:
    kept = Preferences(
        lock_minutes=12,
        appearance=Appearance.DARK,
        text_scale=150,
        paper="letter",
        large_print=True,
        who_to_turn_to="The desk, room 4\n☎ 01234",
    )
    vault.settings.keep(kept)
    vault.settings.keep_place({"client": 7, "field": "body", "cursor": 12})
    vault.settings.keep_unsent(EntryId(3), "half a sent", private=True)
    vault.close()
    opened = access.open(vault.folder, secrets)
    assert opened.settings.preferences() == kept
    assert opened.settings.place() == {"client": 7, "field": "body", "cursor": 12}
    assert opened.settings.unsent(EntryId(3)) == ("half a sent", True)
    opened.close()


@pytest.mark.parametrize(("asked", "kept"), [(0, 2), (-5, 2), (2, 2), (60, 60), (61, 60), (10**9, 60)])
def test_the_time_until_it_locks_stays_inside_its_bounds(settings: Settings, asked: int, kept: int) -> None:
    settings.keep(Preferences(lock_minutes=asked))
    assert settings.preferences().lock_minutes == kept
    assert LOCK_MINUTES == (2, 60)


@pytest.mark.parametrize(
    "odd",
    [
        {"lock_minutes": "soon"},
        {"appearance": "sepia"},
        {"text_scale": math.pi},
        {"paper": None},
        ["a4"],
        "a4",
        0,
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_falls_back(vault: OpenVault, secrets: Secrets, access: Access, odd: Any) -> None:
    vault.close()
    store = opening.open_store(vault.folder, secrets)
    with store.transaction():
        store.settings.put("preferences", odd)
        store.settings.put("place", odd if not isinstance(odd, dict) else "gone")
    store.close()
    opened = access.open(vault.folder, secrets)
    assert opened.settings.preferences() == Preferences()
    assert opened.settings.place() == {}
    opened.close()


def test_a_setting_of_a_later_program_does_no_harm(vault: OpenVault, secrets: Secrets, access: Access) -> None:
    vault.close()
    store = opening.open_store(vault.folder, secrets)
    with store.transaction():
        store.settings.put("preferences", {"lock_minutes": 9, "voice": "soft"})
    store.close()
    opened = access.open(vault.folder, secrets)
    assert opened.settings.preferences().lock_minutes == 9
    opened.close()


def test_an_addendum_sent_or_emptied_leaves_nothing(settings: Settings) -> None:
    settings.keep_unsent(EntryId(3), "half", private=False)
    settings.keep_unsent(EntryId(4), "another", private=True)
    settings.keep_unsent(EntryId(3), "", private=False)
    assert settings.unsent(EntryId(3)) == ("", False)
    assert settings.unsent(EntryId(4)) == ("another", True)


@pytest.mark.parametrize(
    ("odd", "mended"),
    [
        ({"lock_minutes": 0}, Preferences(lock_minutes=2)),
        ({"lock_minutes": 10**12, "paper": "letter"}, Preferences(lock_minutes=60, paper="letter")),
        ({"text_scale": 0}, Preferences(text_scale=100)),
        ({"text_scale": 160}, Preferences(text_scale=150)),
        ({"text_scale": 5000}, Preferences(text_scale=200)),
        ({"paper": "foolscap", "large_print": True}, Preferences(large_print=True)),
        ({"language": "tlh", "lock_minutes": 9}, Preferences(lock_minutes=9)),
        ({"language": "es"}, Preferences(language="es")),
    ],
    ids=str,
)
def test_values_out_of_bounds_are_mended_when_read_and_when_kept(
    settings: Settings, vault: OpenVault, odd: dict[str, Any], mended: Preferences
) -> None:
    with vault._store.transaction():
        vault._store.settings.put("preferences", odd)
    assert settings.preferences() == mended
    settings.keep(msgspec.structs.replace(Preferences(), **odd))
    kept = vault._store.settings.get("preferences")
    assert kept == msgspec.json.decode(msgspec.json.encode(mended))


SPRING = (datetime.date(2026, 3, 30), datetime.date(2026, 4, 10))
SUMMER = (datetime.date(2026, 7, 1), datetime.date(2026, 8, 31))


@pytest.mark.parametrize(
    ("odd", "mended"),
    [
        ({"talk_days": 0, "reflect_days": 10**9}, Numbers(talk_days=1, reflect_days=365)),
        ({"cold_by": 9, "goals_days": -3}, Numbers(cold_by=4, goals_days=1)),
        ({"talk_days": 9, "late_cancel_hours": 48}, Numbers(talk_days=9)),
        ({"not_now_days": []}, Numbers()),
        ({"not_now_days": [0, 400, 3]}, Numbers(not_now_days=(1, 365, 3))),
        ({"not_now_days": [5] * 40}, Numbers(not_now_days=(5,) * 6)),
        ({"away": [SUMMER, tuple(reversed(SPRING)), SPRING]}, Numbers(away=(SPRING, SUMMER))),
        ({"talk_days": 9, "something_newer": 1}, Numbers(talk_days=9)),
    ],
    ids=str,
)
def test_the_numbers_of_the_reminders_are_mended_as_well(
    settings: Settings, vault: OpenVault, odd: dict[str, Any], mended: Numbers
) -> None:
    with vault._store.transaction():
        vault._store.settings.put("preferences", {"attention": msgspec.to_builtins(odd), "lock_minutes": 9})
    assert settings.preferences() == Preferences(attention=mended, lock_minutes=9)
    settings.keep(settings.preferences())
    assert settings.preferences().attention == mended


def test_numbers_that_are_none_fall_back(settings: Settings, vault: OpenVault) -> None:
    with vault._store.transaction():
        vault._store.settings.put("preferences", {"attention": {"talk_days": "soon"}})
    assert settings.preferences().attention == Numbers()


def test_a_place_is_plain_and_within_bounds_whatever_was_kept(settings: Settings, vault: OpenVault) -> None:
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    fits = {"client": 1 << 53, "field": {"key": "body", "cursor": -3, "box": 1.5, "open": ["more", None, True]}}
    odd = {"arc": (1 << 53) + 1, "entry": -(1 << 62), "scroll": 1e300, "deep": deep, "field": {"anchor": 1 << 60}}
    settings.keep_place(odd | fits | {"field": odd["field"] | fits["field"]})
    found = settings.place()
    assert {key: one for key, one in found.items() if key != "deep"} == fits
    assert str(found["deep"]).count("[") < 10


def test_an_unsent_addendum_is_written_only_when_it_changed(settings: Settings, vault: OpenVault) -> None:
    def saves(text: str, private: bool = False) -> int:
        before = vault._store.saves
        settings.keep_unsent(EntryId(3), text, private=private)
        return vault._store.saves - before

    assert [saves(""), saves("half"), saves("half"), saves("half", True), saves(""), saves("")] == [0, 1, 0, 1, 1, 0]
    assert vault._store._database.rows("SELECT name FROM setting") == []
