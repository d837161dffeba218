"""The counsellor's own directory: people they work with, and resources to pass on."""

from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.client import finding, folded
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.shown import ROLES
from alliance_desktop.domain.story import first_id, words
from alliance_desktop.services.notebook import Notebook

CONTACT, RESOURCE = "contact", "resource"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a resource as the directory lists it; `role` is the id of a role, `line` what stands beside it."""

    entry: EntryId
    name: str
    role: str = ""
    role_words: str = ""
    line: str = ""

    @property
    def haystack(self) -> str:
        """What type-to-find looks in."""
        return folded(f"{self.name} {self.role_words} {self.line}")


class Contacts:
    """Lists the directory by name. Its entries are written like any other, through the notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def people(self, typed: str = "", role: str = "") -> list[Listed]:
        """Return the contacts by name, of all roles or of one, in which every word typed occurs."""
        everybody = map(_person, self._notebook.of_form(CONTACT))
        return _matching((one for one in everybody if not role or one.role == role), typed)

    def resources(self, typed: str = "") -> list[Listed]:
        """Return the resources by name in which every word typed occurs."""
        return _matching(map(_resource, self._notebook.of_form(RESOURCE)), typed)

    def namesakes(self, entry: EntryId) -> list[Listed]:
        """Return the other contacts that have the same name, however it is typed."""
        people = self.people()
        name = next((folded(one.name) for one in people if one.entry == entry), "")
        return [one for one in people if one.entry != entry and name and folded(one.name) == name]

    def roles(self) -> list[str]:
        """Return the ids of the roles that anybody in the directory has, in the order of the form."""
        taken = {one.role for one in self.people()}
        return [one for one in ROLES if one in taken]


def _matching(listed: Iterable[Listed], typed: str) -> list[Listed]:
    """Return those found by name; what has no name yet comes last."""
    is_found = finding(typed)
    return sorted(
        (one for one in listed if is_found(one.haystack)),
        key=lambda one: (not one.name, folded(one.name), one.entry),
    )


def _person(entry: Entry) -> Listed:
    role = first_id(entry, "role")
    said = words(entry, "role")
    return Listed(
        entry=entry.id,
        name=words(entry, "name"),
        role=role,
        role_words=said or ROLES.get(role, ""),
        line=words(entry, "organisation"),
    )


def _resource(entry: Entry) -> Listed:
    return Listed(entry=entry.id, name=words(entry, "name"), line=words(entry, "for_whom") or words(entry, "what"))
