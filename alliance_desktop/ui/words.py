"""Small rules about words on screen."""

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
MOST_SHOWN = 1000
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""The marks that begin and end an isolated part: one inside a name would end what keeps it apart."""


def isolated(name: str) -> str:
    """Return a name that keeps its own direction inside a sentence, whatever script it is in."""
    bare = name.translate(_ISOLATES)
    return f"{FIRST_STRONG_ISOLATE}{bare}{POP_ISOLATE}" if bare else ""


def brief(text: str) -> str:
    """Return as much of a text as a line or two could ever show: measuring all of a very long name takes its time."""
    if len(text) <= MOST_SHOWN:
        return text
    return f"{text[:MOST_SHOWN]}…{POP_ISOLATE if text.startswith(FIRST_STRONG_ISOLATE) else ''}"


def spoken(text: str) -> str:
    """Return words without the invisible marks that keep a name's direction, which some readers say aloud."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 open strain", "3 open strains"."""
    return f"{number:,} {one if number == 1 else many}"


def units(text: str, at: int) -> int:
    """Return a place in a text as Qt counts it, to which some characters are two."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
