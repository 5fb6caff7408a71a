"""The demo goes the whole round: a household's letter lies in her mailbox, she answers, a person answers her in the console, and her card shows what she said.

Postfix carries every mail, Dovecot holds her mailbox and the shop's, Chromium is whoever answers, and the customer on her page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from habitue.app import House, decide_for, open_house, plan_day, statements_of
from habitue.app.post.gate import open_gate
from habitue.store import Settings, load_settings, save_settings
from habitue.web.desk import HouseDesk
from habitue.words.clock import date_of
from habitue.words.reasons import Reason
from tests.command_line import command_line
from tests.inbox.test_answers import answer_to
from tests.inbox.test_round_trip import write
from tests.post.dovecot import Dovecot
from tests.post.peer import text_of
from tests.post.postfix import Postfix
from tests.post.test_touches import send
from tests.web.conftest import served

MABEL, HERS = "1121", "mabel.bailey.1121@example.org"
AT_16 = 10 * 3600


@pytest.fixture
def house(demo_copy: Settings, mail_server: Postfix, mailboxes: Dovecot) -> Iterator[House]:
    mailboxes.take_in(HERS)
    told = {"address": "https://larkhaven.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{mail_server.port}"}
    mailbox = f"imap://answers%40example.org@127.0.0.1:{mailboxes.imap}"
    save_settings(msgspec.structs.replace(demo_copy, **told, mailbox=mailbox))
    with open_house(load_settings(demo_copy.data)) as opened:
        open_gate(opened.settings, opened.clock.instant())
        yield opened


def answer_her(page: Page, console: str, words: str, *, asks_leave: bool = False) -> None:
    """Whoever answers opens her conversation from the inbox, and answers."""
    page.goto(f"{console}/inbox")
    page.get_by_role("link", name="Mabel Bailey").click()
    if asks_leave:
        page.get_by_label("Ask her whether we may remember what touches her health").check()
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("waits to be sent").last).to_be_visible()


def test_no_more_salmon_and_an_allergy_go_the_whole_round(
    house: House, mail_server: Postfix, mailboxes: Dovecot, browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = command_line(house.settings.data, monkeypatch, capsys)
    plan_day(house)
    assert send(house, AT_16) == 0, "a first day of more than 50 waits for a person"
    assert run("post", "--go-on")[0] == 0
    assert send(house, AT_16) > 50
    (letter,) = mailboxes.letters(HERS, 1)
    assert "fresh seafood" in text_of(letter)

    write(mail_server, mailboxes, answer_to(letter, "plus de saumon, merci", HERS), str(letter["Reply-To"]), HERS)
    code, said = run("inbox", "fetch")
    assert (code, "plus de saumon, merci" in said) == (0, True)
    (stated,) = [one for one in statements_of(house, MABEL) if one.feeling < 0]
    assert (stated.quote, stated.told, stated.standing, stated.on) == ("plus de saumon, merci", "she_said", "counts", date_of(house.today))
    assert decide_for(house, MABEL).reason == Reason.WAITING_FOR_OUR_ANSWER
    with served(HouseDesk(house)) as console:
        page = browser.new_context(locale="en").new_page()
        page.goto(f"{console}/inbox")
        page.get_by_role("link", name="Mabel Bailey").click()
        page.get_by_role("button", name="Keep").click()
        answer_her(page, console, "Dear Mabel,\n\nno more salmon, then.")
        send(house)
        _, got = mailboxes.letters(HERS, 2)
        assert "no more salmon, then." in text_of(got)
        page.goto(f"{console}/customers/{MABEL}")
        write(mail_server, mailboxes, answer_to(got, "Merci. Mon fils est allergique aux crevettes.", HERS), str(got["Reply-To"]), HERS)
        run("inbox", "fetch")
        assert [one.quote for one in statements_of(house, MABEL) if "allergique" in one.quote] == [], "nothing of it is kept without her leave"
        answer_her(page, console, "Thank you for telling us.", asks_leave=True)
        expect(page.get_by_text("Only with her leave")).to_be_visible()
        send(house)
        *_, asked = mailboxes.letters(HERS, 3)
        link = next(urlsplit(each) for each in re.findall(r"https://\S+", text_of(asked)) if "/her/" in each)
        hers = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
        hers.goto(f"{console}{link.path}#{link.fragment}")
        hers.get_by_role("button", name=re.compile("Say yes.*health")).click()
        expect(hers.get_by_role("button", name=re.compile("Say no.*health"))).to_be_visible()
        page.reload()
        page.get_by_role("button", name=re.compile("Keep.*crevettes")).click()
        expect(page.get_by_text("Kept, with her words and their day.")).to_have_count(2)
        page.goto(f"{console}/customers/{MABEL}")
        for told in (
            "No raw shrimp, fresh shrimp, canned salmon, fresh salmon: she told us on 2 November 2017.",
            "She does not want: saumon (fresh salmon, canned salmon). She said so on 2 November 2017.",
            "“plus de saumon, merci”",
            "“Mon fils est allergique aux crevettes.”",
            "It counts. Kept with her leave; it may tell of her health or belief.",
        ):
            expect(page.locator("main")).to_contain_text(told)
        for each in (page, hers):
            each.context.close()
