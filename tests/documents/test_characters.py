"""Names and words in any script print unchanged; what cannot be shown is listed and stands as ▢."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_cases import always, repair, signs, text_of_pdf

from alliance_desktop.documents.client_plan import client_plan
from alliance_desktop.documents.coverage import spans
from alliance_desktop.documents.fonts import folders
from alliance_desktop.documents.press import render, unprintable
from alliance_desktop.documents.text import clusters, is_rtl, paragraphs
from alliance_desktop.domain.form import Form

SCRIPTS = {
    "latin": "Björk O’Connor à bientôt, cœur",
    "vietnamese": "Nguyễn Thị Hòa",
    "greek": "Καλημέρα σας",
    "cyrillic": "Доброе утро",
    "arabic": "محمد أحمد ١٢٣",
    "hebrew": "שלום לכולם",
    "devanagari": "नमस्ते दोस्त",
    "thai": "สวัสดี สมชาย",
    "bengali": "নমস্কার বন্ধু",
    "tamil": "வணக்கம் நண்பா",
    "georgian": "გამარჯობა",
    "armenian": "Բարեւ ձեզ",
    "ethiopic": "ሰላም ወዳጄ",
    "han": "李小龙",
    "japanese": "こんにちは",
    "korean": "안녕하세요",
}
BUNDLED = {"latin", "vietnamese", "greek", "cyrillic", "arabic", "hebrew", "devanagari", "thai"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_prints_or_is_listed(form: Form, script: str) -> None:
    """The page compiles as PDF/UA, which refuses a character that is not drawn; so what is not listed is there."""
    words = SCRIPTS[script]
    page = client_plan([repair(understood=words, sign=words)], always(form), turn=1, name=words)
    listed = {one.character for one in unprintable(page)}
    if script in BUNDLED:
        assert listed == set()
    printed = unicodedata.normalize("NFC", text_of_pdf(render(page).pdf()))
    for one in clusters(words):
        if one.strip():
            base = unicodedata.normalize("NFC", one)[0]
            assert (one in listed) or base in printed
    if listed:
        assert "▢" in printed


EMOJI = ["👩‍👩‍👧", "🙂", "❤️", "👍🏽", "🇬🇧", "1️⃣"]


def test_emoji_print_or_are_listed_whole(form: Form) -> None:
    """Scenario 14: no emoji vanishes, and a family is one character, not three and two joiners."""
    page = client_plan([repair(understood=" ".join(EMOJI))], always(form), turn=1)
    listed = {one.character for one in unprintable(page)}
    assert listed <= set(EMOJI)
    text = text_of_pdf(render(page).pdf())
    assert text.count("▢") == len(listed)


BROKEN = {
    "\x07": "character U+0007",
    "\ue000": "character U+E000",
    "\ud800": "character U+D800",
    "\x00": "",
    "\uffff": "",
}


def test_what_no_font_has_is_listed_with_its_count_and_stands_as_a_box(form: Form) -> None:
    text = "Bell \x07, private \ue000\ue000, half \ud800, nought \x00, end \uffff."
    page = client_plan([repair(understood=text, sign="again \ue000")], always(form), turn=1)
    listed = unprintable(page)
    assert [one.character for one in listed] == ["\x07", "\ue000", "\ud800", "\x00", "\uffff"]
    assert {one.character: one.count for one in listed}["\ue000"] == 3
    assert all(one.name == BROKEN[one.character] or not BROKEN[one.character] for one in listed)
    assert text_of_pdf(render(page).pdf()).count("▢") == 7


@given(text=st.text(st.characters(), max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_makes_a_page(form: Form, text: str) -> None:
    made = render(
        client_plan(
            [repair(understood=text, agreed=[{"what": text, "who": text}], sign=text)], always(form), turn=1, name=text
        )
    )
    assert made.pdf().startswith(b"%PDF")
    assert made.svgs()


def test_a_plain_page_lists_nothing(form: Form) -> None:
    page = client_plan(
        [repair(understood="Plain – “words”… soft\u00adhyphen and zero\u200bwidth, e\u0301")], always(form), turn=1
    )
    assert unprintable(page) == []


def test_a_typed_box_is_not_a_fault(form: Form) -> None:
    page = client_plan([repair(understood="▢ ☐ ✓ □")], always(form), turn=1)
    assert unprintable(page) == []


def test_lines_keep_their_side(form: Form) -> None:
    """Scenario 12: right-to-left lines end at the right margin, others begin at the left one."""
    text = "English first\nשלום לכולם (2)\nThen English\nمحمد ١٢٣ and more"
    picture = render(client_plan([repair(understood=text)], always(form), turn=1)).svgs()[0]
    starts = _line_starts(picture)
    margin = 15 * 72 / 25.4
    assert starts["left"] >= 2
    assert starts["right"] == 2
    assert margin == pytest.approx(42.5, abs=0.1)


def _line_starts(picture: bytes) -> dict[str, int]:
    """How many lines begin at the left margin, and how many only in the right half."""
    lines: dict[float, list[float]] = {}
    for left, base, _ in signs(picture):
        lines.setdefault(round(base), []).append(left)
    firsts = [min(one) for one in lines.values()]
    return {"left": sum(one < 45 for one in firsts), "right": sum(one > 300 for one in firsts)}


@pytest.mark.parametrize(
    ("line", "rtl"),
    [("שלום (2)", True), ("(2) محمد", True), ("Note for محمد (2)", False), ("123 !", False), ("", False)],
)
def test_side_is_that_of_the_first_letter(line: str, rtl: bool) -> None:
    assert is_rtl(line) is rtl


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "❤️", "👍🏽", "🇬🇧", "1️⃣", "नि", "e\u0301", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_one_character_as_people_see_it_stays_whole(text: str) -> None:
    assert list(clusters(text)) == [text]
    assert "".join(clusters(f"a{text}b\n{text}")) == f"a{text}b\n{text}"


def test_flags_come_in_pairs() -> None:
    assert list(clusters("🇬🇧🇫🇷")) == ["🇬🇧", "🇫🇷"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_kind_of_line_end_parts_lines(newline: str) -> None:
    assert [one["text"] for one in paragraphs(f"a{newline}b")] == ["a", "b"]


def test_a_file_that_is_no_font_has_no_signs(tmp_path: Path) -> None:
    junk = tmp_path / "junk.ttf"
    junk.write_bytes(b"\x00\x01\x00\x00\xff\xff not a font")
    assert spans(junk) == []
    assert spans(tmp_path / "absent.ttf") == []


def test_the_bundled_text_face_is_there() -> None:
    files = [file for folder in folders() for file in folder.glob("AtkinsonHyperlegible-Regular.ttf")]
    assert len(files) == 1
    assert any(first <= ord("a") <= last for first, last in spans(files[0]))
