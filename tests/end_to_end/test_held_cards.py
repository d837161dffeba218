"""Cards that could not be written before a lock: each form's, and the counsellor's own, go on in pages of their own."""

from person import Person

from alliance_desktop.services.notebook import WriteCard


def test_held_cards_of_any_form_go_on_each_on_its_page(with_client: Person) -> None:
    person = with_client
    book, pages = person.program.vault.notebook, person.program.work.pages
    dana = book.clients()[0].id
    cards = [
        WriteCard(client=dana, form="session", card="note", answers={"body": "quiet"}, entry=book.new_entry()),
        WriteCard(client=None, form="own_learning", card="learning", answers={"noticed": "I"}, entry=book.new_entry()),
        WriteCard(client=dana, form="outreach", card="try", answers={"offered": "tea"}, entry=book.new_entry()),
    ]
    pages.take_up(cards)
    held = {page.form.id: page for page in pages.pages() if hasattr(page, "form")}
    assert {id: page.client for id, page in held.items()}.keys() == {"session", "own_learning", "outreach"}
    assert held["own_learning"].client is None
    assert {page.desk.id for page in held.values()} == {one.entry for one in cards}, "under the ids they had"
    assert pages.unwritten(), "the last one is still owed"
    assert pages.flush()
    assert {one.id for one in [*book.entries(dana), *book.own_entries()]} == {one.entry for one in cards}
