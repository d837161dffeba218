"""What the tests and trials of replacing the recovery key share."""

import os

from vault_cases import cheap, client

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import opening, rekeying, vault

NEW = "a lantern on the far shore"


def replacement(folder, secrets, passphrase):
    """Return new secrets for a vault and their key file, sealed."""
    new = keyfile.secrets_of(os.urandom(20), secrets.vault_id)
    return new, vault.seal_passphrase(folder, 1, new, passphrase, os.urandom, cheap())


def replace(folder, secrets, passphrase):
    """Put a client into a closed vault, replace its recovery key, close it, and return the new secrets."""
    new, sealed = replacement(folder, secrets, passphrase)
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(7))
    after = rekeying.replace_key(store, secrets, new, sealed)
    store.close()
    return after


def digest_of(store):
    """Return what stands for all rows of an open vault but the generation of its key."""
    database = store._database
    return [
        database.rows(f"SELECT * FROM {table} ORDER BY 1")
        for table in ("client", "arc", "status_event", "entry", "record_answer", "private_answer", "setting")
    ]


def keys_that_open(folder, old, new):
    """Return which of two recovery keys opens a vault, `old` or `new`; the vault is opened and closed."""
    found = set()
    for name, one in (("old", old), ("new", new)):
        try:
            secrets = opening.secrets_from_recovery(folder, recovery_text(one.recovery))
            opening.open_store(folder, secrets).close()
            found.add(name)
        except KnownError:
            continue
    return found
