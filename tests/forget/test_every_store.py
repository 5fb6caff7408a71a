"""No store is left out of the proof: each relation that a room says to hold anything of a customer holds something of her here, and nothing after."""

from __future__ import annotations

import json
from datetime import date

from habitue.app import House, plan_day
from habitue.app.door import Asking, ask_to_join, asked_at_door, request_fresh_link_of
from habitue.app.erasure.forgetting import everything_of, forget, what_is_in, whom_of
from habitue.app.erasure.lines import forget_line
from habitue.app.her.awaiting import open_wait
from habitue.app.her.saying import say_taste
from habitue.app.imports.importing import import_file
from habitue.app.inbox.among_us import give, note, note_stranger
from habitue.app.inbox.answering import answer, keep
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import answer_stranger
from habitue.app.inbox.talking import conversation
from habitue.app.law.requesting import Opening, open_case
from habitue.app.looking import looked
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.post.claiming import claim
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from habitue.app.pull.opening import add_shop
from habitue.app.pull.wording import words_for
from habitue.app.remembering import statements_of, withdraw
from habitue.channels.email.tokens import address_back
from habitue.consent.law.callbacks import keep_callbacks
from habitue.consent.law.model import Asked, Door
from habitue.dialogue.model import What
from habitue.dialogue.records import Wait, add_closing_note, add_reminders
from habitue.dialogue.satisfaction import Asked as Question
from habitue.dialogue.satisfaction import add_asked
from habitue.dialogue.suggestions import add_suggestions, as_proposal
from habitue.events.arrivals import write_down
from habitue.words.asking import ASKING
from habitue.words.asking import Asking as Looking
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Thread
from tests.cast import Shop, shop
from tests.forget.searching import DEVICE, EMAIL, KEY, QUOTE, found
from tests.forget.test_forgetting import WEB, bring, hers, sort
from tests.post.peer import listening_peer
from tests.pull.conftest import CREDENTIALS
from tests.pull.peer import recorded

__all__ = ["hers", "shop"]
THERE = 4711222
"""Her number in the brand's web shop."""
LATER = "2017-11-13"
MAIL = """From: {email}
Subject: hello
Message-ID: <q@client.test>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

I love veal. {quote}
--b
Content-Type: text/plain; name="of {email}.txt"
Content-Disposition: attachment

{quote}, {email}
--b--
"""
REPORT = """From: mailer-daemon@far.test
To: {back}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; far.test

Final-Recipient: rfc822; {email}
Action: delayed
Status: 4.2.2
--b--
"""


def test_every_room_holds_something_of_her_before_and_nothing_after(hers: Shop) -> None:
    with listening_peer() as peer:
        told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
        shop = hers.told(**told)
        with shop.open(LATER) as house:
            she_does_everything(shop, house)
            assert peer.to == [EMAIL, EMAIL, EMAIL]
            whom = whom_of(house.truth, customer_of(house, KEY))
            held = everything_of(house.truth, whom)
            assert [name for name in what_is_in() if not held[name]] == [], "where nothing of her lies, the proof says nothing"
            certificate = forget(house, KEY)
            assert {name: rows for name, rows in everything_of(house.truth, whom).items() if rows} == {}
    assert certificate.left == []
    assert found(hers.settings) == {}


def she_does_everything(shop: Shop, house: House) -> None:
    """All that leaves a trace of her, by the doors by which it comes."""
    bring(shop.settings, shop.desk, "answers", f"touch,customer,at\nt-{KEY},{KEY},2017-10-31T12:00:00\n")
    bring(shop.settings, shop.desk, "conversations", f"customer,thread,kind,state,at\n{KEY},th-1,question,answered,2017-11-01\n")
    named = shop.desk / f"export of {EMAIL}.csv"
    named.write_text("customer,given_name\nodile,Odile\n", encoding="utf-8")
    import_file(house.truth, house.settings, named, None, "customers")
    add_shop(shop.settings, "atelier", "shopify", "https://shop.example", None, CREDENTIALS["shopify"])
    say_taste(house, KEY, "coriander", -1, QUOTE)
    say_taste(house, KEY, "comme chez Zéphyrine", -1, QUOTE)
    for about, take_back in (("coriander", forget_line), ("zéphyrine", withdraw)):
        take_back(house, KEY, next(one.number for one in statements_of(house, KEY) if about in one.sentence))
    plan_day(house)
    claim(house, positive_number("touch", str(house.today), str(customer_of(house, KEY))))
    in_her_shop(house)
    came = receive(house, MAIL.format(email=EMAIL, quote=QUOTE).encode())
    keep(house, came.number, conversation(house, came.number).messages[0].proposals[0].number, "Camille")
    with house.truth.transaction():
        add_closing_note(house.truth, 1, came.number, house.today, b"hash")
        add_suggestions(house.truth, came.number, [as_proposal(What.LIKE, EMAIL, QUOTE, date(2017, 11, 2))], house.key, 1, "Camille")
        add_reminders(house.truth, [Wait(came.number)], "remind", 1)
        add_asked(house.truth, Question(4711, customer_of(house, KEY), 1, came.number, 1))
    letter = answer(house, came.number, f"So do we. {QUOTE}", "Camille")
    note(house, came.number, f"Zéphyrine Quatrepoint, {QUOTE}", "Camille")
    give(house, came.number, "Camille", "Anne")
    named = receive(house, b"From: who@knows.example\nMessage-ID: <s@knows.test>\n\nI write for Z\xc3\xa9phyrine Quatrepoint.\n").stray
    note_stranger(house, named, f"Zéphyrine Quatrepoint, {QUOTE}", "Camille")
    with house.truth.transaction():
        add_reminders(house.truth, [Wait(named, is_stranger=True)], "remind", 1)
    open_wait(house, KEY, Thread.QUESTION, f"C’est Zéphyrine Quatrepoint, {EMAIL}")
    case = open_case(house, KEY, Opening(Asked.ACCESS, Door.EMAIL, f"Que savez-vous de moi ? {EMAIL}"), "Anne")
    with house.truth.transaction():
        keep_callbacks(house.truth, case, [f"https://desk.example/?about={KEY}"], "pending")
    shown = asked_at_door(house.notices, "fr")
    ask_to_join(house, Asking(EMAIL, {notice.purpose: notice.hash for notice in shown}, "the form", "192.0.2.1", "fr"))
    request_fresh_link_of(house, whom_of(house.truth, customer_of(house, KEY)).profiles[0], "fr")
    with shop.open(LATER) as post:
        room = PostRoom(post, relay_of(post.settings))
        while room.send_some():
            pass
    answer_stranger(house, named, f"So do we. {QUOTE}", "Anne")
    receive(house, REPORT.format(back=address_back(house.key, "bounces", letter, "example.org"), email=EMAIL).encode())
    ASKING.set(Looking("Anne", "console"))
    looked(house, "card", [customer_of(house, KEY)])
    visits(house, {"type": "page", "userId": KEY, "anonymousId": DEVICE, "context": {"page": {"search": f"?ajs_uid={KEY}"}}, "messageId": "m8"})
    sort(house)
    visits(house, {"type": "page", "userId": KEY, "context": {"traits": {"email": EMAIL}}, "messageId": "m9"})


def in_her_shop(house: House) -> None:
    """The web shop tells of her under its own number; somebody at the counter says that it is she."""
    customer = recorded("shopify")["customers"][0] | {"id": THERE, "email": EMAIL, "first_name": "Zéphyrine", "last_name": "Quatrepoint", "addresses": []}
    ((key,),) = house.truth.run("SELECT key FROM write_key WHERE source_id = (SELECT source_id FROM source WHERE name = 'atelier')")
    with house.truth.transaction():
        write_down(house.truth, [(key, house.clock.instant(), words_for("shopify", "customers"), 0, json.dumps(customer).encode())])
    sort(house)
    with house.truth.transaction():
        house.truth.next_seq(0)
        Pairing(house.truth, house.settings, KEY, f"atelier:{THERE}", house.clock.instant()).merge()


def visits(house: House, message: dict[str, object]) -> None:
    """A client's message, which waits to be sorted."""
    with house.truth.transaction():
        write_down(house.truth, [(WEB, house.clock.instant(), "batch", 0, json.dumps({"batch": [message]}).encode())])
