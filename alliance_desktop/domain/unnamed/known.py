"""What a vault knows by name: clients, other people, places, ways to reach them; each with the role said instead."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from alliance_desktop.domain.answers import Answers, ids_of, people_of, text_of
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.unnamed.matching import Known
from alliance_desktop.domain.unnamed.ordinary import BEGIN_SENTENCES, GENERIC, PRONOUNS, SCHOOLS, TITLES, set_of
from alliance_desktop.domain.unnamed.reach import ROLES, ways
from alliance_desktop.domain.unnamed.remaining import capitals
from alliance_desktop.domain.unnamed.replacing import begins_sentence
from alliance_desktop.domain.unnamed.words import is_capitalised, is_cased, is_unspaced, same, words

ANOTHER_CLIENT = "another client"
ANOTHER_PERSON = "another person"
ROLE_OF = {
    "parent": "their parent or carer",
    "teacher": "their teacher",
    "administrator": "an administrator",
    "psychologist": "the school psychologist",
    "social_worker": "their social worker",
    "nurse": "the nurse",
    "occupational_therapist": "their occupational therapist",
    "speech_therapist": "their speech-language pathologist",
    "school_counsellor": "the school counsellor",
    "supervisor": "my supervisor",
    "agency": "somebody at an outside agency",
    "trusted_adult": "an adult they trust",
}
SCHOOL, AGENCY, PLACE, ADDRESS = "their school", "an outside agency", "a place they know", "an address"
SERVICE, HELPER, YEAR = "a service", "somebody to turn to", "their year group"
_AT_SCHOOL = frozenset({"teacher", "administrator", "psychologist", "school_counsellor"})
_PARTICLES = set_of("al ap bin binti da dal de del della den der di dos du el ibn la las le les los of the van von y")
_PARTS = re.compile(r"[\s\"“”„«»()\[\]{},;/]+")
_LINES = re.compile(r"[\n;,·|]+")
_SIGNS = re.compile(r"[\u3400-\u9fff々]+|[\u3041-\u30ff]+|[\uac00-\ud7a3]+")
"""Chinese signs, Japanese letters and Korean syllables: a name in them is a family name and a given one, unparted."""
_MOST_SIGNS, _GIVEN = 6, 2
_OF_SOMEBODY = re.compile(r"['’]s$")
_MOST_OF_NAME = 4
_ON_PAGE, _OTHERS, _PEOPLE, _PLACES, _HELPERS = range(1, 6)
_NOBODY = set_of(
    "i me you we us they them he she both all together everyone nobody counsellor counselor client student mum mom dad "
    "mother father parent parents teacher school supervisor nurse myself themselves family team yo tú moi"
)


def of_client(client: Client, role: str = "") -> Iterator[Known]:
    """Yield what a client is known by; `role` is "Client A" where they are on the page, else they are another one."""
    whose, rank = whose_client(client), _ON_PAGE if role else _OTHERS
    said = role or ANOTHER_CLIENT
    for name in (text_of(client.answers.get("called")), client.full_name):
        yield from _of_person(name, said, whose, rank)
    if client.code.strip():
        yield Known(words=client.code, role=said, whose=whose, rank=rank, sure=not client.code.strip().isdecimal())
    year = text_of(client.answers.get("year_group")).strip()
    if any(one.isalpha() for one in year) and any(one.isdecimal() for one in year):
        yield Known(words=year, role=YEAR, whose=f"year {year}", rank=_PLACES)
    yield from _of_reach(text_of(client.answers.get("contact_words")), f"{whose} reach")


def whose_client(client: Client) -> str:
    """Return what tells one client's names from another's."""
    return f"client {client.id}"


def of_contact(answers: Answers, whose: str) -> Iterator[Known]:
    """Yield the name, the place of work and the ways to reach somebody in the directory."""
    role = next(iter(ids_of(answers.get("role"))), "")
    yield from _of_person(text_of(answers.get("name")), role_of(role), whose, _PEOPLE)
    yield from _of_place(text_of(answers.get("organisation")), role)
    yield from _of_reach(text_of(answers.get("reach")), f"{whose} reach")


def of_people(answer: object) -> Iterator[Known]:
    """Yield the people that were typed into an answer; one from the directory has the same name there."""
    for one in people_of(answer):
        name, role = one.get("name"), role_of(str(one.get("role", "")))
        if isinstance(name, str):
            yield from _of_person(name, role, f"{role} {same(name)}", _PEOPLE)


def of_line(text: str) -> Iterator[Known]:
    """Yield the name that a short line may be: words that all begin with a capital, and are no role."""
    if is_name(text):
        yield from _of_person(text, ANOTHER_PERSON, f"person {same(text)}", _HELPERS)


def of_told(text: str, ordinary: frozenset[str]) -> Iterator[Known]:
    """Yield the names in words about somebody: all of them where they are a name, else what has capitals among them."""
    if len(words(text)) <= _MOST_OF_NAME and is_name(text):
        yield from of_line(text)
        return
    for name in _names_in(text, ordinary):
        for one in of_line(name):
            yield one if " " in name else msgspec.structs.replace(one, sure=False)


def of_where(text: str, ordinary: frozenset[str]) -> Iterator[Known]:
    """Yield the place that words about one begin with, and the names of whoever was there."""
    first, *others = re.split(r"[,;\n]", text)
    for name in [first] if is_name(first) else _names_in(first, ordinary):
        yield from _of_place(name, "")
        for part in _PARTS.split(name) if " " in name else ():
            if not _is_ordinary(same(part), ordinary):
                yield from _of_place(part, "")
    for one in others:
        yield from of_told(one, ordinary)


def of_service(text: str) -> Iterator[Known]:
    """Yield what was given to somebody where it has a name, and the ways to reach it."""
    if is_name(text):
        yield Known(words=text, role=SERVICE, whose=f"service {same(text)}", rank=_PLACES)
    yield from _of_reach(text, "service", numbered=True)


def of_resource(answers: Answers, whose: str) -> Iterator[Known]:
    """Yield the name of a service in the directory and the ways to reach it."""
    if text_of(answers.get("name")).strip():
        yield Known(words=text_of(answers.get("name")), role=SERVICE, whose=whose, rank=_PLACES)
    yield from _of_reach(text_of(answers.get("reach")), f"{whose} reach")


def of_settings(text: str) -> Iterator[Known]:
    """Yield the names and numbers in what the counsellor prints or shows of people to turn to."""
    yield from _of_reach(text, "settings", numbered=True)
    for line in re.split(r"[\n,;:·–()]+", text):
        if len(words(line)) > 1 and is_name(line):
            yield from _of_person(line, HELPER, f"helper {same(line)}", _HELPERS)


def role_of(id: str) -> str:
    """Return the role that is said in place of a person's name."""
    return ROLE_OF.get(id, ANOTHER_PERSON)


def is_name(text: str) -> bool:
    """Say whether a short line reads as a name: each word with a capital, or in a script without capitals."""
    said = [text[one.start : one.end] for one in words(text)]
    if is_unspaced(text):
        return True
    plain = [one for one in said if same(one) not in _PARTICLES]
    if not plain or any(same(one) in _NOBODY for one in plain):
        return False
    return all(is_capitalised(one) or not is_cased(one) for one in plain) and any(not one.isdecimal() for one in plain)


def _names_in(text: str, ordinary: frozenset[str]) -> Iterator[str]:
    """Yield the words with a capital in a text; not a single ordinary one that only begins a sentence."""
    for start, end, _ in capitals(text, text, 0):
        run, begins = text[start:end], begins_sentence(text, start)
        while begins and (found := words(run)) and _is_ordinary(found[0].same, ordinary):
            run = run[found[1].start :] if len(found) > 1 else ""
        name = bare(run)
        if name and is_name(name):
            yield name


def _is_ordinary(said: str, ordinary: frozenset[str]) -> bool:
    """Say whether a word is one of every day, or several of it."""
    return not {said, said.removesuffix("s"), said.removesuffix("es")}.isdisjoint(ordinary)


def _of_person(name: str, role: str, whose: str, rank: int) -> Iterator[Known]:
    """Yield a name, without its title, and its parts; those of a description ("Class teacher") need their capital."""
    if not name.strip():
        return
    untitled = " ".join(one for one in name.split() if same(one).strip(".") not in TITLES)
    named = is_name(name)
    for said in dict.fromkeys([name, *([untitled] if untitled else [])]):
        sure = named or len(words(said)) == 1
        yield Known(words=said, role=role, whose=whose, rank=rank, person=True, sure=sure)
    # Words about somebody, in a script without spaces, would be cut anywhere.
    for said in dict.fromkeys(name_parts(name, families=rank != _HELPERS)):
        if named or not is_common(said):
            yield Known(words=said, role=role, whose=whose, rank=rank, person=True, capital=not named)
    for said in dict.fromkeys(_for_the_eye(name)) if named and rank != _HELPERS else ():
        yield Known(words=said, role=role, whose=whose, rank=rank, person=True, eye=True)


def is_common(said: str) -> bool:
    """Say whether a word tells nobody apart: it begins a sentence, or says what somebody is."""
    return same(said) in _COMMON


def bare(said: str) -> str:
    """Return a name without the "s" of whose something is."""
    return _OF_SOMEBODY.sub("", said)


def name_parts(name: str, *, families: bool = True) -> Iterator[str]:
    """Yield the parts of a name by which somebody may be called as well, without whose something is."""
    pieces = [said for one in _PARTS.split(name) if (said := bare(one))]
    for piece in pieces:
        yield from (one for one in _unparted(piece, families=families) if len(one) > 1)
        if len(pieces) > 1 or "-" in piece:
            yield from (one for one in {piece, *piece.split("-")} if _is_part(one))


def _unparted(piece: str, *, families: bool = True) -> Iterator[str]:
    """Yield the given and perhaps the family name of one without a space, and each script of it by itself."""
    runs = [one[0] for one in _SIGNS.finditer(piece)]
    yield from runs if len(runs) > 1 else ()
    for run in runs:
        if 1 < len(run) <= _MOST_SIGNS and not "\u3041" <= run[0] <= "\u30ff":
            at = max(1, len(run) - _GIVEN)
            yield run[at:]
            if families:
                yield run[:at]


def _for_the_eye(name: str) -> Iterator[str]:
    """Yield the parts of a name that say too little to be replaced: one sign, or a word like "Al"."""
    pieces = [one for one in _PARTS.split(name) if one]
    for piece in pieces:
        yield from (one for one in (*_unparted(piece), *pieces[1:], pieces[0]) if len(one) == 1 and is_unspaced(one))
        if len(pieces) > 1 and is_capitalised(piece) and same(piece) in _PARTICLES and not is_common(piece):
            yield piece


def _is_part(piece: str) -> bool:
    letters = [one for one in piece if one.isalpha()]
    if len(letters) < 2 or same(piece).strip(".") in _PARTICLES | TITLES:
        return False
    return is_capitalised(piece) or not is_cased(piece)


def _of_place(name: str, role: str) -> Iterator[Known]:
    """Yield a place as it is written, and without what only says which kind of place it is."""
    told = [name[one.start : one.end] for one in words(name)]
    kinds = {same(one) for one in told}
    if role in _AT_SCHOOL or kinds & _SCHOOLS or any(one in name for one in SCHOOLS if is_unspaced(one)):
        said = SCHOOL
    else:
        said = AGENCY if role == "agency" else PLACE
    whose = f"place {same(name)}"
    shorter = list(_PARTS.split(name.strip()))
    for _ in range(len(shorter)):
        if any(same(one) not in _GENERIC | _PARTICLES for one in shorter):
            yield Known(words=" ".join(shorter), role=said, whose=whose, rank=_PLACES, place=True)
        if shorter and same(shorter[-1]) in _GENERIC:
            shorter = shorter[:-1]
        elif shorter and same(shorter[0]) in _GENERIC | _PARTICLES:
            shorter = shorter[1:]
        else:
            return


_SCHOOLS = frozenset(same(one) for one in SCHOOLS)
_GENERIC = frozenset(same(one) for one in GENERIC)
_COMMON = frozenset(same(one) for one in BEGIN_SENTENCES | PRONOUNS) | _NOBODY


def _of_reach(text: str, whose: str, *, numbered: bool = False) -> Iterator[Known]:
    """Yield e-mail addresses, numbers and addresses from words about how somebody is reached."""
    rest = list(text)
    for one in ways(text):
        yield Known(words=text[one.start : one.end], role=ROLES[one.way], whose=f"{one.way} {one.same}", rank=_PLACES)
        rest[one.start : one.end] = "\n" * (one.end - one.start)
    for line in _LINES.split("".join(rest)):
        said = words(line)
        if len(said) > 1 and _is_address(line) and (not numbered or any(one.isdecimal() for one in line)):
            yield Known(words=line.strip(), role=ADDRESS, whose=f"{whose} {same(line)}", rank=_PLACES)


def _is_address(line: str) -> bool:
    """Say whether a line reads as an address: a number among words with a capital, or such words alone."""
    said = [line[one.start : one.end] for one in words(line)]
    named = [one for one in said if not any(letter.isdecimal() for letter in one)]
    return bool(named) and all(is_capitalised(one) or same(one) in _PARTICLES for one in named)


def distinct(known: Iterable[Known]) -> list[Known]:
    """Return what is known, each once."""
    return list(dict.fromkeys(known))
