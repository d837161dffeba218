"""Which of the key files in a vault's folder opens its notes, when a passphrase fits one or more of them.

After a change that stopped half-way there can be three: those in force, and one for a recovery key that the notes
may or may not be encrypted with by now. The pages of the notes decide.
"""

from collections.abc import Callable, Iterator, Sequence

from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.domain.key_errors import UnfinishedChangeError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage.keyfiles import PENDING, Copy
from alliance_desktop.storage.pages import Fit


def choose(copies: Sequence[Copy], passphrase: str, fit: Callable[[Secrets], Fit]) -> Secrets:
    """Return the secrets that a passphrase opens and the notes are encrypted with.

    Where it opens a key file in force and no page fits, those are returned, for the opening to say what is amiss.
    WrongPassphraseError where it opens none in force; its kind UnfinishedChangeError where it only opens one of a
    change that did not come about. Takes a derivation for each key file up to the one that fits.
    """
    in_force = max((one.keyfile.generation for one in copies if one.name != PENDING), default=0)
    damaged: Secrets | None = None
    unfit: Secrets | None = None
    unfinished = False
    for copy, secrets in _opened(copies, passphrase):
        found = fit(secrets)
        if found is Fit.OPENS:
            return secrets
        if found is Fit.DAMAGED:
            damaged = damaged or secrets
        elif copy.name == PENDING:
            unfinished = True
        elif copy.keyfile.generation == in_force:
            unfit = unfit or secrets
    chosen = damaged or unfit
    if chosen is None:
        raise UnfinishedChangeError if unfinished else WrongPassphraseError
    return chosen


def _opened(copies: Sequence[Copy], passphrase: str) -> Iterator[tuple[Copy, Secrets]]:
    for copy in copies:
        try:
            secrets = keyfile.unwrap(copy.keyfile, passphrase)
        except WrongPassphraseError:
            continue
        yield copy, secrets
