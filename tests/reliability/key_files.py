"""S6, S12, S16: damaged, forged and invented key files; passphrases in every form; what one guess costs."""

import hashlib
import json
import os
import random
import resource
import struct
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from alliance_desktop.domain.errors import KeyFileDamagedError, NewerVersionError, WrongPassphraseError
from alliance_desktop.keys import derivation, keyfile
from alliance_desktop.keys.derivation import Kdf, passphrase_key
from alliance_desktop.keys.passphrase import MOST, problems
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

PASSPHRASE = "the kettle sings at four"
SALT = bytes(range(16))
CHEAPEST = Kdf(salt=SALT, memory_kib=19 * 1024, passes=1)
SEALED = Kdf(salt=SALT, memory_kib=64 * 1024, passes=1)
HEAD, SUM = 14, 16
FORGED = 440
Read = Callable[[bytes], object]


# -- S6 -------------------------------------------------------------------------------------------------------------


def framed(payload: bytes, version: int = 1) -> bytes:
    """Return a key file by the letter of the format, whatever it says."""
    whole = b"RRKEYS\r\n" + struct.pack(">HI", version, len(payload)) + payload
    return whole + hashlib.sha256(whole).digest()[:SUM]


def canonical(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _read_without_sum(data: bytes) -> object:
    """Read a key file as one would who forgot the sum: what the sum guards against."""
    if not data.startswith(b"RRKEYS\r\n"):
        raise KeyFileDamagedError
    fields = json.loads(data[HEAD:-SUM])
    return fields["vault"], fields["gen"], fields["kdf"], fields["pass"]


def _outcome(read: Read, data: bytes, figures: Figures) -> None:
    try:
        read(data)
        figures["accepted"] += 1
    except (KeyFileDamagedError, NewerVersionError, WrongPassphraseError):
        return
    # Any other kind is what the trial looks for, so any kind at all is caught.
    except Exception:  # noqa: BLE001
        figures["other errors"] += 1


def _invented(chance: random.Random, good: bytes) -> bytes:
    """Return bytes that may pass for a key file at first sight."""
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(600))
    if kind == 1:
        return framed(chance.randbytes(chance.randrange(300)), chance.randrange(4))
    fields = json.loads(good[HEAD:-SUM])
    if kind == 2:
        fields[chance.choice([*fields, "more"])] = _anything(chance, 3)
    elif kind == 3:
        fields["kdf"][chance.choice(["m", "t", "p", "salt", "more"])] = _anything(chance, 2)
    else:
        del fields[chance.choice(list(fields))]
    payload = canonical(fields)
    if payload == good[HEAD:-SUM]:
        return b""
    return framed(payload, chance.choice([1, 1, 1, 0, 2, 65535]))


def _anything(chance: random.Random, depth: int) -> Any:
    if depth and chance.random() < 0.3:
        inner = [_anything(chance, depth - 1) for _ in range(chance.randrange(4))]
        return inner if chance.random() < 0.5 else {str(at): one for at, one in enumerate(inner)}
    return chance.choice(
        [None, True, -1, 0, 1 << 53, 1 << 70, 0.5, -1e308, "", "AAAA", "\ud83d\ude00", "x" * 200, [], {}, "=" * 9]
    )


def _forged(chance: random.Random, good: bytes) -> bytes:
    """Return a well-formed key file with one field that its passphrase did not vouch for."""
    fields = json.loads(good[HEAD:-SUM])
    which = chance.choice(["gen", "vault", "m", "t", "p", "salt", "pass"])
    if which == "gen":
        fields["gen"] += chance.randrange(1, 1000)
    elif which in {"vault", "pass"}:
        fields[which] = _other_bytes(chance, fields[which])
    elif which == "salt":
        fields["kdf"]["salt"] = _other_bytes(chance, fields["kdf"]["salt"])
    else:
        fields["kdf"][which] += chance.randrange(1, 4)
    return framed(canonical(fields))


def _other_bytes(chance: random.Random, said: str) -> str:
    import base64

    data = bytearray(base64.b64decode(said))
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return base64.b64encode(data).decode()


def _key_files(count: int, read: Read) -> Figures:
    chance = random.Random(6)
    good = keyfile.seal(PASSPHRASE, bytes(range(20)), bytes(range(50, 66)), 3, SEALED, os.urandom)
    figures: Figures = {"accepted": 0, "other errors": 0}
    for at in range(len(good) * 8):
        flipped = bytearray(good)
        flipped[at // 8] ^= 1 << at % 8
        _outcome(read, bytes(flipped), figures)
    for length in range(len(good)):
        _outcome(read, good[:length], figures)
    for _ in range(count):
        _outcome(read, _invented(chance, good), figures)
    forged = max(1, count * FORGED // 20_000) if read is keyfile.read else 0
    for _ in range(forged):
        _outcome(lambda data: keyfile.unwrap(keyfile.read(data), PASSPHRASE), _forged(chance, good), figures)
    found = {"fuzz inputs": count, "bits flipped": len(good) * 8, "cuts": len(good), "fields forged": forged}
    return {**found, **figures}


# -- S12 ------------------------------------------------------------------------------------------------------------

SAYINGS = (
    "Ångström sits by the café",
    "Zoë und die Brücke im Nebel",
    "où est passé l'été dernier",
    "mañana por la mañana, señor",
    "ﬁve ½ ﬂoors up the ² stairs",
    "Ⅻ o'clock at № 7, ℡ off",
    "ｆｕｌｌ ｗｉｄｔｈ letters here",
    "한글로 적은 긴 열쇠말 하나",
    "がぎぐげご と濁る文字の列を並べた",
    "Việt Nam có nhiều dấu lắm",
    "סוד ארוך עם נִקּוּד בפנים",
    "كلمة سِرّ طويلة مع تشكيل",
    "ѐ и й в одной длинной фразе",
    "ΐ ΰ ᾧ with many accents on",
    "👩‍👩‍👧 and 🌧️ over the 🏔️ today",
    "  spaces   at both   ends  ",
    "tab\tand no-break\u00a0space here",
    "ends in a combining mark e\u0301\u0323",
    "CAPS AND small ARE not THE same",
    "a plain sentence in plain letters",
)
COMMON = (
    "password1234567",
    "passwordpassword",
    "qwertyuiopasdfghjkl",
    "abcdefghijklmnop",
    "1234567890123456",
    "aaaaaaaaaaaaaaaa",
    "iloveyouiloveyou",
    "monkeymonkeymonkey",
    "letmeinletmeinletmein",
    "supervisionnotes",
    "P.a.s.s.w.o.r.d.2.0.2.6",
    "counsellor counsellor",
)


def _forms(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]


def _strings(count: int) -> list[str]:
    """Return passphrases: the sayings, then each of them grown to the longest, then with a word before."""
    long = [(one + " ").ljust(MOST, "x")[: MOST - 40] for one in SAYINGS]
    return [*SAYINGS, *long, *(f"lantern {one}" for one in SAYINGS)][:count]


def _passphrases(count: int, key_of: Callable[[str], bytes]) -> Figures:
    figures: Figures = {"forms tried": 0, "forms with another key": 0, "characters lost": 0}
    for one in _strings(count):
        keys = [key_of(form) for form in _forms(one)]
        figures["forms tried"] += len(keys)
        figures["forms with another key"] += sum(key != keys[0] for key in keys)
        others = [f"{one} ", f" {one}", f"{one}x", one[:-1], one.swapcase()]
        same_text = {unicodedata.normalize("NFKC", one)}
        figures["characters lost"] += sum(
            key_of(other) == keys[0] for other in others if unicodedata.normalize("NFKC", other) not in same_text
        )
    refused = sum(problems(one) is not None for one in COMMON)
    good = sum(problems(unicodedata.normalize("NFKC", one)[:MOST]) is None for one in SAYINGS)
    return {
        "passphrases": count,
        **figures,
        "common ones let through": len(COMMON) - refused,
        "good ones refused": len(SAYINGS) - good,
    }


def _without_normal_form(passphrase: str) -> bytes:
    """Return the key of the bytes as they are typed: what the normal form guards against."""
    with mock.patch.object(derivation.unicodedata, "normalize", lambda _form, text: text):
        return passphrase_key(passphrase, CHEAPEST)


# -- S16 ------------------------------------------------------------------------------------------------------------

COSTS: tuple[dict[str, Any], ...] = (
    {"m": 19 * 1024 - 1},
    {"m": 0},
    {"m": -1},
    {"m": 1024 * 1024 + 1},
    {"m": 1 << 62},
    {"t": 0},
    {"t": 11},
    {"p": 0},
    {"p": 17},
    {"t": 1 << 31, "p": 1 << 31},
)


def _peak_of(work: Callable[[], object]) -> float:
    """Return the MiB that some work takes at its peak over what the process has resident when it begins.

    On Linux; elsewhere, what the peak of the whole process grew by.
    """
    status, refs = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not refs.exists():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work()
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    # The kernel then counts the peak anew.
    refs.write_text("5", encoding="ascii")
    before = _status_kib(status, "VmRSS")
    work()
    return (_status_kib(status, "VmHWM") - before) / 1024


def _status_kib(status: Path, name: str) -> int:
    line = next(one for one in status.read_text(encoding="ascii").splitlines() if one.startswith(name))
    return int(line.split()[1])


def _refusals(count: int, good: bytes) -> tuple[int, int, float]:
    """Return how many forged costs were refused, how many derivations were begun, and the slowest refusal in ms."""
    slowest, refused = 0.0, 0
    begun: list[object] = []
    with mock.patch.object(derivation, "Argon2id", lambda **cost: begun.append(cost)):
        for at in range(count):
            fields = json.loads(good[HEAD:-SUM])
            fields["kdf"] |= COSTS[at % len(COSTS)]
            forged = framed(canonical(fields))
            began = time.perf_counter()
            try:
                keyfile.unwrap(keyfile.read(forged), PASSPHRASE)
            except KeyFileDamagedError:
                refused += 1
            slowest = max(slowest, time.perf_counter() - began)
    return refused, len(begun), slowest * 1000


def _cost(count: int, usual: Kdf) -> Figures:
    found: list[tuple[int, int, float]] = []
    good = keyfile.seal(PASSPHRASE, bytes(20), bytes(16), 1, SEALED, os.urandom)
    taken = _peak_of(lambda: found.append(_refusals(count, good)))
    refused, begun, slowest = found[0]
    began = time.perf_counter()
    of_guess = _peak_of(lambda: passphrase_key(PASSPHRASE, usual))
    lasted = time.perf_counter() - began
    return {
        "costs forged": count,
        "costs not refused": count - refused,
        "derivations begun for them": begun,
        "MiB of one guess": round(of_guess),
        "MiB taken by refusals": round(taken),
        "ms of one guess": round(lasted * 1000),
        "ms of the slowest refusal": round(slowest, 1),
    }


TRIALS = (
    Trial(
        "S6",
        "key file: every bit, every cut, forged fields, invented content",
        (
            tries("fuzz inputs", 20_000),
            least("bits flipped", 227 * 8),
            least("cuts", 227),
            most("accepted", 0),
            most("other errors", 0),
        ),
        lambda count, _folder: _key_files(count, keyfile.read),
        fast=2_000,
        full=20_000,
        controls=(Control("the sum is not looked at", lambda count, _folder: _key_files(count, _read_without_sum)),),
    ),
    Trial(
        "S12",
        "one key for every form of a passphrase, and every character counts",
        (
            tries("passphrases", 60),
            most("forms with another key", 0),
            most("characters lost", 0),
            most("common ones let through", 0),
            most("good ones refused", 0),
        ),
        lambda count, _folder: _passphrases(count, lambda one: passphrase_key(one, CHEAPEST)),
        fast=20,
        full=60,
        controls=(
            Control(
                "typed bytes are taken as they are",
                lambda count, _folder: _passphrases(count, _without_normal_form),
                fast=10,
                full=20,
            ),
        ),
    ),
    Trial(
        "S16",
        "what one guess costs, and forged costs refused before any work",
        (
            tries("costs forged", 10),
            most("costs not refused", 0),
            most("derivations begun for them", 0),
            most("MiB taken by refusals", 8),
            least("MiB of one guess", 256),
        ),
        lambda count, _folder: _cost(count, Kdf(salt=SALT)),
        fast=10,
        full=10,
        controls=(Control("a guess at the least cost", lambda count, _folder: _cost(count, CHEAPEST)),),
    ),
)
