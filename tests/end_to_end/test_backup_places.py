"""Back up now, to places that are none: a part of a path, the vault itself, names no system has."""

import pytest
from person import CTRL, Keys, Person, settle


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (".", "not the whole path"),
        ("..", "not the whole path"),
        ("~nosuchuser/x", "not the whole path"),
        ("{vault}/..", "not the whole path"),
        ("{vault}", "inside a vault"),
        ("/" + "x" * 300, "not there"),
        ("/" + "x/" * 3_000, "not there"),
    ],
)
def test_a_place_that_is_none_is_said(with_client: Person, typed: str, said: str) -> None:
    with_client.key(Keys.Key_7, CTRL)
    with_client.box("backup_place").setText(typed.format(vault=with_client.folder))
    with_client.press("back_up_now")
    with_client.until(lambda: with_client.maybe("backups_progress") is None)
    settle()
    assert said in with_client.said("backups_notice_sentence")
