"""The key file: what opens it, and that nothing damaged or forged does."""

import base64
import hashlib
import json
import os
import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.errors import KeyFileDamagedError, NewerVersionError, WrongPassphraseError
from alliance_desktop.keys.derivation import Kdf, data_key
from alliance_desktop.keys.keyfile import KeyFile, Secrets, read, seal, secrets_of, unwrap

PASSPHRASE = "the kettle sings at four"
RECOVERY = bytes(range(20))
VAULT = bytes(range(50, 66))
KDF = Kdf(salt=bytes(range(16)), memory_kib=64 * 1024, passes=1)
SEALED = seal(PASSPHRASE, RECOVERY, VAULT, 3, KDF, os.urandom)


def payload_of(data):
    return json.loads(data[14:-16])


def framed(payload, version=1, magic=b"RRKEYS\r\n"):
    """Make a key file by the letter of the format, whatever it says."""
    if not isinstance(payload, bytes):
        payload = json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()
    whole = magic + struct.pack(">HI", version, len(payload)) + payload
    return whole + hashlib.sha256(whole).digest()[:16]


def test_the_right_passphrase_gives_the_secrets():
    secrets = unwrap(read(SEALED), PASSPHRASE)
    assert secrets == Secrets(RECOVERY, VAULT, data_key(RECOVERY, VAULT), 3)


def test_the_frame_is_that_of_the_format():
    assert framed(payload_of(SEALED)) == SEALED
    assert set(payload_of(SEALED)) == {"vault", "gen", "min_reader", "kdf", "pass"}


@pytest.mark.parametrize("other", ["", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], "x" * 1024])
def test_another_passphrase_gives_nothing(other):
    with pytest.raises(WrongPassphraseError):
        unwrap(read(SEALED), other)


def test_a_composed_passphrase_opens_what_a_decomposed_one_sealed():
    sealed = seal("Zoe\u0308 und die Bru\u0308cke", RECOVERY, VAULT, 1, KDF, os.urandom)
    assert unwrap(read(sealed), "Zoë und die Brücke").recovery == RECOVERY


def test_every_flipped_bit_is_refused():
    refused = 0
    for at in range(len(SEALED) * 8):
        data = bytearray(SEALED)
        data[at // 8] ^= 1 << at % 8
        with pytest.raises(KeyFileDamagedError):
            read(bytes(data))
        refused += 1
    assert refused == len(SEALED) * 8


def test_every_cut_and_every_addition_is_refused():
    for length in range(len(SEALED)):
        with pytest.raises(KeyFileDamagedError):
            read(SEALED[:length])
    for more in (b"\0", b"\n", SEALED):
        with pytest.raises(KeyFileDamagedError):
            read(SEALED + more)


FORGED = [
    ("gen", 4),
    ("gen", 2),
    ("vault", base64.b64encode(bytes(16)).decode()),
    ("kdf", {"m": 65536, "p": 3, "salt": base64.b64encode(KDF.salt).decode(), "t": 1}),
    ("kdf", {"m": 65537, "p": 4, "salt": base64.b64encode(KDF.salt).decode(), "t": 1}),
    ("kdf", {"m": 65536, "p": 4, "salt": base64.b64encode(KDF.salt).decode(), "t": 2}),
    ("kdf", {"m": 65536, "p": 4, "salt": base64.b64encode(bytes(16)).decode(), "t": 1}),
    ("pass", base64.b64encode(bytes(48)).decode()),
]


@pytest.mark.parametrize(("field", "value"), FORGED)
def test_a_forged_field_with_a_good_checksum_opens_nothing(field, value):
    keyfile = read(framed(payload_of(SEALED) | {field: value}))
    with pytest.raises(WrongPassphraseError):
        unwrap(keyfile, PASSPHRASE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gen", 0),
        ("gen", -1),
        ("gen", 1 << 53),
        ("gen", "3"),
        ("gen", 3.0),
        ("vault", "AAAA"),
        ("vault", None),
        ("min_reader", 0),
        ("kdf", {"m": 1024, "p": 4, "salt": "AAECAwQFBgcICQoLDA0ODw==", "t": 1}),
        ("kdf", {"m": 2 << 20, "p": 4, "salt": "AAECAwQFBgcICQoLDA0ODw==", "t": 1}),
        ("kdf", {"m": 65536, "p": 4, "salt": "AAECAwQFBgcICQoLDA0ODw==", "t": 1, "extra": 1}),
        ("kdf", []),
        ("pass", "AAAA"),
        ("extra", 1),
    ],
)
def test_a_field_out_of_range_is_damage(field, value):
    with pytest.raises(KeyFileDamagedError):
        read(framed(payload_of(SEALED) | {field: value}))


def test_only_the_canonical_way_to_write_it_is_read():
    spaced = json.dumps(payload_of(SEALED), sort_keys=True).encode()
    with pytest.raises(KeyFileDamagedError):
        read(framed(spaced))
    with pytest.raises(KeyFileDamagedError):
        read(framed(payload_of(SEALED), magic=b"RRKEYS\n\n"))
    with pytest.raises(KeyFileDamagedError):
        read(framed(payload_of(SEALED), version=0))


def test_a_later_format_is_newer_and_not_damage():
    for data in (framed(b"\x00 not json at all", version=2), framed(payload_of(SEALED) | {"min_reader": 2})):
        with pytest.raises(NewerVersionError):
            read(data)


def only_own_errors(data):
    try:
        read(data)
    except (KeyFileDamagedError, NewerVersionError):
        return
    assert data == SEALED


@given(st.binary(max_size=600))
def test_any_bytes_raise_only_our_own_errors(data):
    only_own_errors(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(payload_of(SEALED), JSON) | {"more": JSON}), st.integers(0, 3))
def test_any_fields_in_a_good_frame_raise_only_our_own_errors(fields, version):
    only_own_errors(framed(payload_of(SEALED) | fields, version))


@given(st.binary(max_size=300), st.integers(0, 3))
def test_any_content_in_a_good_frame_raises_only_our_own_errors(content, version):
    only_own_errors(framed(content, version))


def test_a_deeply_nested_file_is_refused():
    with pytest.raises(KeyFileDamagedError):
        read(framed(b"[" * 4000))


def test_a_cheap_key_file_is_never_made():
    with pytest.raises(ValueError):
        seal(PASSPHRASE, RECOVERY, VAULT, 1, Kdf(salt=KDF.salt, memory_kib=32 * 1024), os.urandom)


def test_two_seals_of_one_key_share_no_nonce():
    again = seal(PASSPHRASE, RECOVERY, VAULT, 3, KDF, os.urandom)
    assert read(again).wrapped[:12] != read(SEALED).wrapped[:12]
    assert isinstance(read(again), KeyFile)


def test_secrets_do_not_show_themselves():
    shown = repr(secrets_of(RECOVERY, VAULT, 3)) + str(secrets_of(RECOVERY, VAULT, 3))
    assert RECOVERY.hex() not in shown
    assert repr(RECOVERY) not in shown
    assert "3" in shown


def test_forgotten_secrets_are_zero():
    own = bytes(bytearray(RECOVERY))
    secrets = secrets_of(own, VAULT)
    secrets.forget()
    assert secrets.recovery == bytes(20)
    assert secrets.data_key == bytes(32)
    assert own == RECOVERY, "the caller's own copy is the caller's"
    assert msgspec.structs.asdict(secrets)["vault_id"] == VAULT
