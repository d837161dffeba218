"""What can be in the way of a counsellor's own form or short word."""

from alliance_desktop.domain.errors import KnownError


class OwnFormError(KnownError):
    """Something about a form of the counsellor's own cannot be so; `sentence` says why."""

    next_step = "Nothing was changed."

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class ShortWordError(OwnFormError):
    """A short word cannot be kept; `sentence` says why."""
