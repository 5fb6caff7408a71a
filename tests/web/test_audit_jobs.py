"""What an audit in the console leaves behind: nothing when a process is ended, nothing after its time, nothing half made."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from habitue.app.audits.bringing import Allowance, Bringing, harmless_name, shown_name
from habitue.app.audits.child import Ending, Halt, Step, Tell, Wish, in_child
from habitue.app.audits.job import Answers, asking_of, read_job
from habitue.app.audits.jobs import NOT_ALL_GONE, AuditJobs
from habitue.app.audits.mapping import read_audit_mapping
from habitue.app.audits.queue import AuditQueue
from habitue.store import Settings
from habitue.words.errors import Busy, StoreError, Unknown
from tests.web.audit_bench import BOTH, ORDERS, SENDS, Bench, Latch, here

DAY_SECONDS = 86_400


@dataclass
class Watch:
    """A clock that is put forward by hand."""

    at: int = 1_800_000_000

    def instant(self) -> int:
        return self.at


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "house")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def jobs(settings: Settings, watch: Watch) -> Iterator[AuditJobs]:
    made = AuditJobs(settings, clock=watch, work=here)
    yield made
    made.close()


def brought(jobs: AuditJobs, **files: str) -> str:
    """The id of an audit of these files, which has been looked at."""
    bringing = jobs.begin()
    fill(bringing, **files or {"sends": SENDS, "orders": ORDERS})
    job = jobs.brought(bringing, "en", {})
    rest(jobs, job.id)
    return job.id


def fill(bringing: Bringing, **files: str) -> None:
    for kind, body in files.items():
        bringing.open(kind, f"{kind}.csv")
        bringing.write(body.encode())
        bringing.close()


def rest(jobs: AuditJobs, job_id: str) -> None:
    for _ in range(600):
        if jobs.folder.job(job_id).stage not in ("looking", "judging"):
            return
        time.sleep(0.02)
    raise AssertionError("still at work")


def done(jobs: AuditJobs) -> str:
    job_id = brought(jobs)
    jobs.start(job_id, "en")
    rest(jobs, job_id)
    assert jobs.folder.job(job_id).stage == "done"
    return job_id


def test_reading_makes_no_folder(jobs: AuditJobs) -> None:
    assert jobs.folder.listed() == []
    assert not jobs.folder.path.exists()


def test_only_this_account_may_look_into_the_folder(jobs: AuditJobs) -> None:
    job_id = brought(jobs)
    for path in (jobs.folder.path, jobs.folder.of(job_id), jobs.folder.of(job_id) / "files" / "1"):
        assert path.stat().st_mode & 0o777 == 0o700
    assert (jobs.folder.of(job_id) / "files" / "1" / "sends.csv").stat().st_mode & 0o777 == 0o600
    assert len(job_id) == 22


def test_what_an_ended_console_had_begun_is_swept_and_what_is_done_stays(settings: Settings, watch: Watch, jobs: AuditJobs) -> None:
    kept, asked = done(jobs), brought(jobs)
    half = jobs.begin()
    fill(half, sends=SENDS)
    (jobs.folder.path / "x.going").mkdir()
    jobs.close()
    after = AuditJobs(settings, clock=watch, work=here)
    assert [path.name for path in after.folder.path.iterdir() if path.is_dir()] == [kept]
    with pytest.raises(Unknown):
        after.folder.job(asked)
    after.close()


def test_a_report_goes_after_thirty_days_and_a_question_after_one(jobs: AuditJobs, watch: Watch) -> None:
    made, asked = done(jobs), brought(jobs)
    watch.at += DAY_SECONDS
    assert [job.id for job in jobs.folder.listed()] == [made]
    jobs.folder.sweep()
    assert not jobs.folder.of(asked).exists()
    watch.at += 29 * DAY_SECONDS - 1
    assert jobs.folder.job(made)
    watch.at += 1
    with pytest.raises(Unknown):
        jobs.folder.job(made)
    jobs.folder.sweep()
    assert not jobs.folder.of(made).exists()


def test_what_was_brought_and_cannot_be_deleted_is_said_and_goes_with_the_next_console(
    settings: Settings, watch: Watch, jobs: AuditJobs, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(path: str, *more: Any, **named: Any) -> None:
        if Path(path).suffix == ".csv":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, *more, **named)

    job_id, unlink = brought(jobs), os.unlink
    with monkeypatch.context() as stuck:
        stuck.setattr(os, "unlink", refused)  # a disk that lets a folder's files be read and not be deleted
        jobs.start(job_id, "en")
        rest(jobs, job_id)
    job = jobs.folder.job(job_id)
    assert (job.stage, job.problem) == ("done", NOT_ALL_GONE)
    assert "not everything of an audit could be deleted" in [record.message for record in caplog.records]
    files = list((jobs.folder.of(job_id) / "files").rglob("*.csv"))
    assert files
    jobs.close()
    after = AuditJobs(settings, clock=watch, work=here)
    assert after.folder.job(job_id).problem == ""
    assert not any(file.exists() for file in files)
    after.close()


def test_another_console_shows_and_takes_nothing(settings: Settings, watch: Watch, jobs: AuditJobs) -> None:
    job_id = done(jobs)
    asked = brought(jobs)
    other = AuditJobs(settings, clock=watch, work=here)
    assert {job.id for job in other.folder.listed()} == {job_id, asked}
    for act in (other.begin, lambda: other.go_on(asked), lambda: other.start(asked, "en"), lambda: other.take_away(job_id)):
        with pytest.raises(Busy, match="Another console"):
            act()
    jobs.close()
    other.take_away(job_id)
    assert other.folder.listed() == []  # the other one was never answered, and went with the console that had asked
    other.close()


def test_what_breaks_is_a_sentence_and_a_line_in_the_log_without_a_name(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_folder: Path, _wish: str, _tell: object, _halt: Halt) -> Ending:
        raise KeyError("Agnès Morel")

    jobs = AuditJobs(settings, work=broken)  # type: ignore[arg-type]
    with caplog.at_level(logging.INFO):
        job = jobs.folder.job(brought(jobs))
    assert (job.stage, job.problem[:15]) == ("stopped", "Something broke")
    assert "KeyError" in caplog.text
    assert "Morel" not in caplog.text
    assert len(job.files) == 2
    jobs.close()


def test_a_child_that_is_killed_leaves_no_half_report(settings: Settings) -> None:
    def killed(folder: Path, wish: Wish, _tell: Tell, halt: Halt) -> Ending:
        return in_child(folder, wish, lambda step: halt.pull() if step.what == "judging" else None, halt)

    jobs = AuditJobs(settings, work=killed)
    job_id = brought(jobs)
    jobs.start(job_id, "en")
    rest(jobs, job_id)
    assert jobs.folder.job(job_id).stage == "stopped"
    assert {path.name for path in jobs.folder.of(job_id).iterdir()} == {"job.json", "files", "understanding.json"}
    jobs.close()


def test_the_child_ends_when_whoever_started_it_has_gone(jobs: AuditJobs) -> None:
    folder = jobs.folder.of(brought(jobs))
    command = [sys.executable, "-P", "-m", "habitue.app.audits.child", str(folder), "judge"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert child.stdin
    child.stdin.close()
    assert child.wait(30) == 1
    assert not (folder / "report").exists()


def test_the_child_says_its_steps_and_what_is_wrong(jobs: AuditJobs) -> None:
    steps: list[Step] = []
    job_id = brought(jobs)
    assert in_child(jobs.folder.of(job_id), "judge", steps.append, Halt()) == Ending()
    assert list(dict.fromkeys(step.what for step in steps)) == ["reading sends.csv", "reading orders.csv", "judging", "scoring"]
    (jobs.folder.of(job_id) / "files" / "1" / "sends.csv").write_text("", encoding="utf-8")
    assert in_child(jobs.folder.of(job_id), "look", steps.append, Halt()) == Ending(problem="sends.csv is empty; its first line must name the columns.")


def test_files_that_were_changed_meanwhile_are_not_changed_twice(jobs: AuditJobs) -> None:
    job_id = brought(jobs)
    one, other = jobs.go_on(job_id), jobs.go_on(job_id)
    fill(one, orders=ORDERS)
    fill(other, orders=ORDERS)
    jobs.brought(one, "en", {})
    rest(jobs, job_id)
    with pytest.raises(Busy):
        jobs.brought(other, "en", {})
    other.leave()
    jobs.start(job_id, "en")
    rest(jobs, job_id)
    assert jobs.folder.job(job_id).stage == "done"


def test_a_disk_that_is_full_is_a_sentence(jobs: AuditJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="GB left, too little"):
        jobs.begin(1 << 60)
    bringing = jobs.begin()
    bringing.open("sends", "sends.csv")
    monkeypatch.setattr("habitue.app.audits.bringing.path_of", lambda *_: Path("/nowhere/x"))
    with pytest.raises(StoreError, match="cannot be kept"):
        bringing.open("orders", "orders.csv")
    monkeypatch.undo()
    bringing.leave()
    assert jobs.folder.listed() == []


def test_columns_that_were_named_go_into_the_mapping_that_was_brought(jobs: AuditJobs) -> None:
    bringing = jobs.begin()
    fill(bringing, sends=SENDS, orders=ORDERS)
    bringing.open("mapping", "mapping.toml")
    bringing.write(b'[sends]\ncurrency = "EUR"\n[sends.columns]\nthing = "product"\n[orders.fixed]\nquantity = 2\n')
    job = jobs.brought(bringing, "en", {}, Answers(columns={"sends.at": 'the "when"'}))
    rest(jobs, job.id)
    asking, _settings = asking_of(jobs.folder.of(job.id), jobs.folder.job(job.id))
    assert asking.mapping
    told = read_audit_mapping(asking.mapping)
    assert told["sends"]["columns"] == {"thing": "product", "at": 'the "when"'}
    assert told["orders"]["fixed"] == {"quantity": 2}


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../x.csv", "x.csv"),
        ("C:\\Users\\her\\Envois d'été.CSV", "Envois d_été.csv"),
        ("subscribed_members_export_0a1b.csv", "subscribed_members_export_0a1b.csv"),
        ("=1+1.csv", "1_1.csv"),
        ("...csv", "sends.csv"),
        ("x.csv", "x-2.csv"),
        ("a" * 300 + ".parquet", "a" * 60 + ".parquet"),
    ],
)
def test_a_name_to_lie_under_is_harmless_and_near_to_its_own(sent: str, name: str) -> None:
    assert harmless_name(shown_name(sent), "sends", {"x.csv"} if name == "x-2.csv" else ()) == name


def test_pieces_are_counted_before_they_are_kept(jobs: AuditJobs) -> None:
    bringing = jobs.begin()
    bringing.allowance = Allowance(file_bytes=10, total_bytes=14)
    bringing.open("sends", "a.csv")
    bringing.write(b"1234567890")
    bringing.open("orders", "b.csv")
    bringing.write(b"12345")
    bringing.write(b"1")
    assert [(file.shown, file.why) for file in bringing.turned_away] == [("b.csv", "room")]
    assert bringing.total_bytes == 10
    bringing.leave()
    assert jobs.folder.path.exists()
    assert not bringing.folder.exists()


def test_an_audit_taken_away_while_it_waits_is_passed_over(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "house", work=(latch := Latch("look")))
    bench.bring(BOTH)
    assert latch.is_there.wait(20)
    second = bench.bring(BOTH).headers["location"]
    assert bench.client.post(f"{second}/away").status_code == 303
    latch.go.set()
    assert "What was understood" in bench.understood()[1].text
    assert len([path for path in bench.folder.iterdir() if read_job(path)]) == 2
    bench.audits.close()


def test_the_one_thread_that_serves_audits_goes_on_whatever_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, rests = list[str](), list[int]()

    def work(*_what: object) -> Ending:
        return Ending()

    def end(job_id: str, _wish: Wish, _ending: Ending) -> None:
        ended.append(job_id)
        raise ValueError("cannot be written down")

    def idle() -> None:
        rests.append(1)
        raise OSError("the folder is gone")

    monkeypatch.setattr("habitue.app.audits.queue.IDLE_SECONDS", 0.05)
    queue = AuditQueue(work, end, idle)
    queue.open()
    for number in (1, 2):
        seen, until = len(rests), time.monotonic() + 10
        while len(rests) == seen and time.monotonic() < until:
            time.sleep(0.02)
        queue.put(str(number), tmp_path, "look")
        time.sleep(0.3)
    queue.close()
    assert ended == ["1", "2"]
