"""The made-up caseloads that the benchmarks use: the same each time, as large as they say, and taken by the program."""

from pathlib import Path

from service_cases import Clock

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access, OpenVault
from alliance_desktop.services.search import Sought
from tests.benchmarks.caseload import BEGINNING, COMMON, PART, RARE, SIZES, USUAL, Caseload, Size

SMALL = Size(clients=12, sessions=260, strains=20, contacts=90, lively=8, long=0)


def test_it_is_the_same_each_time_and_as_large_as_it_says() -> None:
    lines = list(Caseload(SMALL).lines())
    assert lines == list(Caseload(SMALL).lines())
    assert sum('"is":"client"' in one for one in lines) == SMALL.clients
    assert sum('"card":"note"' in one for one in lines) == SMALL.sessions
    assert sum('"is":"strain"' in one for one in lines) == SMALL.strains
    assert sum('"form":"rupture"' in one for one in lines) == 3 * SMALL.strains
    assert sum('"form":"contact_log"' in one for one in lines) == SMALL.contacts


def test_the_plans_of_every_size_come_to_its_numbers() -> None:
    for size in SIZES.values():
        plans = Caseload(size).plans
        assert (len(plans), sum(one.sessions for one in plans)) == (size.clients, size.sessions)
        assert (sum(one.strains for one in plans), sum(one.contacts for one in plans)) == (size.strains, size.contacts)
        assert plans[0].entries == USUAL
        assert size.long in {0, plans[1].entries}
        assert sum(one.lively for one in plans) == size.lively


def test_the_program_takes_it_in_and_finds_what_is_in_it(
    vault: OpenVault, folder: Path, secrets: Secrets, access: Access, clock: Clock, tmp_path: Path
) -> None:
    made = tmp_path / "made.jsonl"
    made.write_text("".join(Caseload(SMALL).lines()), encoding="utf-8", newline="\n")
    again = Secrets(bytes(secrets.recovery), bytes(secrets.vault_id), bytes(secrets.data_key), secrets.generation)
    vault.exchange().bring_in(made, vault.close)
    opened = access.open(folder, again)
    assert len(opened.notebook.entries(ClientId(Caseload(SMALL).usual))) == USUAL
    while opened.search.put_in(200):
        pass
    found = {one: len(opened.search.find(Sought(typed=one)).hits) for one in (RARE, COMMON, BEGINNING)}
    assert found[RARE] == 3
    assert found[COMMON] > 20
    assert found[BEGINNING] >= found[COMMON]
    assert len(opened.search.find(Sought(typed=PART, inside=True)).hits) == 3
    assert not opened.search.find(Sought(typed=PART)).hits
    opened.close()
