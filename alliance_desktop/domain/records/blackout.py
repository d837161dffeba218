"""Words blacked out of a text: they are taken out, and a mark of one width stands in their place."""

from collections.abc import Iterable

MARK = "[blacked out]"
"""Always the same, so that it does not tell how long the words were."""

Span = tuple[int, int]
"""From the place of the first letter to the one behind the last, counted in characters."""


def merged(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans within a text, in order, without the spaces at their ends.

    Those that touch, or that only spaces part, are one: two marks side by side would tell of two words.
    """
    found: list[Span] = []
    for span in sorted(spans):
        first, last = _trimmed(text, span)
        if first >= last:
            continue
        if found and not text[found[-1][1] : first].strip():
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def blacked_out(text: str, spans: Iterable[Span]) -> str:
    """Return a text with a mark in place of each span; nothing of the words is left."""
    parts, at = [], 0
    for first, last in merged(text, spans):
        parts += [text[at:first], MARK]
        at = last
    return "".join([*parts, text[at:]])


def _trimmed(text: str, span: Span) -> Span:
    first, last = max(0, span[0]), min(len(text), span[1])
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last
