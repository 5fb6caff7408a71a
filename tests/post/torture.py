"""Processes that send are killed at any instant, and the mail server loses some of its answers: `python -m tests.post.torture --kills 40 --sends 2000`.

Prints what became of it all: `duplicated` (letters that arrived twice), `lost` (said to be sent, and never arrived), `in_doubt` (listed for a person;
`of_which_arrived` of them), `unresolved` (what the books say nothing of). The truth lies on SQLite; the mail server loses its answer to one letter in a hundred
after it has taken it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from habitue.app import open_house, plan_day
from habitue.app.gate import open_gate
from habitue.app.importing import import_file
from habitue.app.knocking import release
from habitue.app.post_room import PostRoom
from habitue.app.relaying import relay_of
from habitue.app.sending import balances, post_today
from habitue.channels.letters import State
from habitue.store import load_settings, open_truth, save_settings
from habitue.words.clock import StoppedClock
from tests.cast import SHOP, thanks
from tests.content.writing import write_book
from tests.post.peer import Peer, listening_peer

TODAY = "2017-11-02"
LETTER = '+++\nsubject = "Thank you, {{ name }}"\n+++\nGood morning {{ name }},\n\nthank you for coming since {{ since }}.\n'
AGAIN_SECONDS = (660, 4_000, 12_000)
LOST_REPLIES = 100


class Forgetful(Peer):
    """Takes every letter, and loses its answer to one in a hundred."""

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802 - its way
        self.breaks_off = random.randrange(LOST_REPLIES) == 0
        return await super().handle_DATA(server, session, envelope)


def main(kills: int, sends: int, seed: int) -> dict[str, int]:
    """Sends so many letters while so many senders are killed; gives the counts."""
    random.seed(seed)
    with tempfile.TemporaryDirectory(prefix="habitue-torture-") as folder, listening_peer(made=Forgetful()) as peer:
        data = Path(folder) / "house"
        _make(data, Path(folder), sends, peer.port)
        killed = _kill(data, kills)
        settings = load_settings(data)
        with open_house(settings) as house:
            for seconds in (0, *AGAIN_SECONDS):
                room = PostRoom(replace(house, clock=StoppedClock(house.clock.instant() + seconds)), relay_of(settings))
                while room.send_some():
                    pass
            (books,) = balances(house, house.today, house.today)
            states = dict(house.truth.run("SELECT letter_id, state FROM letter"))
        arrived = Counter(int(str(message_from_bytes(raw)["Message-ID"]).split(".")[1]) for raw in peer.raw)
    return {
        "kills": killed,
        "sends": sends,
        "arrived": len(arrived),
        "duplicated": sum(count - 1 for count in arrived.values()),
        "lost": sum(state == State.SENT and number not in arrived for number, state in states.items()),
        "in_doubt": books.posted.get(State.IN_DOUBT, 0),
        "of_which_arrived": sum(state == State.IN_DOUBT and number in arrived for number, state in states.items()),
        "unresolved": books.by_hand + books.posted.get(State.SENDING, 0) + books.posted.get(State.WAITING, 0),
    }


def _make(data: Path, folder: Path, sends: int, port: int) -> None:
    env = {"HABITUE_TODAY": TODAY, "HABITUE_BUCKETS": "1", "HABITUE_ADDRESS": "https://regulars.example.org", "HABITUE_SENDER": "shop@example.org"}
    settings = load_settings(data, env | {"HABITUE_RELAY": f"smtp://127.0.0.1:{port}"})
    save_settings(settings)
    write_book(settings.book_folder, thanks(letter='"thanks"'), shop=SHOP)
    (settings.book_folder / "letters").mkdir()
    for language in ("en", "fr"):
        (settings.book_folder / "letters" / f"thanks.{language}.md").write_text(LETTER, encoding="utf-8")
    rows = {
        "customers": "customer,since,given_name,email\n" + "".join(f"c{n},2017-02-02,N{n},c{n}@example.org\n" for n in range(sends)),
        "orders": "order,customer,product,sold_at,quantity,amount,place\n" + "".join(f"o{n},c{n},veal,2017-10-20,1,10.00,shop\n" for n in range(sends)),
        "consents": "customer,purpose,channel,granted,at\n" + "".join(f"c{n},advice,email,yes,2017-06-01\n" for n in range(sends)),
    }
    truth = open_truth(settings)
    for kind, text in rows.items():
        file = folder / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        import_file(truth, settings, file, None, kind)
    truth.close()
    with open_house(settings) as house:
        open_gate(settings, house.clock.instant())
        plan_day(house)
        post_today(house)
        with house.truth.transaction():
            release(house.truth, house.clock.instant())


def _kill(data: Path, kills: int) -> int:
    """Kills senders at random until so many have died, or everything is sent; gives how many died while they had something to do."""
    done = 0
    env = {**os.environ, "HABITUE_DATA": str(data)}
    while done < kills:
        sender = subprocess.Popen([sys.executable, "-m", "habitue", "post", "--send"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.6, 3.0))
        if sender.poll() is None:
            sender.send_signal(signal.SIGKILL)
            done += 1
        sender.wait()
        if sender.returncode == 0:
            break
    return done


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--sends", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    sys.stdout.write(json.dumps(main(told.kills, told.sends, told.seed)) + "\n")
