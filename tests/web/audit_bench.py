"""A console with audits that are made in this process, small files of people who do not exist, and a reader who brings them."""

from __future__ import annotations

import re
import threading
import time
from html import unescape
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from habitue.app.audits.bringing import ALLOWANCE, Allowance
from habitue.app.audits.child import Ending, Halt, Step, Tell, Wish, Work, carry_out, ending_of
from habitue.app.audits.jobs import AuditJobs
from habitue.store import Settings
from habitue.web.site import site_at
from tests.web.paper import PaperDesk

THINGS = ("Tea", "Coffee", "Ham", "Figs")
SENDS_HEAD = "email,sent_at,campaign,product\n"
ORDERS_HEAD = "order id,email,date,product,quantity,amount\n"
SENDS = SENDS_HEAD + "".join(f"cast{n % 9}@shop.example,2025-{1 + n % 12:02}-{1 + n % 28:02} 09:30,News,{THINGS[n % 4]}\n" for n in range(60))
ORDERS = ORDERS_HEAD + "".join(f"{n},cast{n % 9}@shop.example,2025-{1 + n % 11:02}-{1 + n % 27:02} 15:10,{THINGS[n % 3]},1,{2 + n % 7}.50\n" for n in range(90))
BOTH = {"sends": ("newsletter.csv", SENDS), "orders": ("orders.csv", ORDERS)}
HERE = {"Origin": "http://localhost"}

Files = dict[str, tuple[str, str | bytes]]


def here(folder: Path, wish: Wish, tell: Tell, _halt: Halt) -> Ending:
    """The work of the child, done in this process."""
    try:
        carry_out(folder, wish, tell)
    except Exception as wrong:  # noqa: BLE001 - as the child does
        return ending_of(wrong)
    return Ending()


class Latch:
    """Work that stands still half way until it is let go or stopped."""

    def __init__(self, at: Wish = "judge") -> None:
        self.at, self.go, self.is_there = at, threading.Event(), threading.Event()

    def __call__(self, folder: Path, wish: Wish, tell: Tell, halt: Halt) -> Ending:
        if wish == self.at:
            tell(Step("judging", 1, 4))
            halt.on(self.go.set)
            self.is_there.set()
            self.go.wait(20)
        return Ending(broke="stopped") if halt.is_pulled else here(folder, wish, tell, halt)


class Bench:
    """A reader before the console of one house, and the folder in which its audits lie."""

    def __init__(self, data: Path, allowance: Allowance = ALLOWANCE, work: Work = here, is_demo: bool = False) -> None:
        self.settings = Settings(data=data, currency="EUR", zone="Europe/Paris", is_demo=is_demo)
        self.audits = AuditJobs(self.settings, allowance, work=work)
        self.desk = PaperDesk(settings=self.settings)
        self.client = TestClient(site_at(self.desk, audits=self.audits), base_url="http://localhost", headers=HERE, follow_redirects=False)
        self.folder = data / "audits"

    def bring(self, files: Files | None = None, **fields: str) -> Response:
        """Brings files for a new audit; the answer to the press itself."""
        return self.client.post("/audit", files=_parts(files or BOTH), data=fields)

    def again(self, job: str, files: Files | None = None, **fields: str) -> Response:
        """Changes files or answers; gives the page when it has been looked at."""
        said = {name.replace("__", "."): value for name, value in fields.items()}
        answer = self.client.post(f"{job}/again", files=_parts(files or {}) or {"none": ("", b"")}, data=said)
        return self.rested(answer.headers["location"]) if answer.status_code == 303 else answer

    def understood(self, files: Files | None = None, **fields: str) -> tuple[str, Response]:
        """Brings files and waits until they have been looked at; the audit's address and its page."""
        answer = self.bring(files, **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"], self.rested(answer.headers["location"])

    def done(self, files: Files | None = None) -> str:
        """The address of an audit that is done."""
        job, _page = self.understood(files)
        self.client.post(f"{job}/start")
        assert "Read the report" in self.rested(job).text
        return job

    def rested(self, job: str, language: str = "en") -> Response:
        """Its page when nothing is at work there any more."""
        for _ in range(600):
            page = self.client.get(job, headers={"Accept-Language": language})
            if "refresh" not in page.headers:
                return page
            time.sleep(0.05)
        raise AssertionError(f"{job} is still at work")

    def left(self) -> list[str]:
        """Every file and folder of the audits, but for the mark that the folder is in use."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.name != "in-use")


def said_on(page: Response) -> str:
    """What the page says is wrong."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in re.findall(r'<p class="said wrong"[^>]*>(.*?)</p>', page.text, re.DOTALL))


def _parts(files: Files) -> dict[str, tuple[str, bytes]]:
    return {kind: (name, body.encode() if isinstance(body, str) else body) for kind, (name, body) in files.items()}
