"""Pages nobody would write: each is refused as a whole, in bounded time, and only by the reader's own error."""

import contextlib
import struct
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.storage.salvage.btree import TABLE_LEAF, Chains, Payload, node_of
from alliance_desktop.storage.salvage.orphans import free_pages
from alliance_desktop.storage.salvage.records import BrokenPageError, values_of, varint
from alliance_desktop.storage.salvage.walking import rows_of, walk
from alliance_desktop.storage.sealed_page import USABLE


class Plain:
    """Pages without a seal, as the readers see them."""

    def __init__(self, pages: Mapping[int, bytes], count: int = 100) -> None:
        self._pages, self.count = pages, count
        self.asked = 0

    def plain(self, number: int) -> bytes | None:
        self.asked += 1
        return self._pages.get(number)


def leaf(*cells: bytes, kind: int = TABLE_LEAF, right: int = 0) -> bytes:
    """Return a page with these cells."""
    page = bytearray(USABLE)
    head = 12 if kind in {2, 5} else 8
    page[0] = kind
    page[3:5] = len(cells).to_bytes(2, "big")
    if head == 12:
        page[8:12] = right.to_bytes(4, "big")
    at = USABLE
    for number, cell in enumerate(cells):
        at -= len(cell)
        page[at : at + len(cell)] = cell
        page[head + 2 * number : head + 2 * number + 2] = at.to_bytes(2, "big")
    return bytes(page)


def number(value: int) -> bytes:
    """Return a number below 2 to the 56th as SQLite writes it."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(value & 0x7F | 0x80)
    return bytes(reversed(parts))


def row(key: int, record: bytes) -> bytes:
    return number(len(record)) + number(key) + record


def inner(child: int, key: int) -> bytes:
    return struct.pack(">I", child) + number(key)


ONE = b"\x02\x09"
"""A record of one value, the number 1."""


# -- anything at all ------------------------------------------------------------------------------------------------


@given(st.binary(min_size=USABLE, max_size=USABLE), st.sampled_from([2, 5, 10, 13]))
def test_any_page_is_read_or_refused(page: bytes, kind: int) -> None:
    read_all(bytes([kind]) + page[1:])


@given(
    st.lists(st.binary(max_size=60), max_size=40),
    st.sampled_from([2, 5, 10, 13]),
    st.lists(st.tuples(st.integers(0, USABLE - 1), st.integers(0, 255)), max_size=6),
)
def test_any_page_of_cells_is_read_or_refused(cells: list[bytes], kind: int, hurt: list[tuple[int, int]]) -> None:
    page = bytearray(leaf(*cells, kind=kind))
    for at, value in hurt:
        page[at] = value
    read_all(bytes(page))


def read_all(page: bytes) -> None:
    pages = Plain({1: page, 2: page})
    chains = Chains(pages)
    with contextlib.suppress(BrokenPageError):
        rows_of(node_of(page, 2), chains)
    walk(pages, chains, 2, is_table=page[0] in {5, 13})
    assert pages.asked < 2 * pages.count + 1200


@given(st.binary(max_size=80))
def test_any_record_is_read_or_refused(record: bytes) -> None:
    try:
        found = values_of(record)
    except BrokenPageError:
        return
    assert isinstance(found, tuple)


@given(
    st.lists(
        st.one_of(
            st.none(), st.integers(-(1 << 63), (1 << 63) - 1), st.floats(allow_nan=False), st.text(), st.binary()
        ),
        min_size=1,
        max_size=12,
    )
)
def test_values_are_read_as_they_were(values: list[object]) -> None:
    assert list(values_of(record_of(values))) == values


def record_of(values: list[object]) -> bytes:
    kinds, body = b"", b""
    for one in values:
        if one is None:
            kinds += number(0)
        elif isinstance(one, int):
            kinds, body = kinds + number(6), body + one.to_bytes(8, "big", signed=True)
        elif isinstance(one, float):
            kinds, body = kinds + number(7), body + struct.pack(">d", one)
        else:
            data = one.encode() if isinstance(one, str) else bytes(one)
            kinds, body = kinds + number(2 * len(data) + (13 if isinstance(one, str) else 12)), body + data
    head = len(kinds) + 1
    return number(head if head < 128 else head + 1) + kinds + body


# -- each kind of lie -----------------------------------------------------------------------------------------------

BAD_PAGES = {
    "more cells than fit": bytes([13, 0, 0, 0xFF, 0xFF]) + bytes(USABLE - 5),
    "a cell in the page's head": bytes([13, 0, 0, 0, 1, 0, 0, 0, 0, 4]) + bytes(USABLE - 10),
    "a cell beyond the page": bytes([13, 0, 0, 0, 1, 0, 0, 0, 0x0F, 0xFF]) + bytes(USABLE - 10),
    "two cells in one place": bytes([13, 0, 0, 0, 2, 0, 0, 0, 0x0F, 0x00, 0x0F, 0x00]) + bytes(USABLE - 12),
    "a row that leaves the page": leaf(number(2000) + number(1) + b"x"),
    "a row of less than nothing": leaf(b"\xff" * 9 + number(1) + ONE),
    "a number that is cut off": leaf(b"\xff"),
    "another kind of page": bytes([7]) + bytes(USABLE - 1),
    "another length": bytes(100),
}


@pytest.mark.parametrize("page", BAD_PAGES.values(), ids=BAD_PAGES)
def test_a_page_that_lies_is_refused_whole(page: bytes) -> None:
    with pytest.raises(BrokenPageError):
        node_of(page, 2)


BAD_RECORDS = {
    "nothing": b"",
    "a head beyond its end": b"\x09\x01",
    "a head shorter than itself": b"\x00\x01",
    "a head that ends within a number": b"\x02\xff\x01",
    "a kind that there is not": b"\x02\x0a",
    "a kind below nothing": b"\x0a" + b"\xff" * 9,
    "a value cut off": b"\x02\x06\x01",
    "a text as long as the world": b"\x0a" + b"\x7f".rjust(8, b"\xff") + b"\xff",
    "a text that is none": b"\x02\x0f\xff",
    "bytes left over": b"\x02\x09\x00",
    "too many columns": b"\x81\x01" + b"\x09" * 127,
}


@pytest.mark.parametrize("record", BAD_RECORDS.values(), ids=BAD_RECORDS)
def test_a_record_that_lies_is_refused(record: bytes) -> None:
    with pytest.raises(BrokenPageError):
        values_of(record)


def test_a_good_record_and_number_are_read() -> None:
    assert values_of(ONE) == (1,)
    assert varint(b"\x81\x00", 0) == (128, 2)
    assert varint(b"\xff" * 9, 0) == (-1, 9)


def linked(following: int, fill: bytes = b"x") -> bytes:
    return struct.pack(">I", following) + fill * (USABLE - 4)


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({5: linked(5)}, "a chain that goes round by itself"),
        ({5: linked(6), 6: linked(5)}, "a chain that goes round"),
        ({5: linked(6)}, "a link that is missing"),
        ({5: linked(4_000_000_000)}, "a link beyond the file"),
        ({5: linked(6), 6: linked(7), 7: linked(0)}, "a chain that goes on after its end"),
        ({}, "no chain at all"),
    ],
)
def test_a_row_whose_chain_is_broken_is_not_used_half(pages: dict[int, bytes], why: str) -> None:
    with pytest.raises(BrokenPageError):
        Chains(Plain(pages)).whole(Payload(100 + 2 * (USABLE - 4), b"a" * 100, 5))
    assert why


def test_a_whole_chain_is_read_to_its_last_byte() -> None:
    pages = Plain({5: linked(9), 9: linked(0, b"y")})
    data, used = Chains(pages).whole(Payload(100 + USABLE, b"a" * 100, 5))
    assert (data[:100], data[100:-4], data[-4:]) == (b"a" * 100, b"x" * (USABLE - 4), b"y" * 4)
    assert used == (5, 9)


def test_a_row_as_long_as_the_world_costs_nothing() -> None:
    pages = Plain({5: linked(5)})
    with pytest.raises(BrokenPageError):
        Chains(pages).whole(Payload(1 << 62, b"", 5))
    assert pages.asked == 0


def test_many_rows_over_one_long_chain_are_given_up_soon() -> None:
    long = {at: linked(at + 1 if at < 90 else 0) for at in range(10, 91)}
    pages = Plain(long)
    chains = Chains(pages)
    done = 0
    for _ in range(1000):
        try:
            chains.whole(Payload(81 * (USABLE - 4), b"", 10))
            done += 1
        except BrokenPageError:
            continue
    assert done == 2
    assert pages.asked <= 2 * pages.count


def test_a_tree_that_leads_back_into_itself_ends() -> None:
    pages = Plain({2: leaf(inner(3, 10), kind=5, right=2), 3: leaf(inner(2, 5), kind=5, right=4), 4: leaf(row(7, ONE))})
    found = walk(pages, Chains(pages), 2, is_table=True)
    assert [one.key for one in found.rows] == [7]
    assert len(found.gaps) == 2


def test_rows_outside_their_stretch_are_not_used() -> None:
    pages = Plain({2: leaf(inner(3, 10), kind=5, right=4), 3: leaf(row(5, ONE), row(15, ONE)), 4: leaf(row(11, ONE))})
    found = walk(pages, Chains(pages), 2, is_table=True)
    assert (sorted(one.key for one in found.rows), found.strays) == ([5, 11], 1)


def test_an_inner_page_whose_keys_go_back_is_not_followed() -> None:
    pages = Plain({2: leaf(inner(3, 10), inner(4, 5), kind=5, right=4), 3: leaf(row(5, ONE)), 4: leaf(row(11, ONE))})
    found = walk(pages, Chains(pages), 2, is_table=True)
    assert found.rows == []


def test_the_list_of_free_pages_ends_also_where_it_goes_round() -> None:
    first = bytearray(USABLE)
    first[32:36] = (7).to_bytes(4, "big")
    trunk = struct.pack(">III", 7, 0xFFFFFFFF, 9) + bytes(USABLE - 12)
    assert {7, 9} <= free_pages(Plain({7: trunk}), bytes(first))
    assert free_pages(Plain({}), None) == set()
