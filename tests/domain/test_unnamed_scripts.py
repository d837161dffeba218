"""Names in scripts without spaces, of one letter, or typed with signs that nobody sees."""

import pytest

from alliance_desktop.domain.unnamed import known
from alliance_desktop.domain.unnamed.matching import Known, Names
from alliance_desktop.domain.unnamed.remaining import Left
from alliance_desktop.domain.unnamed.replacing import Unnaming
from tests.domain.unnamed_cases import client, left, told


def test_a_text_may_end_where_a_longer_name_would_go_on() -> None:
    names = Names([Known(words=one, role="", whose=one) for one in ("小明明", "小明")])
    (match,) = names.found("我和小明")
    assert match.known.words == "小明"


def vault(*clients: dict[str, str]) -> Unnaming:
    return Unnaming([one for id, said in enumerate(clients, 1) for one in known.of_client(client(id, **said), "")])


@pytest.mark.parametrize(
    ("called", "text"),
    [
        ("김민수", "민수가 왔다"),
        ("佐藤花子", "佐藤さん"),
        ("佐藤さくら", "さくらちゃん"),
        ("Dana", "Da\u200bna"),
        ("Dana", "D\u202eana"),
        ("Dana", "Da\u2066na"),
        ("07700 900123", "07700\u200b900123"),
    ],
)
def test_a_name_is_replaced_by_its_parts_and_with_signs_nobody_sees(called: str, text: str) -> None:
    names = vault({"called": called} if called[0] != "0" else {"called": "X", "contact_words": called})
    assert told(text, names=names) != text
    assert told("他说 hello 나", names=names) == "他说 hello 나", "its control"


@pytest.mark.parametrize(
    ("name", "text", "listed"),
    [
        ("A", "A said no. Then a left.", [("part", "A"), ("part", "a")]),
        ("Å", "Å said no.", [("part", "Å")]),
        ("王小明", "小王来了", [("part", "王")]),
        ("김민수", "김 선생님", [("part", "김")]),
        ("Łukasz", "powiedział łukaszowi", [("alike", "łukaszowi")]),
        ("Will Al May", "Al came, and al went.", [("part", "Al")]),
        ("Dana", "She is fifteen, not twenty-one.", [("number", "fifteen"), ("number", "twenty-one")]),
        ("Dana", "Late again. Questions. Better. New.", []),
        ("Dana", "Daisy came.", [("opening", "Daisy")]),
        ("Dana", "one of a few", []),
    ],
)
def test_what_cannot_be_replaced_is_listed(name: str, text: str, listed: list[tuple[str, str]]) -> None:
    names = vault({"called": name})
    assert told(text, names=names) == text
    assert [(one.kind.value, one.words) for one in left(text, names=names)] == listed


def test_a_part_of_a_name_comes_first() -> None:
    names = vault({"called": "Will", "full_name": "Will Al May"})
    kinds = [one.kind for one in left("Priya saw Ben. Al may ring 3 times.", names=names)]
    assert kinds == [Left.PART, Left.SMALL, Left.CAPITAL, Left.NUMBER, Left.OPENING]


@pytest.mark.parametrize("said", ["aged fifteen", "at the age of fifteen", "aged 15"])
def test_an_age_in_words_becomes_a_band(said: str) -> None:
    assert told(f"She was {said}.", names=vault()).endswith("14 to 15.")
    assert told("She turned fifteen corners.", names=vault()) == "She turned fifteen corners."
