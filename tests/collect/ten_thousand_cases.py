"""Requests made up from the description of the intake, right ones and wrong ones, told to a house that listens: `python -m tests.collect.ten_thousand_cases`.

Each answer must be one that is described, and no 5xx; each no must have a sentence. What was acknowledged is looked for afterwards, message by message:
in the log, among the dead letters, or among what was refused as told before.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from requests.auth import HTTPBasicAuth
from rich.console import Console
from schemathesis.generation import GenerationMode
from schemathesis.generation.feedback import FeedbackSources

from habitue.events.arrivals import dead_letters
from habitue.store import Settings, Truth, open_truth
from habitue.web.openapi import description
from habitue.workshop.bench import Figure, Told, bench_folder, figure, show
from habitue.workshop.postgres_server import postgres_server
from tests.collect.clients import KEY, lay_out, serving

CASES = 10_000
RIGHT_A_ROUND, WRONG_A_ROUND = 30, 12  # of each address; what is wrong takes five times as long to make up
SORTED_WITHIN_SECONDS = 120
SEED = 20_261_122
LETTING_GO = ("page", "screen", "track")
EVERY_TENTH = 10
Case = schemathesis.Case


@dataclass
class Tale:
    """What was made up, what was answered, and which messages were acknowledged: by our id (beside it a new order's number), or by their text."""

    cases: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)


@lru_cache(maxsize=1)
def made_up(how_many: int, first: int = SEED) -> list[Case]:
    """So many requests, the same each time for a seed: round by round over all addresses, right ones as described and wrong ones in turn."""
    schema = schemathesis.openapi.from_dict(json.loads(description()))
    operations = [found.ok() for found in schema.get_all_operations()]
    right = [one.as_strategy(generation_mode=GenerationMode.POSITIVE, feedback=FeedbackSources()) for one in operations]
    wrong = [one.as_strategy(generation_mode=GenerationMode.NEGATIVE, feedback=FeedbackSources()) for one in operations if one.body]
    a_round = [*((way, RIGHT_A_ROUND) for way in right), *((way, WRONG_A_ROUND) for way in wrong)]
    made, seeds, rounds = list[Case](), count(first), how_many / sum(few for _, few in a_round)
    while len(made) < how_many:
        for way, few in a_round:
            _draw(way, math.ceil(few * min(1, rounds)), next(seeds), made)
    return made[:how_many]


def _draw(way: Any, how_many: int, number: int, made: list[Case]) -> None:
    """Draws some requests in one way."""

    @seed(number)
    @settings(max_examples=how_many, phases=(Phase.generate,), database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=way)
    def draw(case: Case) -> None:
        made.append(case)

    draw()


def tell(port: int, key: str, cases: Sequence[Case]) -> Tale:
    """Tells made-up requests to a house."""
    tale = Tale()
    with requests.Session() as session:
        for case in cases:
            _one(case, session, f"http://127.0.0.1:{port}", key, tale)
    return tale


def _one(case: Case, session: requests.Session, address: str, key: str, tale: Tale) -> None:
    """Tells one case, and looks at its answer."""
    tale.cases += 1
    messages = _numbered(case.body, tale.cases) if case.method == "POST" else []
    auth = None if tale.cases % EVERY_TENTH == 0 else HTTPBasicAuth(key, "")
    answer = case.call(base_url=address, session=session, auth=auth, timeout=60)
    tale.answers[answer.status_code] += 1
    if mistake := _mistake(case, answer):
        tale.wrong.append(f"{case.method} {case.path}: {answer.status_code}: {mistake}")
    elif answer.status_code == 200 and case.method == "POST":
        _acknowledged(case, messages, tale)


def _numbered(body: Any, number: int) -> list[Any]:
    """The messages of a body, each with an id of ours; only what can be no id stays, for us to say no to."""
    if not isinstance(body, dict):
        return []
    batch = body.get("batch")
    messages = [*batch, body] if isinstance(batch, list) else [body]
    for place, message in enumerate(messages):
        if isinstance(message, dict) and not isinstance(message.get("messageId"), list | dict | bool | float):
            message["messageId"] = f"case-{number}-{place}"
    return messages


def _mistake(case: Case, answer: Any) -> str:
    """What is wrong with an answer; empty where nothing is."""
    if answer.status_code >= 500:
        return "an error of ours"
    if str(answer.status_code) not in case.operation.definition.raw["responses"]:
        return "an answer that is not described"
    if answer.status_code >= 400:
        kind = answer.headers["content-type"][0]
        text = answer.content.decode("utf-8")
        said = text.removeprefix("// ") if kind.startswith("text/javascript") else json.loads(text)["error"]
        return "" if said.strip().endswith((".", "”")) else f"no sentence: {said}"
    return ""


def _acknowledged(case: Case, messages: list[Any], tale: Tale) -> None:
    is_batch = case.path.endswith(("/batch", "/b"))
    kind = case.path.rpartition("/")[2]
    for message in messages[:-1] if is_batch else messages:
        if isinstance(message, dict) and isinstance(message.get("messageId"), str):
            if not _may_be_nothing(message, kind, str((case.headers or {}).get("Sec-GPC", "")), is_batch=is_batch):
                tale.ids[message["messageId"]] = _order(message)
        else:
            tale.texts[_text(message)] += 1


def _order(message: dict[str, Any]) -> str:
    """The number by which a new order is known, whatever message tells of it."""
    properties = message.get("properties")
    return str(properties.get("order_id", "")).strip() if message.get("event") == "Order Completed" and isinstance(properties, dict) else ""


def _may_be_nothing(message: dict[str, Any], kind: str, gpc: str, *, is_batch: bool) -> bool:
    """Whether a message may leave no trace in the log: it only says who she is, or she asked not to be followed."""
    kind = message.get("type", "") if is_batch else {"i": "identify", "t": "track", "p": "page", "s": "screen"}.get(kind, kind)
    context = message.get("context") or {}
    consent = context.get("consent") if isinstance(context, dict) else None
    choices = (consent or {}).get("categoryPreferences") if isinstance(consent, dict) else None
    is_quiet = gpc.strip() == "1" or (isinstance(choices, dict) and not all(choices.values()))
    return kind == "identify" or (is_quiet and kind in LETTING_GO)


def _text(message: Any) -> str:
    """A message apart from the instant that its batch may have lent it."""
    return json.dumps({name: told for name, told in message.items() if name != "sentAt"} if isinstance(message, dict) else message, sort_keys=True)


def lost(truth: Truth, tale: Tale) -> list[str]:
    """Which acknowledged messages are nowhere, once all is sorted."""
    until = time.monotonic() + SORTED_WITHIN_SECONDS
    while truth.run("SELECT COUNT(*) FROM arrival") != [(0,)] and time.monotonic() < until:
        time.sleep(0.02)
    found = {name for (name,) in truth.run("SELECT message_id FROM event UNION SELECT message_id FROM event_refused")}
    letters = [json.loads(letter.body) for letter in dead_letters(truth)]
    found |= {letter["messageId"] for letter in letters if isinstance(letter, dict) and isinstance(letter.get("messageId"), str)}
    texts = Counter(_text(letter) for letter in letters)
    return sorted(name for name, order in tale.ids.items() if not {name, order} & found) + sorted((tale.texts - texts).elements())


def broken(truth: Truth) -> list[str]:
    """What broke our side while it was sorted: set aside, and a mistake of ours all the same."""
    return [f"{letter.reason} {letter.body[:400]!r}" for letter in dead_letters(truth) if letter.reason.startswith("It broke our side")]


def bench_cases(cases: int = CASES, first: int = SEED, say: Told = print) -> Iterator[Figure]:
    """Answers that are wrong, and acknowledged messages that are lost, on SQLite and on PostgreSQL."""
    say(f"making up {cases:,} requests")
    began = time.perf_counter()
    told = made_up(cases, first)
    say(f"made up in {time.perf_counter() - began:,.0f} s")
    for engine in ("SQLite", "PostgreSQL"):
        say(f"telling them on {engine}")
        with bench_folder() as folder, ExitStack() as stack:
            house = Settings(data=folder / "house", truth="sqlite" if engine == "SQLite" else stack.enter_context(postgres_server()))
            lay_out(house)
            with serving(house) as (_, port), closing(open_truth(house)) as truth:
                tale = tell(port, KEY, told)
                gone, broke = lost(truth, tale), broken(truth)
        for one in (*tale.wrong[:10], *gone[:10], *broke[:10]):
            say(one)
        answers = ", ".join(f"{status}: {times:,}" for status, times in sorted(tale.answers.items()))
        yield figure(f"intake on {engine}, made-up requests: wrong answers", "answers", [len(tale.wrong)], f"of {tale.cases:,}; {answers}")
        against = f"of {len(tale.ids) + tale.texts.total():,} acknowledged that must leave a trace"
        yield figure(f"intake on {engine}, made-up requests: messages lost", "messages", [len(gone)], against)
        yield figure(f"intake on {engine}, made-up requests: messages that broke our side", "messages", [len(broke)])


def main() -> None:
    """All of them, or so many others: `--cases 500 --seed 7`."""
    asked = argparse.ArgumentParser(prog="python -m tests.collect.ten_thousand_cases")
    asked.add_argument("--cases", type=int, default=CASES)
    asked.add_argument("--seed", type=int, default=SEED)
    told = asked.parse_args()
    show(bench_cases(told.cases, told.seed), Console(highlight=False, soft_wrap=True))


if __name__ == "__main__":
    main()
