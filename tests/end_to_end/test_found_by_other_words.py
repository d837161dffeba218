"""Ctrl+K finds what is seldom done by the words that come to mind; what takes away never stands first."""

import pytest
from person import CTRL, Keys, Person, settle


def found(person: Person, typed: str) -> list[str]:
    person.key(Keys.Key_K, CTRL)
    person.type(typed)
    rows = person.program.work.finder.view.rows
    return [rows.row(at).title for at in range(rows.rowCount())]


def test_deleting_is_found_while_a_client_is_shown_and_asks_first(with_client: Person) -> None:
    titles = found(with_client, "delete")
    assert "Delete this client for good" in titles
    with_client.key(Keys.Key_Escape)
    with_client.command("Delete this client for good")
    settle()
    assert with_client.find("delete_client").isVisible()
    assert len(with_client.program.vault.notebook.clients()) == 1
    with_client.key(Keys.Key_6, CTRL)
    titles = found(with_client, "delete this")
    assert "Delete this client for good" not in titles, "only while a client is shown"


@pytest.mark.parametrize("typed", ["re-open", "reopen", "open again"])
def test_a_closed_case_is_opened_again_from_where_it_is_found(with_client: Person, typed: str) -> None:
    vault = with_client.program.vault
    (dana,) = vault.notebook.clients()
    words = f"Open the case again: \u2068{dana.called}\u2069"
    assert words not in found(with_client, typed), "it is not closed"
    with_client.key(Keys.Key_Escape)
    vault.closing.close(dana.id)
    assert words in found(with_client, typed)
    with_client.find("finder_field").selectAll()
    with_client.type("open the case")
    with_client.key(Keys.Key_Return)
    settle()
    assert with_client.find("closing_act").isVisible()
    with_client.press("closing_act_again")
    assert not vault.closing.is_closed(dana.id)
