"""Names in scripts without spaces, of one letter, or typed with signs that nobody sees."""

from alliance_desktop.domain.unnamed.matching import Known, Names


def test_a_text_may_end_where_a_longer_name_would_go_on() -> None:
    names = Names([Known(words=one, role="", whose=one) for one in ("小明明", "小明")])
    (match,) = names.found("我和小明")
    assert match.known.words == "小明"
