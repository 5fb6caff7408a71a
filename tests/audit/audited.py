"""What `habitue audit` finds in a folder of planted files, send by send."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from habitue.audit.model import FAULTS
from habitue.workshop.grocer import ZONE

BESIDE = ("catalogue", "preferences", "messages", "consents", "stock")


def audited(folder: Path) -> dict[int, set[str]]:
    """By line of sends.csv: the names of its wrongs, as the command writes them down. It must end well and set no row aside."""
    out = folder / "audit"
    options = [word for kind in BESIDE for word in (f"--{kind}", str(folder / f"{kind}.csv"))]
    options += ["--zone", ZONE, "--out", str(out), "--data", str(folder / "no-house"), "--json"]
    command = [sys.executable, "-m", "habitue", "audit", str(folder / "sends.csv"), str(folder / "orders.csv"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (out / "set-aside.csv").read_text(encoding="utf-8").splitlines() == ["file,line,reason"]
    rows = pq.read_table(out / "findings.parquet").to_pylist()
    return {row["line"]: {name for fault in FAULTS if row[name := fault.name.lower()]} for row in rows}
