"""Every trial meets its target with its fast share, and every control fails as it must.

The full counts run with `python -m tests.reliability`.
"""

import pytest

from tests.reliability import frame, registry
from tests.reliability.frame import Control, Trial, carry_out, least, most, tries

TRIALS = registry.all_trials()
SECONDS = 400


@pytest.fixture(scope="module")
def begun(request: pytest.FixtureRequest):
    """Every trial that is to be run, begun together."""
    chosen = {
        one.callspec.id for one in request.session.items if one.parent is request.node and hasattr(one, "callspec")
    }
    return registry.run_each([one for one in TRIALS if one in chosen], "fast", SECONDS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("id", TRIALS, ids=str)
def test_trial(id: str, begun, tell) -> None:
    outcome = begun[id].result()
    said = frame.line(TRIALS[id][1], outcome)
    tell(said)
    assert not outcome.faults, said


def of(lost: int, control_lost: int, **more) -> Trial:
    control = Control("nothing is kept", lambda count, _: {"kills": count, "lost": control_lost}, **more)
    goals = (tries("kills", 250), most("lost", 0))
    return Trial("R0", "killed", goals, lambda count, _: {"kills": count, "lost": lost}, 10, 250, (control,))


def test_a_trial_that_meets_its_target_and_its_control_that_fails(tmp_path) -> None:
    outcome = carry_out(of(0, 9, share=("lost", 0.6)), "fast", tmp_path)
    assert outcome.faults == ()
    said = frame.line(of(0, 9), outcome)
    assert said == "R0  killed: 10 kills, 0 lost; target 250 / 0; control, nothing is kept: 10 kills, 9 lost"


@pytest.mark.parametrize(
    ("trial", "why"),
    [
        (of(1, 9), "lost: 1, target 0"),
        (of(0, 0), "did not fail"),
        (of(0, 6, share=("lost", 0.6)), "did not fail"),
        (of(0, 9)._replace(tools=("no-such-tool",)), "cannot be run without no-such-tool"),
        (of(0, 9)._replace(run=lambda count, _: {"kills": count - 1, "lost": 0}), "kills: 9"),
        (of(0, 9)._replace(run=lambda count, _: {"kills": count}), "lost: None"),
        (of(0, 9)._replace(target=(least("kills", 99.7),)), "kills: 10, target ≥ 99.7"),
    ],
)
def test_a_trial_that_is_not_good_enough_is_told(trial: Trial, why: str, tmp_path) -> None:
    outcome = carry_out(trial, "fast", tmp_path)
    assert any(why in one for one in outcome.faults)
    assert "FAILED" in frame.line(trial, outcome)
