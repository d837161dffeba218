"""Type-to-find finds every name of scenario 11, however it is typed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.client import Client, finding, folded, found, haystack, matches
from alliance_desktop.domain.entry import ClientId

NOW = datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)


def client(called: str, code: str = "C-1", full_name: str = "") -> Client:
    answers = {"code": code, "called": called, "full_name": full_name}
    return Client(id=ClientId(1), created_at=NOW, answers=answers)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Nguyễn Thị Hòa", "nguyen"),
        ("Nguyễn Thị Hòa", "NGUYỄN"),
        ("Nguyễn Thị Hòa", "hòa nguyen"),
        ("Đặng Văn Đức", "dang duc"),
        ("李小龙", "小龙"),
        ("李小龙", "李"),
        ("محمد أحمد", "احمد"),
        ("محمد أحمد", "أحمد"),
        ("محـــمد", "محمد"),
        ("نُور", "نور"),
        ("O’Connor", "o'connor"),
        ("O’Connor", "oconnor"),
        ("O’Connor", "O’CON"),
        ("OConnor", "o'connor"),
        ("Kaʻiulani", "ka'iulani"),
        ("สมชาย", "สมชาย"),
        ("สมชาย", "สม"),
        ("Björk", "bjork"),
        ("Björk", "BJÖRK"),
        ("Bjo\N{COMBINING DIAERESIS}rk", "björk"),
        ("Strauß", "strauss"),
        ("STRAUSS", "strauß"),
        ("Søren", "soren"),
        ("Łukasz", "lukasz"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Ægir", "aegir"),
        ("علی\N{ZERO WIDTH NON-JOINER}رضا", "علیرضا"),
        ("\N{RIGHT-TO-LEFT MARK}דנה", "דנה"),
        ("Ｔａｒｏ", "taro"),
        ("Prince", "pri"),
        ("👩‍👩‍👧 Kim", "👩‍👩‍👧"),
        ("Ana ❤️", "❤️"),
        ("Ana ❤", "❤️"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name, typed):
    assert matches(client(name), typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Nguyễn Thị Hòa", "nguyen van"),
        ("李小龙", "小虎"),
        ("محمد أحمد", "علي"),
        ("O’Connor", "o'conner"),
        ("สมชาย", "สมหญิง"),
        ("Björk", "bjark"),
    ],
)
def test_another_name_is_not_found(name, typed):
    assert not matches(client(name), typed)


def test_code_and_full_name_count_as_well():
    noor = client("نور", code="N-28", full_name="Noor Haddad")
    assert matches(noor, "n-28")
    assert matches(noor, "haddad نور")
    assert not matches(noor, "haddad t-17")


def test_nothing_typed_finds_everyone():
    assert matches(client("Björk"), "")
    assert matches(client("Björk"), "   ")


def test_a_name_is_kept_as_it_was_written():
    for name in ("Nguyễn Thị Hòa", "李小龙", "محمد أحمد", "O’Connor", "สมชาย", "Björk"):
        assert client(name).called == name


def test_without_a_name_the_code_is_called():
    assert client("", code="R-12").called == "R-12"
    assert client("  ", code="R-12").called == "R-12"


def test_the_kept_haystack_finds_the_same():
    one = client("O’Connor", full_name="Siobhán O’Connor")
    for typed in ("oconnor", "o'connor siobhan", "c-1", "nobody"):
        assert found(haystack(one), typed) == matches(one, typed)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=20))
def test_every_name_finds_itself(name):
    assert matches(client(name), name)


def test_a_client_without_code_and_name_is_still_called_something():
    from_answers = [{}, {"code": " ", "called": ""}, {"code": "D-34"}, {"code": "D-34", "called": "Dana"}]
    called = [Client(id=ClientId(1), created_at=NOW, answers=one).called for one in from_answers]
    assert called == ["No code yet", "No code yet", "D-34", "Dana"]


def test_one_search_looks_through_many_names():
    is_found = finding("O’Conn c-1")
    assert is_found("c-1 o'connor")
    assert is_found("c-1 oconnor")
    assert not is_found("c-2 o'connor")
    assert finding(" ")("anyone")
