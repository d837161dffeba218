"""Known names become roles, in any script and however they are typed; nothing else in a text is changed."""

import datetime
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_desktop.domain.unnamed import known
from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.matching import Known
from alliance_desktop.domain.unnamed.ordinary import ALSO_NAMES, BEGIN_SENTENCES, TITLES
from alliance_desktop.domain.unnamed.remaining import Left
from alliance_desktop.domain.unnamed.replacing import Passage, Unnaming, Why
from alliance_desktop.domain.unnamed.weeks import Weeks
from alliance_desktop.domain.unnamed.words import same
from tests.domain.unnamed_cases import DANA, NEAR, START, VAULT, client, left, person, pieces, told

REPLACED = [
    ("I met Dana today.", "I met Client A today."),
    ("I met DANA and dana.", "I met Client A and Client A."),
    ("Dana’s mother, Dana's dog", "Client A’s mother, Client A's dog"),
    ("with Dana Whitfield", "with Client A"),
    ("with Whitfield, Dana", "with Client A"),
    ("I called dw 17 and DW-17", "I called Client A and Client A"),
    ("I rang Mrs Okafor.", "I rang their teacher."),
    ("I rang Ruth Okafor at Riverside School.", "I rang their teacher at their school."),
    ("Okafor rang.", "Their teacher rang."),
    ("at the Riverside Primary School", "at the their school".replace("the their", "their")),
    ("about Sam O'Connor and OConnor", "about another client and another client"),
    ("She lives at 14 Elm Road.", "She lives at an address."),
    ("on +44 (0)20 7946 0001", "on a phone number"),
    ("mail RUTH@riverside.sch.uk", "mail an e-mail address"),
    ("Ana Ruiz can help.", "Somebody to turn to can help."),
    ("She is in Year 10.", "She is in their year group."),
    ("Da\u00adna and Da\u200dna", "Client A and Client A"),
]
STAYS = [
    "Danah and Adana and Bandana are other words.",
    "The same sample was assumed by Samuel’s samovar.",
    "They will, and Swill is a word.",
    "I said nothing. A word, and I.",
    "",
    "  \n\n ",
    "Nothing here 🙂 \u202bشكرا\u202c.",
]
SCRIPTS = [
    ("李小龙", "今天李小龙说他累了", "今天Client A说他累了"),
    ("李小龙", "小龙没有来", "Client A没有来"),
    ("山田 太郎", "山田太郎さんと話した", "Client Aさんと話した"),
    ("ジョン・スミス", "ジョンスミスが来た", "Client Aが来た"),
    ("김민수", "어제 김민수가 왔다", "어제 Client A가 왔다"),
    ("สมชาย", "วันนี้สมชายไม่มา", "วันนี้Client Aไม่มา"),
    ("محمد أحمد", "جاء محمد أحمد اليوم", "جاء Client A اليوم"),
    ("محمد", "قلت لمحمد ومحمّد", "قلت لClient A وClient A"),
    ("אורלי", "דיברתי עם אורלי ולאורלי", "דיברתי עם Client A ולClient A"),
    ("Анна", "Сегодня АННА пришла", "Сегодня Client A пришла"),
    ("Ελένη", "Η Ελενη ήρθε", "Η Client A ήρθε"),
    ("Nguyễn Hòa", "nguyen hoa came", "Client A came"),
    ("Björk", "I saw BJORK and bjo\u0308rk", "I saw Client A and Client A"),
    ("अनिता", "आज अनिता आई", "आज Client A आई"),
    ("Jean-Luc", "I saw jean luc and Jeanluc", "I saw Client A and Client A"),
    ("Zoë", "I asked Zoe’s aunt", "I asked Client A’s aunt"),
]


@pytest.mark.parametrize(("text", "said"), REPLACED, ids=[text for text, _ in REPLACED])
def test_what_is_known_becomes_a_role(text: str, said: str) -> None:
    assert told(text) == said


@pytest.mark.parametrize("text", STAYS)
def test_what_is_not_known_stays_letter_by_letter(text: str) -> None:
    found = pieces(text)
    assert told(text) == text
    assert not any(one.is_replaced for one in found)


@pytest.mark.parametrize(("name", "text", "said"), SCRIPTS)
def test_names_of_every_script_are_found(name: str, text: str, said: str) -> None:
    names = Unnaming(list(known.of_client(client(1, called=name), "Client A")))
    assert told(text, names=names) == said
    assert told(text, names=Unnaming([])) == text, "without knowing the name nothing is replaced"


@pytest.mark.parametrize(
    ("name", "text"), [("มานี", "มานีรา".replace("นี", "น")), ("か", "がっこう"), ("か", "か\u3099"), ("Li小", "Oli小")]
)
def test_part_of_a_letter_is_no_name(name: str, text: str) -> None:
    names = Unnaming(list(known.of_client(client(1, called=name), "Client A")))
    assert told(text, names=names) == text
    assert told(f"{name} ok", names=names) == "Client A ok"


def test_a_name_that_is_a_word_needs_its_capital_and_is_marked() -> None:
    found = pieces("Will we? I think will. Later Will said so.")
    assert "".join(one.said for one in found) == "Client B we? I think will. Later Client B said so."
    assert [one.sure for one in found if one.is_replaced] == [False, False]
    assert [one.sure for one in pieces("I met Dana") if one.is_replaced] == [True]


def test_the_same_name_is_that_of_the_client_the_text_is_about() -> None:
    one, two = client(1, called="Maya"), client(2, called="Maya")
    names = Unnaming([*known.of_client(one, "Client A"), *known.of_client(two, "Client B")])
    assert told("I met Maya", names=names, about="client 2") == "I met Client B"
    assert [one.sure for one in pieces("I met Maya", names=names, about="") if one.is_replaced] == [False]


def test_several_people_in_one_role_are_numbered_in_their_order() -> None:
    names = Unnaming([*person("Ruth Okafor", "teacher"), *person("Ben Ito", "teacher"), *person("Ivy Lund", "nurse")])
    assert told("Ben Ito and Ruth Okafor; later Ito, and Ivy Lund.", names=names) == (
        "Their teacher 1 and their teacher 2; later their teacher 1, and the nurse."
    )
    assert told("I met Ben Ito.", names=names) == "I met their teacher."


def test_a_description_in_place_of_a_name_takes_no_word_away() -> None:
    names = Unnaming([*person("Her mother", "parent"), *person("Class teacher", "teacher"), *person("tobi", "other")])
    text = "She and her sister came to class; a teacher saw Tobi."
    assert told(text, names=names) == "She and her sister came to class; a teacher saw another person."
    found = pieces("I rang her mother.", names=names)
    assert [(one.instead, one.sure) for one in found if one.is_replaced] == [("their parent or carer", False)]


@pytest.mark.parametrize("name", ["Maya (Tobi’s sister)", "Maya from Year 9", "Maya, class teacher", "my friend Maya"])
def test_a_name_with_a_description_is_found_by_its_capital(name: str) -> None:
    names = Unnaming(person(name, "other"))
    assert told("I met Maya today.", names=names) == "I met another person today."
    assert [one.kind for one in left("I met maya today.", names=names)] == [Left.SMALL]


def test_a_line_is_a_name_only_where_it_reads_as_one() -> None:
    for line in ("their sister", "Mother", "You", "everyone at home", "Both of us", ""):
        assert not list(known.of_line(line)), line
    assert {one.role for one in known.of_line("Kofi Mensah")} == {"another person"}


def test_a_word_replaced_by_hand_is_that_word_only() -> None:
    hands = (Hand("Priya", "a friend"), Hand("Norwich", ""), Hand("12", "some"), Hand("Dana", ""))
    text = "I met Priya and priya in Norwich on 12 or 2012 days with Dana."
    assert told(text, *hands) == "I met a friend and priya in Norwich on some or 2012 days with Dana."
    assert {one.why for one in pieces(text, *hands)} == {Why.STAYS, Why.HAND, Why.KEPT}
    assert told("It was 3 March 2026.", Hand("3 March 2026", "")) == "It was 3 March 2026."
    assert told("Ask x@y.org", Hand("x@y.org", "a colleague")) == "Ask a colleague"


DATES = [
    "3 March", "3 March 2026", "3rd of March", "the 3rd of March, 2026", "March 3", "March 3rd, 2026", "3 Mar 2026",
    "Mar 3", "03/03/2026", "3/3/26", "3.3.2026", "3. 3. 2026", "3-3-2026", "2026-03-03", "2026/3/3",
    "week of 3 March 2026",
    "3 de marzo de 2026", "3 mars 2026", "2026年3月3日", "3月3日", "2026년 3월 3일", "٣/٣/٢٠٢٦", "3 MARCH",
]  # fmt: skip


@pytest.mark.parametrize("said", DATES)
def test_a_date_becomes_a_week(said: str) -> None:
    assert told(f"We met, {said}, and spoke.") == "We met, week 1, and spoke."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tuesday 10 March", "Tuesday week 2"),
        ("16 March", "Week 3"),
        ("1 March 2026", "1 week before week 1"),
        ("5 January 2026", "8 weeks before week 1"),
        ("12 May 2009", "About 17 years before week 1"),
        ("17 March 2027", "Week 55"),
        ("April 2026", "Weeks 5 to 9"),
        ("about 10 March 2026", "about week 2"),
        ("December 9999", "Weeks 416051 to 416055"),
        ("January 0001", "About 2025 years before week 1"),
    ],
)
def test_a_date_is_counted_from_the_first_week(text: str, said: str) -> None:
    assert told(text) == said


@pytest.mark.parametrize(
    "text",
    ["she may 3 times", "31/31/2026", "30 February 2026", "3/4 of it", "room 3", "version 1.2.30.4",
     "2026", "on Monday", "10:30", "12 marches", "in March",
     "in March 0000", "1 May 0000"],
)  # fmt: skip
def test_what_is_no_date_stays(text: str) -> None:
    assert told(text) == text


def test_numbers_are_read_as_the_language_reads_them() -> None:
    for month_first, said in ((False, "week 9"), (True, "week 1")):
        names = Unnaming([], month_first=month_first)
        assert told("on 03/05/2026", names=names) == f"on {said}"
    assert told("on 25/03/2026", names=Unnaming([], month_first=True)) == "on week 4"


@given(st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 12, 31)), st.sampled_from(["{0.day}/{0.month}/{0.year}",
       "{0:%Y-%m-%d}", "{0.day} {0:%B} {0.year}", "{0:%B} {0.day}, {0.year}", "{0.day} {0:%b} {0.year}"]))  # fmt: skip
def test_no_date_survives(on: datetime.date, form: str) -> None:
    said = form.format(on)
    found = pieces(f"then {said} came")
    assert [one.text for one in found if one.why is Why.DATE] == [said]
    assert [one.instead for one in found if one.why is Why.DATE] == [Weeks(START).said(on)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She is 15 years old", "She is 14 to 15 years old"),
        ("a 15-year-old", "a 14-to-15-year-old"),
        ("aged 9", "aged under 11"),
        ("he turned sixteen", "he turned sixteen"),
        ("a fifteen-year-old", "a 14-to-15-year-old"),
        ("age 70", "age 65 or over"),
        ("15 years ago", "15 years ago"),
    ],
)
def test_an_age_becomes_a_band(text: str, said: str) -> None:
    assert told(text) == said


ORDINARY = {same(one) for one in ALSO_NAMES | BEGIN_SENTENCES | TITLES}
LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyzéüñøß",
    "cyrillic": "абвгдежзиклмнопрстуфхц",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "arabic": "ابتجحدرسشصطعغقمنهيأإ",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "han": "李王张刘陈杨黄赵周吴小龙明华",
    "kana": "かきくけこさしすせそがぎ",
    "hangul": "김이박최정민수지영호",
    "thai": "กขคงจชดตนบปพมยรลวสหอะาิี",
}
NAMES = st.sampled_from(sorted(LETTERS)).flatmap(lambda one: st.text(LETTERS[one], min_size=2, max_size=8))
CASES = st.sampled_from([str, str.upper, str.lower, str.title, str.casefold])
AROUND = st.sampled_from(
    ["{}", "I saw {}.", "“{}”", "{}’s mother", "({})", "{}, then", "and {}\nthen", "\u2068{}\u2069"]
)

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


@given(NAMES, CASES, AROUND, st.sampled_from(FORMS))
def test_a_known_name_never_survives(
    name: str, case: Callable[[str], str], around: str, form: Literal["NFC", "NFD"]
) -> None:
    if same(name) in ORDINARY or not same(name) or unicodedata.combining(name[0]) or "ะาิี".find(name[0]) >= 0:
        return
    names = Unnaming([Known(words=name, role="R", whose="x")])
    text = unicodedata.normalize(form, around.format(case(name)))
    found = pieces(text, names=names)
    kept = "".join(one.text for one in found if not one.is_replaced)
    assert any(one.is_replaced for one in found), text
    assert not pieces(kept, names=names) or not any(one.is_replaced for one in pieces(kept, names=names))
    assert "".join(one.text for one in found) == text, "the original stands in the pieces, letter by letter"
    assert kept == unicodedata.normalize(form, around.format("")), "nothing else is changed"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.lists(NAMES, max_size=4))
def test_the_pieces_of_any_text_are_that_text(text: str, some: list[str]) -> None:
    names = Unnaming([Known(words=one, role="R", whose=one) for one in some])
    assert "".join(one.text for one in pieces(text, names=names)) == text


def _calls(act: Callable[[], object]) -> int:
    """Return how many functions were called: what work costs, however busy the computer is."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def test_a_text_twice_as_long_takes_twice_the_work_however_many_names_there_are() -> None:
    few, many = (
        Unnaming([one for at in range(count) for one in known.of_client(client(at + 10, called=f"Name{at}x"), "R")])
        for count in (20, 2000)
    )
    text = "Name7x met 王小明 at 10:30 on 3 March 2026, Name9x said. " * 40
    pieces(text, names=few)
    once, twice = (_calls(partial(pieces, one, names=many)) for one in (text, text * 2))
    assert twice < once * 2.1
    assert once < _calls(lambda: pieces(text, names=few)) * 1.1
    assert _calls(lambda: [pieces(text[:at], names=few) for at in range(9)]) > 9, "the count is one"


@pytest.mark.parametrize("letter", ["a", "1", "1 ", "@", "a@b.c ", "李", "A ", "-", "'", "3 March ", "www.", "Dana "])
def test_no_text_is_too_odd(letter: str) -> None:
    text = (letter * 40_000)[:40_000]
    found = pieces(text)
    assert "".join(one.text for one in found) == text


def test_a_name_said_twice_is_said_twice() -> None:
    assert told("with Dana, Dana’s mother and Dana Dana") == ("with Client A, Client A’s mother and Client A Client A")
    assert told("Whitfield, Dana came") == "Client A came"


def test_a_name_of_signs_is_found_and_a_code_of_digits_marked() -> None:
    names = Unnaming(list(known.of_client(client(1, called="🙂", code="17"), "Client A")))
    assert told("I met 🙂 today", names=names) == "I met Client A today"
    assert [(one.text, one.sure) for one in pieces("17 minutes with 🙃", names=names) if one.is_replaced] == [
        ("17", False)
    ]


def test_a_client_is_not_known_by_what_stands_for_nobody() -> None:
    assert list(known.of_client(client(4), "Client A")) == []
    assert {one.words for one in known.of_client(DANA)} >= {"Dana", "Dana Whitfield", "Whitfield", "DW-17", "Year 10"}
    assert VAULT.unnamed([Passage(text="", near=NEAR, weeks=Weeks(START))]) == [()]
