"""The trials with their full counts: `python -m tests.reliability [ID…] [--counts full|fast]`."""

import argparse
import datetime
import sys

from tests.reliability import frame, record, registry


def main() -> int:
    """Run the trials named, or all; print a line for each and write the page. Returns 1 where a target was missed."""
    known = registry.all_trials()
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help=f"which trials: {' '.join(known)}; all without")
    parser.add_argument("--counts", choices=("full", "fast"), default="full", help="full counts write the page")
    asked = parser.parse_args()
    unknown = set(asked.ids) - set(known)
    if unknown:
        parser.error(f"no such trial: {' '.join(sorted(unknown))}")
    failed = False
    begun = registry.run_each(asked.ids or list(known), asked.counts)
    for id, coming in begun.items():
        outcome = coming.result()
        trial = known[id][1]
        failed = failed or bool(outcome.faults)
        sys.stdout.write(f"{frame.line(trial, outcome)}\n")
        sys.stdout.flush()
        if asked.counts == "full":
            page = registry.ROOT / "docs" / "reliability.md"
            record.write(page, {id: (trial, outcome)}, datetime.date.today(), record.machine())
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
