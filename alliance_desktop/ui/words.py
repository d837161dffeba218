"""Small rules about words on screen."""

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"


def isolated(name: str) -> str:
    """Return a name that keeps its own direction inside a sentence, whatever script it is in."""
    return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}" if name else ""


def spoken(text: str) -> str:
    """Return words without the invisible marks that keep a name's direction, which some readers say aloud."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 open strain", "3 open strains"."""
    return f"{number} {one if number == 1 else many}"
