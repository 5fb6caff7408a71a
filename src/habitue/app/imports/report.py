"""What an import has to tell: every row is accepted, repeated or rejected, and the three add up to the rows of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from habitue.events.lookup import take_numbers
from habitue.events.records import source_ids
from habitue.events.tables import Rejects
from habitue.store import Truth, sql_text

Progress = Callable[[int, int], None]
THOUSANDTHS = 1_000
SHOWN_REJECTS = 10_000


@dataclass(frozen=True)
class ImportReport:
    """The books of one import.

    Units: rows of the file; `changed` counts orders that the source now tells differently. `rejected` lists line and reason,
    at most 10,000 of them; all of them are in the truth, in `import_reject` under `run_id`.
    """

    run_id: int
    kind: str
    file: str
    accepted: int
    repeated: int
    rejected_rows: int
    rejected: tuple[tuple[int, str], ...]
    changed: int = 0
    notes: tuple[str, ...] = ()
    people_new: int = 0
    people_changed: int = 0
    leaves_given: int = 0
    leaves_narrowed: int = 0
    leaves_refused: int = 0
    """Opt-ins that were not taken in, because she had opted out."""


class Run:
    """An import under way: counts, sets rejected rows aside in the truth, and tells how far it is."""

    def __init__(self, truth: Truth, source: str, kind: str, path: Path, progress: Progress | None, begun_at: int, title: str = "") -> None:
        self.truth, self.kind, self.path, self.progress, self.title = truth, kind, path, progress, title
        self.columns: Mapping[str, str] = {}
        self.people_new = self.people_changed = self.leaves_given = self.leaves_narrowed = self.leaves_refused = 0
        self.accepted = self.repeated = self.changed = self.rejected_rows = 0
        self.rejected: Rejects = []
        self.notes: list[str] = []
        with truth.transaction():
            truth.next_seq(0)  # waits for whoever is writing
            self.run_id = take_numbers(truth, "import_run", 1)
            source_id = source_ids(truth, [source])[source]
            truth.run(sql_text("app", "add_import_run"), (self.run_id, source_id, kind, path.name, begun_at))

    def reject(self, rows: Iterable[tuple[int, str]]) -> None:
        """Sets rows aside, each with its line and reason; may stand inside a transaction or outside."""
        fresh = list(rows)
        self.rejected_rows += len(fresh)
        self.rejected += fresh[: max(0, SHOWN_REJECTS - len(self.rejected))]
        self.truth.run_many(sql_text("app", "add_import_reject"), [(self.run_id, line, reason) for line, reason in fresh])

    def tell(self, share: float) -> None:
        """Tells the caller how far the work is, from 0 to 1."""
        if self.progress:
            self.progress(round(share * THOUSANDTHS), THOUSANDTHS)

    def finish(self) -> ImportReport:
        """Closes the books."""
        counts = (self.accepted, self.repeated, self.rejected_rows)
        self.truth.run(sql_text("app", "close_import_run"), (*counts, self.run_id))
        self.tell(1.0)
        rejected = tuple(sorted(self.rejected))
        people = (self.people_new, self.people_changed)
        leaves = (self.leaves_given, self.leaves_narrowed, self.leaves_refused)
        return ImportReport(self.run_id, self.kind, self.path.name, *counts, rejected, self.changed, tuple(self.notes), *people, *leaves)
