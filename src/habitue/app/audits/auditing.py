"""An audit from files to a folder: each file is understood, read, laid out and judged; nothing of it is kept.

1. Every file is recognised (`recognising`), and what was understood can be asked before anything is read. 2. Its rows become columns, what cannot be
read is set aside with its line and reason. 3. The room `audit` judges and adds up. 4. The report and the findings are put into their folder at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from habitue.app.audits.columns import COLUMNS, Where
from habitue.app.audits.mapping import read_audit_mapping
from habitue.app.understanding.customers import common_identity
from habitue.app.understanding.forms import Asked
from habitue.app.understanding.layouts import Layout, layouts
from habitue.app.understanding.mapping_texts import to_toml
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.recognising import recognise
from habitue.app.understanding.remarks import said
from habitue.audit.figures import Figures, FileRead
from habitue.audit.judging import judge
from habitue.audit.model import Limits
from habitue.audit.scoring import score_sends
from habitue.audit.shelf import Shelf
from habitue.audit.staging import Staging
from habitue.audit.summing import Summing
from habitue.content.model import Shop, word_of
from habitue.store import Settings
from habitue.store.columnar import Columnar, Shortage
from habitue.store.projection import Progress, silent
from habitue.words.clock import SystemClock
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel

MEMORY_MB = 2_500
SHORTAGE = Shortage(
    f"The files are too large for the {MEMORY_MB:,} MB of memory that an audit takes, and for the disk that holds what does not fit (TMPDIR names another).",
    "The disk that holds what does not fit in memory cannot be read or written: {wrong}. Make room on it, or name another with TMPDIR.",
)
DAY_SECONDS = 86_400
REASONS_SHOWN = 20
MAPPING = "mapping.toml"


@dataclass(frozen=True)
class Asking:
    """What is to be audited: files by kind (sends and orders are needed), and how they are to be understood."""

    files: Mapping[str, Path]
    out: Path
    mapping: Path | None = None
    asked: Asked = field(default_factory=Asked)
    language: str = "en"
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Understood:
    """The files as they were understood, sends and orders first."""

    files: list[Recognised] = field(default_factory=list)


def understand(asking: Asking, settings: Settings) -> Understood:
    """Recognises every file and finds the column by which they know the same people.

    Raises: BadInput with what is missing, in doubt beyond guessing, or in the wrong place.
    """
    told: dict[str, Any] = read_audit_mapping(asking.mapping) if asking.mapping else {}
    files = [recognise(path, kind, settings, told.get(kind, {}), asking.asked) for kind, path in asking.files.items()]
    return Understood(list(common_identity(*files)))


def audit(asking: Asking, understood: Understood, settings: Settings, progress: Progress = silent, held_back_from: int = 0) -> Figures:
    """Judges every send and puts the report into its folder; gives the figures.

    The score is tried on the sends from the day `held_back_from` on; 0: on those after the earlier half of the answers.
    Raises: BadInput where nothing can be read, StoreError where the disk or the memory is too small. Then the folder stays as it was.
    """
    shelf = Shelf(asking.out)
    try:
        with _engine() as engine:
            staging = Staging(engine)
            read = [_take(one, staging, shelf, asking.language, progress) for one in understood.files]
            limits = limits_of(Shop())
            parts = staging.lay_out(limits)
            judge(engine, parts, progress)
            summing = Summing(engine, limits, asking.language)
            score = score_sends(engine, progress, held_back_from)
            currency = next((one.mapping.currency for one in understood.files if one.kind == "orders"), "") or settings.currency
            title = asking.title or asking.files["sends"].name
            figures = summing.figures(title, currency, settings.zone, read, score, asking.notes)
            shelf.fill(engine, figures, asking.language)
            (shelf.fresh / MAPPING).write_text(to_toml(one.mapping for one in understood.files), encoding="utf-8")
        shelf.put()
        return figures
    finally:
        shelf.leave()


def limits_of(shop: Shop) -> Limits:
    """What a shop allows itself: the limits of a book that says nothing else."""
    costs = {int(channel): shop.channel_costs_millicents[word_of(channel)] for channel in Channel}
    return Limits(shop.week_cap, shop.month_cap, shop.quiet_from, shop.quiet_until, shop.attention_millicents, costs)


def _title(layout: Layout | None, language: str) -> str:
    """The name of a known layout, in the reader's language; empty where there is none."""
    return "" if layout is None else layout.title_fr if language == "fr" else layout.title


@contextmanager
def _engine() -> Iterator[Columnar]:
    """The columnar engine with a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="habitue-audit-") as folder:
        engine = Columnar(MEMORY_MB, Path(folder), shortage=SHORTAGE)
        try:
            yield engine
        finally:
            engine.close()


def _take(one: Recognised, staging: Staging, shelf: Shelf, language: str, progress: Progress) -> FileRead:
    """Reads one file into the engine: while a batch goes in, the next is read."""
    name, columns = COLUMNS[one.kind]
    where = Where(one.mapping.zone, one.has_hours)
    rows = set_aside = 0
    reasons: list[tuple[int, str]] = []
    with closing(one.opened()) as table, ThreadPoolExecutor(1) as aside:
        going_in: Future[None] | None = None
        for values in one.reading(table, SystemClock().instant() + DAY_SECONDS):
            batch = columns(values, where)
            if going_in:
                going_in.result()
            if len(values.lines):
                going_in = aside.submit(staging.take, name, batch)
            rows, set_aside = rows + len(values.lines), set_aside + len(values.rejected)
            reasons += values.rejected[: REASONS_SHOWN - len(reasons)]
            shelf.set_aside(one.path.name, values.rejected)
            progress(f"reading {one.path.name}", round(values.share * 1000), 1000)
        if going_in:
            going_in.result()
    if not rows and one.kind in ("sends", "orders"):
        first = f" The first: line {reasons[0][0]}, {reasons[0][1]}." if reasons else ""
        raise BadInput(f"No row of {one.path.name} could be read as {one.kind}; {set_aside:,} were set aside.{first}")
    titles = layouts()[one.layout] if one.layout else None
    notes = (*(said(note, language) for note in (*one.notes, *table.remarks)), *table.notes)
    return FileRead(one.kind, one.path.name, _title(titles, language), rows, set_aside, tuple(reasons), notes)
