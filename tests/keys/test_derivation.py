"""Keys are derived as the format says, so that any program that follows it opens the vault."""

import hashlib
import hmac
import time

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from alliance_desktop.domain.errors import NotEnoughMemoryError
from alliance_desktop.keys import derivation
from alliance_desktop.keys.derivation import Kdf, data_key, passphrase_key, tuned_memory_kib

SALT = bytes(range(16))
MIB = 1024
SMALL = Kdf(salt=SALT, memory_kib=64 * MIB, passes=1, lanes=4)


def test_the_data_key_is_hkdf_of_the_recovery_key_and_the_vault():
    recovery, vault = bytes(range(20)), bytes(range(100, 116))
    extracted = hmac.digest(vault, recovery, "sha256")
    assert data_key(recovery, vault) == hmac.digest(extracted, b"vault data key v1\x01", "sha256")


def test_the_passphrase_key_is_argon2id_of_the_hashed_passphrase():
    hashed = hashlib.blake2b("Ärger und Reue".encode()).digest()
    wanted = Argon2id(salt=SALT, length=32, iterations=1, lanes=4, memory_cost=64 * MIB).derive(hashed)
    assert passphrase_key("Ärger und Reue", SMALL) == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("Ångström sits here", "A\u030angstro\u0308m sits here"), ("ﬁve ½", "five 1⁄2")]
)
def test_equal_forms_of_a_passphrase_give_one_key(one, other):
    assert one != other
    assert passphrase_key(one, SMALL) == passphrase_key(other, SMALL)


def test_every_character_of_a_long_passphrase_counts():
    assert passphrase_key("a" * 1023 + "b", SMALL) != passphrase_key("a" * 1023 + "c", SMALL)
    assert passphrase_key("ends with a space ", SMALL) != passphrase_key("ends with a space", SMALL)


def test_any_text_is_a_passphrase():
    assert len(passphrase_key("🌧️ \0 \ud800", SMALL)) == 32


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 19 * MIB - 1},
        {"memory_kib": 0},
        {"memory_kib": -1},
        {"memory_kib": 1024 * MIB + 1},
        {"memory_kib": 1 << 62},
        {"passes": 0},
        {"passes": 11},
        {"lanes": 0},
        {"lanes": 17},
        {"salt": b"short"},
    ],
)
def test_a_forged_cost_is_refused_before_any_work(cost):
    began = time.thread_time()
    with pytest.raises(ValueError):
        Kdf(**({"salt": SALT} | cost))
    assert time.thread_time() - began < 0.05, "of work, however busy the computer is"


def test_the_usual_cost_is_that_of_the_design():
    usual = Kdf(salt=SALT)
    assert (usual.memory_kib, usual.passes, usual.lanes) == (256 * MIB, 3, 4)


def test_too_little_memory_is_said_plainly(monkeypatch):
    class Starved:
        def __init__(self, **cost):
            pass

        def derive(self, data):
            raise MemoryError("Not enough memory to derive key")

    monkeypatch.setattr(derivation, "Argon2id", Starved)
    with pytest.raises(NotEnoughMemoryError):
        passphrase_key("anything", SMALL)


@pytest.mark.parametrize(("seconds_at_256", "chosen"), [(0.3, 256), (1.0, 256), (1.5, 128), (2.5, 64), (60.0, 64)])
def test_memory_is_lowered_until_a_second_suffices_but_never_under_64_mib(seconds_at_256, chosen):
    clock = [0.0]
    tried = []

    def derive(kdf):
        tried.append(kdf.memory_kib)
        clock[0] += seconds_at_256 * kdf.memory_kib / (256 * MIB)

    assert tuned_memory_kib(lambda: clock[0], derive) == chosen * MIB
    assert min(tried) >= 128 * MIB


def test_memory_is_lowered_where_there_is_not_enough():
    def derive(kdf):
        if kdf.memory_kib > 128 * MIB:
            raise NotEnoughMemoryError

    assert tuned_memory_kib(lambda: 0.0, derive) == 128 * MIB
