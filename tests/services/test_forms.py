"""Every version of every form is found; a broken file is refused with file, key and reason."""

import shutil
import threading
from pathlib import Path

import pytest

from alliance_desktop.domain.errors import FormFileError, NewerEntryError
from alliance_desktop.domain.form import PRIVATE_TABLE, Form
from alliance_desktop.resources import resource
from alliance_desktop.services import forms as forms_module
from alliance_desktop.services.forms import FormFiles, Forms, load_forms, private_keys


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with the program's own forms, to add to."""
    return shutil.copytree(resource("forms"), tmp_path / "forms")


def test_the_three_forms_are_there(forms: Forms) -> None:
    assert {forms.current(one).id for one in ("client", "session", "rupture")} == {"client", "session", "rupture"}


def test_an_unknown_form_is_a_key_error_and_an_unknown_version_a_sentence(forms: Forms) -> None:
    with pytest.raises(KeyError):
        forms.current("horoscope")
    for form, version in (("session", 99), ("horoscope", 1)):
        with pytest.raises(NewerEntryError) as fault:
            forms.get(form, version)
        assert "newer version of Alliance Desktop" in fault.value.sentence


def test_the_newest_version_is_current_and_the_old_one_stays(shelf: Path) -> None:
    text = (shelf / "session.1.toml").read_text(encoding="utf-8")
    (shelf / "session.2.toml").write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    found = load_forms(shelf)
    assert (found.current("session").version, found.get("session", 1).version) == (2, 1)


def test_the_same_version_twice_is_refused_with_both_files(shelf: Path) -> None:
    shutil.copy(shelf / "session.1.toml", shelf / "session.copy.toml")
    with pytest.raises(FormFileError) as fault:
        load_forms(shelf)
    assert fault.value.file == "session.copy.toml"
    assert fault.value.key == "version"
    assert "session.1.toml" in fault.value.reason


@pytest.mark.parametrize("content", [b"\xff\xfe not text", b"id = ["], ids=["not text", "not TOML"])
def test_a_broken_file_is_named(shelf: Path, content: bytes) -> None:
    (shelf / "broken.toml").write_bytes(content)
    with pytest.raises(FormFileError) as fault:
        load_forms(shelf)
    assert fault.value.file == "broken.toml"
    assert fault.value.reason
    assert "broken.toml" in str(fault.value)


def test_private_keys_are_those_of_the_private_reflection(forms: Forms) -> None:
    for card in forms.current("rupture").cards:
        private = private_keys(card)
        for question in card.questions:
            assert (question.key in private) is (question.audience in PRIVATE_TABLE)
    notice = private_keys(forms.current("rupture").card("notice"))
    assert "name" in notice
    assert "noticed_on" not in notice


def test_who_asks_for_all_forms_misses_none_that_is_just_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window reads them a little at a time while a vault is made or opened in another thread."""
    read, reading, go_on = forms_module.read_form, threading.Event(), threading.Event()

    def slowly(name: str, text: str) -> Form:
        if name == "client.1.toml":
            reading.set()
            assert go_on.wait(20)
        return read(name, text)

    monkeypatch.setattr(forms_module, "read_form", slowly)
    files = FormFiles(resource("forms"))
    found: list[Forms] = []
    window = threading.Thread(target=lambda: [None for _ in iter(files.read_one, False)])
    window.start()
    assert reading.wait(20)
    vault = threading.Thread(target=lambda: found.append(files.all()))
    vault.start()
    vault.join(0.2)
    assert vault.is_alive(), "control: the one that is being read is waited for"
    go_on.set()
    vault.join(20)
    window.join(20)
    assert found[0].current("client")
    assert len(found[0].all()) == len(load_forms(resource("forms")).all())
