"""What the tests of reaching out and of closing share: a card written, and a try with its answer."""

import datetime

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard


def write(vault: OpenVault, client: ClientId, form: str, card: str, answers: Answers) -> Entry:
    """Write one card and return its entry."""
    book = vault.notebook
    changed = book.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=book.new_entry()))
    assert changed.entry is not None
    return book.entry(changed.entry)


def tried(vault: OpenVault, client: ClientId, response: str, on: datetime.date, avenue: str = "text") -> Entry:
    return write(
        vault,
        client,
        "outreach",
        "try",
        {"tried_on": dated(on), "avenue": chosen(avenue), "response": chosen(response)},
    )
