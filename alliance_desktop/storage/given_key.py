"""The key of the data as a connection is told it: past SQL, and wiped where it was put together."""

from collections.abc import Callable

from sqlcipher3 import dbapi2

from alliance_desktop.keys.memory import wipe


def give_key(connection: dbapi2.Connection, data_key: bytes, vault_id: bytes) -> None:
    """Give a connection that was just made the raw key and salt of its database."""
    say_key(connection.set_key, data_key, vault_id)


def say_key(say: Callable[[str], object], data_key: bytes, vault_id: bytes) -> None:
    """Give the raw key and salt; every string made on the way is wiped where it lies."""
    material = data_key + vault_id
    digits = material.hex()
    said = f"x'{digits}'"
    # The key is given past SQL: a statement would keep a copy of its text.
    try:
        say(said)
    finally:
        for secret in (material, digits, said):
            wipe(secret)
