"""The first steps of a person, shared by the tests of the way in and out."""

from person import PASSPHRASE, Keys, Person


def to_sheet(person: Person) -> None:
    """Make a vault up to its recovery sheet."""
    person.press("welcome_new")
    person.find("vault_name").selectAll()
    person.type("Notes")
    person.press("place_next")
    for name in ("passphrase", "passphrase_again"):
        person.write(name, PASSPHRASE)
    person.press("secret_next")
    person.until(lambda: person.maybe("sheet_group_9"))


def to_choices(person: Person) -> None:
    """Make a vault and prove its sheet."""
    to_sheet(person)
    groups = [person.said(f"sheet_group_{at}") for at in range(1, 10)]
    person.press("sheet_next")
    for name in sorted(one for one in person.names() if one.startswith("proof_group_")):
        person.write(name, groups[int(name.removeprefix("proof_group_")) - 1])
    person.press("proof_next")
    person.find("choices_next")


def to_new_passphrase(person: Person, sheet: str) -> None:
    """Open the vault with its recovery sheet."""
    person.press("unlock_paper")
    person.write("unlock_key", sheet)
    person.key(Keys.Key_Return)
    person.until(lambda: person.maybe("set_passphrase_button"))
