"""A request for records about a client with notes of every kind, and deciding about it."""

import datetime

from service_cases import ACKNOWLEDGE, NOTICE, card

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.domain.records.items import Group, Item
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.records import Records

ASKED: Answers = {
    "asker": chosen("client"),
    "received_on": dated(datetime.date(2026, 3, 1)),
    "identity": "Known for years.",
    "authority": "Her own record.",
    "law": chosen("uk"),
}
WHY = "She asked for all of it."


def written(notebook: Notebook, client: ClientId, form: str, card: str, answers: Answers) -> EntryId:
    id = notebook.new_entry()
    notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=id))
    return id


def a_concern(notebook: Notebook, client: ClientId) -> EntryId:
    said = {"worries": "Aaron saw her cry.", "told_back": "I am on it."}
    return written(notebook, client, "concern", "concern", said)


def a_request(notebook: Notebook, client: ClientId) -> EntryId:
    strain = notebook.write(card(notebook, client, "notice", NOTICE)).arc
    notebook.write(card(notebook, client, "acknowledge", ACKNOWLEDGE, arc=strain))
    written(notebook, client, "safeguarding", "concern", {"exact_words": "He hit me."})
    return written(notebook, client, "records_request", "request", ASKED)


def read(records: Records, id: EntryId, group: Group) -> list[Item]:
    return [one.item for one in records.look(id).of(group)]


def keys(records: Records, id: EntryId, group: Group) -> list[str]:
    return [one.key for one in read(records, id, group)]


def decide_all(records: Records, id: EntryId, *groups: Group) -> None:
    for group in groups or (Group.THIRD, Group.PRIVATE, Group.SAFETY):
        records.decide(id, read(records, id, group), Verdict.PRINT, WHY)
