"""`habitue import`: it says what it understood, tries it out, asks, remembers the answer, and goes on where it was killed."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.store import Settings, open_truth, save_settings
from tests.cli.conftest import Run
from tests.in_side import exports

MEMBERS = 3_000
Write = Callable[[str, str], str]
PROGRAM = """
import sys
from pathlib import Path
from habitue.app.imports.bringing import take_in, understand_file
from habitue.events import text_files
from habitue.store import load_settings, open_truth
text_files.ROWS_A_BATCH = 50
settings = load_settings(Path(sys.argv[1]))
truth = open_truth(settings)
take_in(truth, settings, understand_file(Path(sys.argv[2]), settings), lambda done, total: print(done, flush=True))
truth.close()
"""


@pytest.fixture
def habitue(settings: Settings, run_command: Callable[..., Run]) -> Run:
    """Runs one command on an empty house."""
    save_settings(settings)
    return run_command(settings)


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return str(tmp_path / name)

    return write


def count(settings: Settings, table: str) -> int:
    with closing(open_truth(settings)) as truth:
        return int(truth.run(f"SELECT count(*) FROM {table}")[0][0])


def test_a_dry_run_says_what_would_happen_and_writes_nothing(habitue: Run, settings: Settings, file: Write) -> None:
    code, out, err = habitue("import", file("orders_export_1.csv", exports.SHOPIFY_ORDERS), "--dry-run")
    assert (code, err) == (0, "")
    for said in (
        "orders_export_1.csv: orders (Shopify, orders export;",
        "“J…@Example.org”",
        "Times name their own zone.",
        "This is what would happen; nothing is written.",
        "Orders: 3 rows taken in, 0 known already, 2 set aside.",
        "Customers: 2 new, 0 changed.",
        "line 6: customer: nothing is written",
        "Leave to write: 6 given, 0 taken back.",
    ):
        assert said in out
    assert not any(hers in out for hers in ("Jeanne.Martin@", "rue Haute", "12 34 56", "69001"))
    assert (count(settings, "event"), count(settings, "import_run")) == (0, 0)
    assert not (settings.data / "mappings").exists()


def test_a_script_must_say_yes_once_and_the_next_file_of_that_heading_needs_no_question(habitue: Run, file: Write) -> None:
    orders = file("orders_export_1.csv", exports.SHOPIFY_ORDERS)
    code, out, err = habitue("import", orders)
    assert (code, "Nothing was read: nobody has confirmed what orders_export_1.csv tells." in err) == (3, True)
    code, out, _ = habitue("import", orders, "--yes")
    assert (code, "Kept for the next file of the same heading:" in out) == (0, True)
    code, out, _ = habitue("import", file("orders_export_2.csv", exports.SHOPIFY_ORDERS.replace("#10", "#20")))
    assert (code, "orders_export_2.csv: read as it was confirmed before" in out, "3 rows taken in" in out) == (0, True, True)


def test_a_person_is_shown_what_would_happen_and_asked(habitue: Run, settings: Settings, file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    members = file("subscribed_members.csv", exports.MAILCHIMP_SUBSCRIBED)
    for answer, code, events in (("n\n", 3, 0), ("y\n", 0, 8)):
        monkeypatch.setattr(sys, "stdin", _Terminal(answer))
        ended, out, _ = habitue("import", members)
        assert (ended, "Leave to write: 6 given" in out, "Is that right, and shall it be taken in?" in out) == (code, True, True)
        assert count(settings, "event") == events


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_kept_mapping_that_was_edited_is_obeyed(habitue: Run, settings: Settings, file: Write) -> None:
    tickets = file("tickets.csv", "ticket;client;article;date;montant;prix\nT1;C1;PAIN;25/03/2024;1,10;9,99\n")
    assert habitue("import", tickets, "--yes", "--dry-run")[0] == 3  # nothing tells how many
    code, _, err = habitue("import", tickets, "--yes", "--mapping", file("m.toml", '[orders.fixed]\nquantity = "1"\n[orders.columns]\namount = "montant"\n'))
    assert (code, err) == (0, "")
    (kept,) = (settings.data / "mappings").iterdir()
    kept.write_text(kept.read_text(encoding="utf-8").replace('amount = "montant"', 'amount = "prix"'), encoding="utf-8")
    habitue("import", file("tickets.csv", "ticket;client;article;date;montant;prix\nT2;C1;PAIN;26/03/2024;1,10;9,99\n"))
    with closing(open_truth(settings)) as truth:
        assert sorted(truth.run("SELECT amount_cents FROM orders")) == [(110,), (999,)]


def test_a_mapping_that_is_wrong_stops_before_anything_is_written(habitue: Run, settings: Settings, file: Write) -> None:
    orders = file("orders_export_1.csv", exports.SHOPIFY_ORDERS)
    for mapping, said in (
        ('[orders.columns]\norder = "Nombre"\n', "“Nombre”"),
        ('[orders.columns]\ncolour = "Name"\n', "“colour”"),
        ("[orders]\ncolums = 1\n", "colums"),
        ('[orders.forms]\ndates = "backwards"\n', "backwards"),
    ):
        code, _, err = habitue("import", orders, "--yes", "--mapping", file("m.toml", mapping))
        assert (code, said in err, "Traceback" in err) == (3, True, False)
    assert count(settings, "event") == 0


@pytest.mark.slow
def test_killed_in_the_midst_the_same_command_goes_on_and_doubles_nothing(habitue: Run, settings: Settings, file: Write) -> None:
    rows = "".join(exports.MEMBER.format(email=f"her{n}@example.org", name=f"N{n}", more="") for n in range(MEMBERS))
    members = file("subscribed_members.csv", exports.MAILCHIMP.format(more="") + rows)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(settings.data), members], stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout
        seen = [child.stdout.readline() for _ in range(10)]
        os.kill(child.pid, signal.SIGKILL)
    assert seen[-1].strip().isdigit()
    begun = count(settings, "person")
    assert 0 < begun < MEMBERS
    assert count(settings, "consent") == 3 * begun
    code, out, _ = habitue("import", members, "--yes")
    assert (code, f"{MEMBERS - begun:,} rows taken in, {begun:,} known already, 0 set aside." in out) == (0, True)
    assert [count(settings, table) for table in ("person", "profile", "consent", "event")] == [MEMBERS, MEMBERS, 3 * MEMBERS, 4 * MEMBERS]
