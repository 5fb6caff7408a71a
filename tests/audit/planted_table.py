"""Prints how well planted wrongs are found, by reason, and what is found in a clean file: `python -m tests.audit.planted_table`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.audit.audited import audited
from tests.audit.calendar_of_scenes import planted
from tests.audit.history import History
from tests.audit.planted_files import write
from tests.audit.test_planted import FAULTS, HOUSEHOLDS, LOOKALIKES, SEED, WRONGS, Findings


def main() -> None:
    history = History(HOUSEHOLDS, SEED)
    with tempfile.TemporaryDirectory() as folder:
        findings = Findings(write(planted(history, [*WRONGS, *LOOKALIKES], SEED), Path(folder)), audited(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        labels = write(planted(history, LOOKALIKES, SEED + 1), Path(folder))
        clean = sum(map(len, audited(Path(folder)).values()))
    lines = [f"audit, planted: {fault:<24} precision {findings.precision_and_recall(fault)[0]:.3f}  recall {findings.precision_and_recall(fault)[1]:.3f}"
             f"  of {sum(fault in label.faults for label in findings.planted.values())}" for fault in FAULTS]  # fmt: skip
    sys.stdout.write("\n".join([*lines, f"audit, clean: {clean} findings in {len(labels):,} sends"]) + "\n")


if __name__ == "__main__":
    main()
