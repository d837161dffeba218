"""What is in the way of answering a request for records."""

from collections.abc import Mapping

from alliance_desktop.domain.errors import KnownError


class UndecidedError(KnownError):
    """Something must be decided first; the sentence names each group with how much of it."""

    def __init__(self, waiting: Mapping[str, int]) -> None:
        told = ", ".join(f"{words} ({count})" for words, count in waiting.items())
        super().__init__(
            f"Not decided yet: {told}.",
            "Decide each on the page of the request, with a reason; then it can be printed and finished.",
        )


class YoungPersonError(KnownError):
    """A parent asks, and it is not noted what the young person was told and wants."""

    sentence = "It is not noted yet what the young person was told, and what they want."
    next_step = "Write both into the request first. It is their record."


class ChangedSinceFinishedError(KnownError):
    """A request is finished, and something it is about was written or changed since."""

    sentence = "Something was written, changed or taken out since this request was finished."
    next_step = "Begin a new request for it: what was decided in this one stays as it is."


class FinishedUnmarkedError(KnownError):
    """A request was finished by an older program, which did not keep the marks of what it was about."""

    sentence = "This request was finished by an older program, which did not keep what it was about."
    next_step = "Begin a new request, decide there, and print that one. What was decided in this one can still be read."


class OtherWordsError(KnownError):
    """A decision about words that are others by now."""

    sentence = "These words were changed while you were deciding. Nothing is decided yet."
    next_step = "Read them again, and decide about what stands there now."


class NothingInBundleError(KnownError):
    """A bundle in which nothing is to be printed."""

    sentence = "Nothing of this was decided to be printed."
    next_step = "The cover of the copy says that it is held back, and why."


class NoReasonError(KnownError):
    """A decision without a reason."""

    sentence = "A decision needs a reason."
    next_step = "Write it down in a few words. It stands on the cover where something is held back."


class NothingBlackedOutError(KnownError):
    """Words are to be blacked out, and none were chosen."""

    sentence = "No words are blacked out yet."
    next_step = "Select them in the text, then press “Black out what is selected”."


class RuleError(KnownError):
    """A rule for a due date that cannot be used; names the law, the part of the rule, and the reason."""

    def __init__(self, law: str, key: str, reason: str) -> None:
        self.law, self.key, self.reason = law, key, reason
        super().__init__(
            f"The rule {law} cannot be used: {key}: {reason}.",
            "Correct it, or take the rule that came with the program.",
        )
