"""Plain text on its way to paper: paragraphs with their side, and the characters as people see them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TypedDict

REPLACEMENT = "▢"

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# What Atkinson Hyperlegible 1.6 lacks of Latin, Greek and Cyrillic.
_BEYOND_ATKINSON = re.compile(
    r"[\u0108\u0109\u0114\u0115\u011c\u011d\u0124\u0125\u0128\u0129\u012c\u012d\u0130\u0132-\u0135\u0138-\u013a"
    r"\u013f\u0140\u0149-\u014f\u0156\u0157\u015c\u015d\u0166-\u0169\u016c\u016d\u0174-\u0177\u017f-\u0191"
    r"\u0193-\u0217\u021c-\u02c5\u0300-\u036f\u0370-\u052f\u1ab0-\u1aff\u1e00-\u1fff]"
)
# Scripts that wrap without spaces are left alone: between their letters a line may break anyway.
_LONG_WORD = re.compile(
    r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]{12,}"
)
# They only steer where a line may break, and a PDF would hand them on to a reader in the place of spaces.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Words kept together on a line, as a number and its unit; more of them than a line holds have to part somewhere.
_KEEPING = re.compile(r"[\xa0\u2007\u202f]")
_TOGETHER = re.compile(r"[^ \t]+")
_MOST_TOGETHER = 24
# No word of a language is as long. It is set piece by piece: how long one takes to lay out grows with its square.
_ENDLESS, _PIECE = 20_000, 1_000
_TO_SPACES = dict.fromkeys(map(ord, "\xa0\u2007\u202f"), " ")
_JOINER = "\u200d"
_MODIFIERS = range(0x1F3FB, 0x1F400)
_REGIONS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)


class Paragraph(TypedDict):
    """One line as it was typed: its words, its side, its face, and whether a word may need to be broken."""

    text: str
    rtl: bool
    wide: bool
    long: bool


def paragraphs(text: str) -> list[Paragraph]:
    """Return a text line by line; an empty list for a text that says nothing."""
    if not text.strip():
        return []
    shown = text.translate(_UNSEEN).replace("\t", "    ").strip("\r\n")
    return [_paragraph(_with_spaces(line).rstrip()) for line in _BREAKS.split(shown)]


def _with_spaces(line: str) -> str:
    return _TOGETHER.sub(_parted, line) if _KEEPING.search(line) is not None else line


def _parted(run: re.Match[str]) -> str:
    return run[0].translate(_TO_SPACES) if len(run[0]) > _MOST_TOGETHER else run[0]


def _paragraph(line: str) -> Paragraph:
    return {
        "text": line,
        "rtl": is_rtl(line),
        # One face for a whole line: Noto Sans where Atkinson Hyperlegible lacks a letter of it.
        "wide": _BEYOND_ATKINSON.search(line) is not None,
        "long": _LONG_WORD.search(line) is not None,
    }


def pieces(line: str) -> list[str]:
    """Return a line with a word that never ends in pieces to be laid out one below the other; none for any other line.

    It is parted at a space where there is one, and no character is taken apart.
    """
    if max(map(len, line.split()), default=0) <= _ENDLESS:
        return []
    found, start = [], 0
    while start < len(line):
        end = _end_of_piece(line, start)
        found.append(line[start:end])
        start = end
    return [one for one in found if one.strip()]


def _end_of_piece(line: str, start: int) -> int:
    end = min(start + _PIECE, len(line))
    space = line.rfind(" ", start + _PIECE // 2, end)
    if space >= 0 and end < len(line):
        return space + 1
    while end < len(line) and _belongs(line[end - 1], line[end]):
        end += 1
    return end


def is_rtl(line: str) -> bool:
    """Say whether the first letter with a direction runs from right to left."""
    for one in line:
        side = unicodedata.bidirectional(one)
        if side in {"R", "AL"}:
            return True
        if side == "L":
            return False
    return False


def clusters(text: str) -> Iterator[str]:
    """Yield the characters as people see them: a letter with its marks, a joined or coloured emoji, a flag."""
    held = ""
    for one in text:
        if held and _belongs(held, one):
            held += one
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _belongs(held: str, one: str) -> bool:
    code = ord(one)
    if held in {"\n", "\r"} or one in {"\n", "\r"}:
        return False
    if one == _JOINER or held.endswith(_JOINER) or code in _MODIFIERS or code in _TAGS:
        return True
    if code in _REGIONS:
        return len(held) == 1 and ord(held) in _REGIONS
    return unicodedata.category(one).startswith("M")
