"""Moments at the ends of the calendar, which a file may bring in, are told in every place of the world."""

import datetime
from pathlib import Path

import pytest
from clock_cases import EDGES, in_zone
from exchange_cases import CLIENT, HEAD, put
from service_cases import card

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.search import Sought

STRAIN = {"is": "strain", "id": 10, "client": 1}


@pytest.mark.parametrize(("zone", "edge"), EDGES)
def test_a_client_and_a_strain_made_at_the_end_of_the_calendar_are_found_and_shown(
    access: Access, vault: OpenVault, secrets: Secrets, tmp_path: Path, zone: str, edge: datetime.datetime
) -> None:
    made = {"created": edge.isoformat()}
    file = put(tmp_path / "one", [HEAD, CLIENT | made, STRAIN | made])
    again = Secrets(bytes(secrets.recovery), bytes(secrets.vault_id), bytes(secrets.data_key), secrets.generation)
    with in_zone(zone):
        with pytest.raises(OverflowError):
            edge.astimezone()
        vault.exchange().bring_in(file, vault.close)
        opened = access.open(vault.folder, again)
        (hit,) = opened.search.find(Sought(typed="d-34")).hits
        assert hit.on == edge.date()
        (strain,) = opened.strains.of_client(ClientId(1))
        assert strain.noticed_on == edge.date()
        opened.close()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_a_note_of_a_file_at_an_end_of_the_calendar_stops_no_write(
    access: Access, vault: OpenVault, secrets: Secrets, tmp_path: Path, on: str
) -> None:
    note = {"is": "entry", "id": 5, "client": 1, "form": "session", "card": "note", "record": {"date": {"on": on}}}
    file = put(tmp_path / "one", [HEAD, CLIENT, note])
    again = Secrets(bytes(secrets.recovery), bytes(secrets.vault_id), bytes(secrets.data_key), secrets.generation)
    vault.exchange().bring_in(file, vault.close)
    opened = access.open(vault.folder, again)
    # The control: the day to measure from is at the end.
    assert str((opened.notebook._store.entries.last_begun() or EDGES[0][1]).year) == str(int(on[:4]))
    assert opened.notebook.clock_doubt() is not None
    written = opened.notebook.write(card(opened.notebook, ClientId(1), "note", {"body": "Typed today."})).entry
    assert written is not None
    assert opened.notebook.entry(written).answers["body"] == "Typed today."
    opened.attention.believe(opened.notebook.today())
    assert opened.notebook.clock_doubt() is None
    opened.close()
