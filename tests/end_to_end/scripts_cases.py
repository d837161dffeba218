"""Names, paragraphs and texts of scenarios 11 to 13, and how a test looks at them on screen and on paper."""

import io
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from person import Person

NAMES = ("Nguyễn Thị Hòa", "李小龙", "محمد أحمد", "O’Connor", "สมชาย", "Björk", "Sukarno")
QUERIES = {
    "nguyen": "Nguyễn Thị Hòa",
    "hoa": "Nguyễn Thị Hòa",
    "小龙": "李小龙",
    "احمد": "محمد أحمد",
    "o'connor": "O’Connor",
    "OCONNOR": "O’Connor",
    "สม": "สมชาย",
    "bjork": "Björk",
    "sukar": "Sukarno",
}
HEBREW, ENGLISH, ARABIC = "היא אמרה שקר לה", "She said it felt cold.", "قال إن الموعد 15 مارس الساعة 10:30"


def shown_names(person: "Person") -> list[str]:
    return [row.title.strip("\u2068\u2069") for row in person.program.work.clients.shown()]


def find(person: "Person", query: str) -> list[str]:
    """Type into the find field and return who is shown."""
    field = person.box("client_find")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    person.type(query)
    return shown_names(person)


def agreed(person: "Person", understood: str) -> None:
    """Fill what the client page needs: the shared words, and that the client has seen them."""
    person.card(3)
    person.write("understood", understood)
    person.press("wording_seen_yes")


def sides(box: object) -> list[str]:
    """Return on which side each paragraph of a box begins, as it is laid out."""
    found = []
    block = box.document().begin()
    while block.isValid():
        if block.text().strip():
            line = block.layout().lineAt(0)
            room, text = line.width(), line.naturalTextRect()
            left, right = text.left(), room - text.right()
            found.append("right" if right < left else "left")
        block = block.next()
    return found


def long_text(characters: int, mark: str) -> str:
    """Return a text of so many characters whose words say where they are."""
    words = (f"{mark}{number:06d}" for number in range(characters))
    text = ""
    parts = []
    while len(text) < characters:
        parts = [next(words) for _ in range(2000)]
        text += " ".join(parts) + " "
    return text[:characters].rstrip().ljust(characters, "x")


def half_a_million() -> str:
    """Return 500,000 characters whose words say where they are, one paragraph of 200,000 among them."""
    short = "\n".join(long_text(30_000, mark)[:2_900] for mark in "bcdefghijk" for _ in range(10))
    text = f"{long_text(200_000, 'a')}\n{short}"
    return text + "\n" + long_text(499_999 - len(text), "z")


def text_of(pdf: bytes) -> str:
    """Return the text of every sheet, without the invisible break points of long words."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


def holds(line: str, name: str) -> bool:
    """Say whether a line of a PDF holds a name and no other letters.

    pypdf gives a right-to-left name in the order of its glyphs, and a letter that has its true text beside its
    glyphs twice; so letters are looked for in their order, either way round.
    """
    said = unicodedata.normalize("NFC", line.removeprefix("For "))
    wanted = unicodedata.normalize("NFC", name)
    same = set(said) - {" "} == set(wanted) - {" "}
    return same and all(any(_in_order(word, way) for way in (said, said[::-1])) for word in wanted.split())


def _in_order(wanted: str, said: str) -> bool:
    rest = iter(said)
    return all(letter in rest for letter in wanted)


def lines_on_paper(pdf: bytes) -> Iterator[tuple[str, float]]:
    """Yield each piece of text with where on the sheet it begins, in points."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        pieces: list[tuple[str, float]] = []

        def take(text: str, cm: list[float], tm: list[float], *_: object, pieces: list = pieces) -> None:
            pieces.append((text, cm[0] * tm[4] + cm[2] * tm[5] + cm[4]))

        page.extract_text(visitor_text=take)
        yield from pieces
