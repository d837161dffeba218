"""What a reliability trial is: something tried many times, what was counted, and the target that must be met.

A module of this package lists its trials in `TRIALS`; nothing else has to be told of them. Each runs in a process of
its own with an empty home, in an empty folder of its own. What it writes to stderr is shown where it misses its target.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Figures = dict[str, float]
"""What was counted, by the names of the target's goals."""

Run = Callable[[int, Path], Figures]
"""Try so many times in an empty folder, and return what was counted."""


class Goal(NamedTuple):
    """One number of a target: how many tries there must be, or the most or the least of something."""

    name: str
    number: float
    kind: str

    def is_met(self, found: float, count: int) -> bool:
        """Say whether what was counted reaches the goal of a run with so many tries."""
        if self.kind == "tries":
            return found >= count
        return found <= self.number if self.kind == "most" else found >= self.number

    def text(self) -> str:
        return f"{'≥ ' if self.kind == 'least' else ''}{self.number:,.10g}"


def tries(name: str, number: int) -> Goal:
    """How many tries a full run has; a fast one has as many as it was asked for."""
    return Goal(name, number, "tries")


def most(name: str, number: float) -> Goal:
    """At most so many, in a run of any length."""
    return Goal(name, number, "most")


def least(name: str, number: float) -> Goal:
    """At least so much, in a run of any length."""
    return Goal(name, number, "least")


class Control(NamedTuple):
    """The same trial with a safeguard taken away: it must miss the target, or the trial shows nothing.

    `share` names a figure and what part of the tries it must at least make up. Without counts, the trial's are taken.
    """

    what: str
    run: Run
    share: tuple[str, float] | None = None
    fast: int = 0
    full: int = 0

    def bites(self, goals: tuple[Goal, ...], figures: Figures, count: int) -> bool:
        """Say whether the control missed the target as it must."""
        missed = [one for one in goals if one.kind != "tries" and not one.is_met(figures.get(one.name, 0), count)]
        enough = self.share is None or figures[self.share[0]] > self.share[1] * count
        return bool(missed) and enough


class Trial(NamedTuple):
    """One trial of section e of the vault's plan; `tools` are the programs it cannot do without.

    With `memory_locked`, SQLCipher locks its memory in a fast run as well, as it does in every full one.
    """

    id: str
    title: str
    target: tuple[Goal, ...]
    run: Run
    fast: int
    full: int
    controls: tuple[Control, ...] = ()
    tools: tuple[str, ...] = ()
    memory_locked: bool = False


class Outcome(NamedTuple):
    """What a trial and its controls counted, every reason why that is not good enough, and the seconds of work."""

    figures: Figures
    controls: tuple[Figures, ...]
    faults: tuple[str, ...]
    seconds: float = 0.0


def carry_out(trial: Trial, counts: str, folder: Path) -> Outcome:
    """Run a trial and its controls with the counts `fast` or `full`, each in a folder of its own."""
    missing = [one for one in trial.tools if shutil.which(one) is None]
    if missing:
        return Outcome({}, (), (f"{trial.id} cannot be run without {', '.join(missing)}",))
    count = getattr(trial, counts)
    figures = trial.run(count, _folder(folder, "trial"))
    faults = [
        f"{one.name}: {figures.get(one.name)}, target {one.text()}"
        for one in trial.target
        if one.name not in figures or not one.is_met(figures[one.name], count)
    ]
    found = []
    for at, control in enumerate(trial.controls):
        own = getattr(control, counts) or count
        found.append(control.run(own, _folder(folder, f"control {at}")))
        if not control.bites(trial.target, found[-1], own):
            faults.append(f"the control ({control.what}) did not fail as it must: {words(found[-1])}")
    return Outcome(figures, tuple(found), tuple(faults))


def words(figures: Figures) -> str:
    """Return figures as a person reads them."""
    return ", ".join(f"{number:,.10g} {name}" for name, number in figures.items())


def target_words(trial: Trial) -> str:
    """Return a trial's target as its numbers, in the order of its figures."""
    return " / ".join(one.text() for one in trial.target)


def line(trial: Trial, outcome: Outcome) -> str:
    """Return all that a trial found in one line."""
    said = [f"{trial.id:<3} {trial.title}: {words(outcome.figures) or 'not run'}; target {target_words(trial)}"]
    said += [
        f"control, {one.what}: {words(found)}" for one, found in zip(trial.controls, outcome.controls, strict=False)
    ]
    said += [f"FAILED, {one}" for one in outcome.faults]
    if outcome.seconds:
        said.append(f"{outcome.seconds:.1f} s of work")
    return "; ".join(said)


def _folder(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir(mode=0o700)
    return place
