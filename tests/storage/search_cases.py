"""What the tests of the index share: notes with words, putting them in, and what is found or left of them."""

import datetime

from salvage_cases import pages_of
from vault_cases import BEGAN, client, entry

from alliance_desktop.domain.search import cutting
from alliance_desktop.domain.search.asking import asked
from alliance_desktop.storage.search import Told, Wanted

DAY = datetime.timedelta(days=1)
PRIVATE = frozenset({"own"})


def told(store, subject):
    """Return the words of a subject, as the services tell them; None for what is not to be found."""
    if subject.client is not None:
        found = [one for one in store.clients.all() if one.id == subject.client]
        return Told(BEGAN.date(), "client", cutting.words(found[0].code), []) if found else None
    for one in store.entries.among([subject.entry]):
        if one.binned_at is None:
            later = " ".join(each.text for each in store.entries.addenda(one.id))
            record = cutting.words(f"{one.answers.get('facts', '')} {later}")
            return Told(one.happened_on, one.form, record, cutting.words(one.answers.get("own", "")))
    return None


def put_in(store):
    while due := store.search.due(7):
        store.search.put([(one, told(store, one)) for one in due])


def found(store, typed, **more):
    """Return the entries that are found, newest first."""
    places = store.search.newest(Wanted(asked(typed, inside=more.pop("inside", False)), **more), 50)
    return [one.subject.entry or -one.subject.client for one in places.found]


def write(store, *entries):
    with store.transaction():
        store.clients.put(client(1))
        for one in entries:
            store.entries.put(one, PRIVATE)


def noted(id, facts="", own="", after=0, **more):
    answers = {key: text for key, text in (("facts", facts), ("own", own)) if text}
    return entry(id, happened_on=(BEGAN + after * DAY).date(), answers=answers, **more)


def words_left(folder, secrets, *words):
    """Return which words lie in the decrypted pages; parts of them, because the index leaves out what words share."""
    whole = pages_of(folder, secrets)
    everything = b"".join(whole.plain(at) or b"" for at in range(1, whole.count + 1))
    return [one for one in words if one.encode() in everything]
