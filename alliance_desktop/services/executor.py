"""What an executor sees of a vault, read from it once; the page for them is made from that, and nothing is kept."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from alliance_desktop.domain import executor
from alliance_desktop.domain.answers import date_of, is_id, people_of
from alliance_desktop.domain.audience import Document, allowed, executor_keys
from alliance_desktop.domain.client import ClientState, folded
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.executor import Left, Person
from alliance_desktop.domain.form import Kind, Question
from alliance_desktop.domain.key_errors import ExecutorCannotLookError
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.story import first_id, words
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.executor_key import ExecutorKey
from alliance_desktop.services.notebook import newest
from alliance_desktop.services.preferences import Preferences

_AGREED = frozenset({"given", "partly"})


class Look(NamedTuple):
    """What an executor sees, and how the counsellor's settings want a window to look, lock and print."""

    left: Left
    preferences: Preferences


def look(access: Access, folder: Path, key: ExecutorKey) -> Look:
    """Return what an executor sees; the vault is open meanwhile, for reading only, and the key is forgotten then.

    ExecutorCannotLookError where it cannot be opened.
    """
    try:
        vault = access.open(folder, key.secrets, read_only=True, accept_older=True)
        try:
            return Look(left(vault), vault.settings.preferences())
        finally:
            vault.close()
    except KnownError as why:
        raise ExecutorCannotLookError(why) from None
    finally:
        key.forget()


def left(vault: OpenVault) -> Left:
    """Return what an executor sees of an open vault, the names in order."""
    today, book = vault.notebook.today(), vault.notebook
    keys = executor_keys(vault.forms.all())
    stories = {one.client.id: one for one in vault.attention.stories()}
    others = _others(vault, today)
    people: list[Person] = []
    ended = 0
    for client in book.clients():
        form = vault.forms.get("client", client.form_version)
        made = executor.person(client, stories.get(client.id), form, keys, today)
        if client.state is ClientState.CLOSED and not executor.is_told(made):
            ended += 1
        else:
            people.append(msgspec.structs.replace(made, others=tuple(others.get(client.id, ()))))
    return Left(
        today=today,
        wishes=wishes(vault),
        people=tuple(sorted(people, key=lambda one: (folded(one.name), one.code))),
        ended=ended,
        sample=vault.sample,
    )


def wishes(vault: OpenVault) -> tuple[executor.Told, ...]:
    """Return the counsellor's wishes as they stand; none where none are written."""
    return tuple(_wished(vault).values())


def all_wishes(vault: OpenVault) -> dict[str, executor.Told]:
    """Return every question of the wishes by its key, with the answer as it stands, or nothing after it."""
    form = vault.forms.current(executor.WISHES)
    return {one.key: (one.label, "") for one in form.card(executor.CARD).questions} | _wished(vault)


def _wished(vault: OpenVault) -> dict[str, executor.Told]:
    entry = newest(vault.notebook.of_form(executor.WISHES))
    form = vault.forms.known(entry) if entry is not None else None
    if entry is None or form is None:
        return {}
    keys = executor_keys([form])[executor.WISHES]
    asked = [one for one in form.card(entry.card).questions if one.key in keys]
    told = ((one, shown(form, one, entry.answers.get(one.key))) for one in asked)
    return {one.key: (one.label, words) for one, words in told if words.strip()}


def _others(vault: OpenVault, today: datetime.date) -> Mapping[ClientId, list[str]]:
    """Return the adults with whom a client agreed that something may be shared, with how they are reached."""
    found: defaultdict[ClientId, list[str]] = defaultdict(list)
    reach: dict[object, str] | None = None
    for entry in vault.notebook.of_form("consent"):
        asked = _asked(vault, entry, "contact")
        if entry.client is None or asked is None or not _holds(entry, today):
            continue
        reach = _reach(vault) if reach is None else reach
        for one in people_of(entry.answers.get("contact")):
            told = [shown(asked[0], asked[1], [one]), reach.get(one.get("contact"), "")]
            found[entry.client].append(": ".join(part for part in told if part))
    return {id: list(dict.fromkeys(one for one in lines if one)) for id, lines in found.items()}


def _holds(entry: Entry, today: datetime.date) -> bool:
    until = date_of(entry.answers.get("until"))
    return first_id(entry, "given") in _AGREED and (until is None or until >= today)


def _reach(vault: OpenVault) -> dict[object, str]:
    """Return how the people of the directory are reached, by the id of their entry."""
    people = vault.notebook.of_form("contact")
    return {one.id: words(one, "reach") for one in people if is_id(one.id) and _asked(vault, one, "reach") is not None}


def _asked(vault: OpenVault, entry: Entry, key: str) -> tuple[Any, Question] | None:
    """Return the form and the question of an entry where an executor may see the answer; else None."""
    form = vault.forms.known(entry)
    asked = form.card(entry.card).questions if form is not None else ()
    found = next((one for one in asked if one.key == key and one.kind is not Kind.PERSON), None)
    if form is None or found is None or not allowed(Document.EXECUTOR, form, found):
        return None
    return form, found
