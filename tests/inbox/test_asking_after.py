"""After a conversation a customer is asked, rarely, whether we answered well; what she says is kept once, and a no is acted upon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import EmailMessage

import msgspec
import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House, open_house, plan_day
from habitue.app.erasure.forgetting import everything_of, forget, whom_of
from habitue.app.her.page import her_page
from habitue.app.her.saying import pause, set_way
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.asking_after import ask
from habitue.app.inbox.noting import Stands, note_words
from habitue.app.inbox.pleased import pleased, pleased_said
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.talking import Conversation, conversation, open_conversations
from habitue.app.law.requesting import Opening, open_case
from habitue.app.leaving import Said, say_leave
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.post.gate import close_gate, keep_closed_until, open_gate
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from habitue.app.remembering import heard
from habitue.app.spoken import said_to
from habitue.channels.letters import NEVER, Outcome, State, claim, count_letters, doubt_all_touches, due, owe, settle
from habitue.consent.law.model import Asked, Door
from habitue.store.settings import load_settings, save_settings
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from habitue.words.clock import StoppedClock, instant_of, parse_day
from habitue.words.errors import SettingsError
from habitue.words.vocabulary import Channel, Collected
from tests.cast import Shop, shop, veal
from tests.command_line import command_line
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_door_browser import is_in_order
from tests.post.test_touches import send, written
from tests.web.conftest import served

__all__ = ["shop"]
JEANNE = "jeanne@example.org"
ASKED = re.compile(r"https://regulars\.example\.org(/asked/[0-9a-z-]+)/yes")


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    """The shop asks once in half a year, and is open from Tuesday to Saturday; on Thursday 2 November 2017 nobody waits for it."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with shop.told(**told, brand="Chez Paul", opening="Tu-Sa 09:00-19:00", ask_after_days=180).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        for each in open_conversations(opened):  # a file's
            close(opened, each.number)
        yield opened


def at(house: House, day: str, hour: int = 10) -> House:
    return replace(house, clock=StoppedClock(instant_of(parse_day(day), hour, house.settings.zone)))


def writes(house: House, words: str = "Vous avez du poulet ?", sender: str = JEANNE, to: str = "shop@example.org") -> int:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, to, "Samedi", f"<{abs(hash((words, sender)))}.{house.clock.instant()}@client.test>"
    made.set_content(words)
    return receive(house, made.as_bytes(), to).number


def is_answered(house: House, sender: str = JEANNE, day: str = "2017-11-02") -> int:
    """She writes at ten in the morning and has her answer at eleven; gives the number of her message."""
    number = writes(at(house, day), sender=sender)
    answer(at(house, day, 11), number, "Oui, deux sont de côté.", "Camille")
    send(at(house, day, 11))
    return number


def questions(peer: Peer) -> list[EmailMessage]:
    return [each for each in peer.letters if str(each["Message-ID"]).startswith("<ask.")]


def page_of(letter: EmailMessage) -> str:
    found = ASKED.search(text_of(letter))
    assert found
    return found[1]


def site(house: House) -> TestClient:
    return TestClient(site_at(HouseDesk(house)), base_url="https://regulars.example.org", follow_redirects=False)


def talk_of(house: House, number: int) -> Conversation:
    return conversation(house, number)


def rows(house: House) -> int:
    return int(house.truth.run("SELECT COUNT(*) FROM satisfaction")[0][0])


def tokens(house: House) -> int:
    return int(house.truth.run("SELECT COUNT(*) FROM token WHERE free_at > ?", (house.clock.instant(),))[0][0])


def test_a_day_after_her_answer_she_is_asked_once_and_her_no_is_acted_upon(house: House, peer: Peer) -> None:
    number = is_answered(house)
    send(at(house, "2017-11-03", 9))
    assert not questions(peer), "not within a day"
    send(at(house, "2017-11-04", 8))
    assert (questions(peer), rows(house)) == ([], 0), "not before the shop opens"
    now = at(house, "2017-11-04")
    send(now)
    send(at(house, "2017-11-07"))
    (letter,) = questions(peer)
    words = text_of(letter)
    assert (letter["To"], letter["Subject"], letter["Auto-Submitted"]) == (JEANNE, "Did we answer you well?", "auto-generated")
    assert "until Thursday 2 November, about “Samedi”" in words
    assert letter["List-Unsubscribe-Post"]
    assert letter["Reply-To"].startswith("answers+")
    page = page_of(letter)
    assert not {"jeanne", "martin"} & set(re.findall(r"[a-z]+", page))
    when = heard(now, None)
    assert [(row["is_asking"], row["is_answered"], row["channel"]) for row in said_to(now, 1, when) if row["day"] == now.today] == [(1, 0, Channel.EMAIL)]

    (word,) = [each for each in her_page(at(house, "2017-11-05"), "martin").words if each.day == now.today]
    assert (word.headline, word.why[:30], word.leave) == ("A question", "Because you had written to us,", None)

    before, door = at(house, "2017-11-05", 20), site(at(house, "2017-11-05", 20))
    for path in (page, f"{page}/no", f"{page}/x"):
        looked = door.get(path)
        assert (looked.status_code, looked.headers["cache-control"], "Nothing is said before" in looked.text) == (200, "no-store", True)
    assert not talk_of(before, number).is_open
    said = door.post(page, data={"say": "no", "words": "Le poulet était sec. Je n’aime pas le lapin."})
    assert (said.status_code, "takes your matter up again" in said.text) == (200, True)
    again = door.post(page, data={"say": "yes", "words": "Non, rien."})
    assert "You have answered already: No." in again.text
    talk = talk_of(before, number)
    last = talk.messages[-1]
    assert (talk.is_open, talk.is_our_turn, last.words, last.verdict) == (True, True, "Le poulet était sec. Je n’aime pas le lapin.", "no")
    assert talk.due_at == instant_of(parse_day("2017-11-07"), 17, "Europe/Paris"), "eight open hours from Tuesday on"
    assert [line.what for line in talk.messages[-1].proposals if line.is_to_keep] == ["refusal"]
    assert [(one.verdict, one.letter) for one in talk.asked] == [("no", "sent")]
    told = pleased(before)
    assert (told.asked, told.answered, told.no) == (1, 1, 1)
    assert (pleased(now).asked, pleased(now).answered) == (1, 0), "as of that day, she had said nothing"
    assert everything_of(house.truth, whom_of(house.truth, customer_of(house, "martin")))["satisfaction"][0]["verdict"] == "no"


def test_an_answer_without_words_is_kept_a_thank_you_opens_nothing_and_a_stop_is_heard(
    house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = (JEANNE, "karim@example.org", "paul@example.org", "nina@example.org")
    numbers = [is_answered(house, each) for each in people]
    send(at(house, "2017-11-04"))
    pages = {str(each["To"]): page_of(each) for each in questions(peer)}
    assert set(pages) == set(people)
    now = at(house, "2017-11-05")
    door = site(now)
    told = [("no", ""), ("yes", "Merci beaucoup !"), ("partly", "Ne m’écrivez plus."), ("yes", "Avez-vous du foie ?")]
    for who, (word, words) in zip(people, told, strict=True):
        assert door.post(pages[who], data={"say": word, "words": words}).status_code == 200
    jeanne, karim, paul, nina = (talk_of(now, number) for number in numbers)
    assert [each.is_open for each in (jeanne, karim, paul, nina)] == [True, False, False, True]
    assert (jeanne.messages[-1].verdict, jeanne.messages[-1].words, karim.messages[-1].words) == ("no", "", "Merci beaucoup !")
    assert [each.words for each in paul.messages if each.verdict] == [], "her stop is done, and waits for nobody"
    assert pleased_said(pleased(now), "en") == (
        "Asked whether we had answered well, 2 of 4 said yes, 1 in part, 1 no; we asked 4 times. That is too few to judge by."
    )
    save_settings(msgspec.structs.replace(house.settings, today="2017-11-06"))
    habitue = command_line(house.settings.data, monkeypatch, capsys)
    assert "2 of 4 said yes, 1 in part, 1 no; we asked 4 times." in habitue("inbox", "times")[1]
    shown = habitue("inbox", "show", str(numbers[0]))[1]
    assert "Did we answer well: no." in shown
    assert "2017-11-04 10:00 asked whether we had answered well sent no (2017-11-05 10:00)" in shown
    wrong = door.post(pages["paul@example.org"].replace("-", "-a"), data={"say": "yes"})
    assert (wrong.status_code, "This link opens nothing" in wrong.text) == (404, True)
    assert door.post(pages[JEANNE], data={"say": "great"}).status_code == 400
    assert site(at(house, "2018-01-10")).get(pages[JEANNE]).status_code == 404, "after two months nobody remembers"


def test_two_presses_at_once_count_once(house: House, peer: Peer) -> None:
    number = is_answered(house)
    send(at(house, "2017-11-04"))
    page, settings = page_of(questions(peer)[0]), house.settings
    clock = at(house, "2017-11-05").clock

    def press(_which: int) -> int:
        with open_house(settings) as opened:
            return site(replace(opened, clock=clock)).post(page, data={"say": "no", "words": "Le poulet était sec."}).status_code

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, range(2))) == [200, 200]
    assert [each.words for each in talk_of(at(house, "2017-11-06"), number).messages if each.is_hers][1:] == ["Le poulet était sec."]


def test_two_post_rooms_ask_once(house: House, peer: Peer) -> None:
    is_answered(house)
    settings, clock = house.settings, at(house, "2017-11-04").clock

    def work(_which: int) -> int:
        with open_house(settings) as opened:
            room = PostRoom(replace(opened, clock=clock), relay_of(settings))
            return sum(iter(room.send_some, 0))

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, range(2)))
    assert len(questions(peer)) == 1


def test_she_is_not_asked_again_within_half_a_year_nor_twice_for_one_conversation(house: House, peer: Peer) -> None:
    number = is_answered(house)
    send(at(house, "2017-11-04"))
    is_answered(house, day="2018-02-01")
    send(at(house, "2018-02-03"))
    assert len(questions(peer)) == 1
    answer(at(house, "2018-05-10"), number, "Et le poulet ?", "Camille")
    send(at(house, "2018-05-10"))
    send(at(house, "2018-05-12"))
    assert len(questions(peer)) == 1, "that conversation was asked after"
    is_answered(house, day="2018-05-17")
    send(at(house, "2018-05-19"))
    assert len(questions(peer)) == 2


@pytest.mark.parametrize("is_in_the_post", [False, True])
def test_nobody_is_asked_how_an_answer_was_that_has_not_reached_her(house: House, peer: Peer, is_in_the_post: bool) -> None:
    """Refused for what it says, put off until tomorrow, or come back: her address lives, and how we answered she cannot know."""
    people = (JEANNE, "karim@example.org", "paul@example.org", "nina@example.org")
    for each in people:
        is_answered(house, each)
    assert not is_in_the_post or ask(at(house, "2017-11-04")) == len(people)
    numbers = [number for (number,) in house.truth.run("SELECT letter_id FROM letter WHERE kind = 'answer' ORDER BY letter_id")]
    with house.truth.transaction():
        for number, state in zip(numbers, (State.FAILED, State.IN_DOUBT, State.WAITING, State.SENT), strict=True):
            house.truth.run("UPDATE letter SET state = ?, due_at = ? WHERE letter_id = ?", (state, NEVER, number))
        house.truth.run("INSERT INTO letter_return VALUES (?, 'a mail', 1, 'refused', '5.7.1', ?)", (numbers[3], b"somebody"))
    send(at(house, "2017-11-04", 11))
    assert (questions(peer), rows(house)) == ([], 0)


MEANWHILE: dict[str, Callable[[House, str], object]] = {
    "martin": lambda house, _: writes(house, "Et du lapin ?"),
    "karim": lambda house, key: note_words(house, key, Channel.PHONE, "Le veau était dur.", "Camille", Stands.COMPLAINT),
    "lea": lambda house, key: say_leave(house, key, Said(False, (), (Channel.EMAIL,), Collected.CALL)),
    "paul": lambda house, key: set_way(house, key, Channel.EMAIL, is_welcome=False),
    "nina": lambda house, key: pause(house, key, house.today + 30),
    "sami": lambda house, key: open_case(house, key, Opening(Asked.ACCESS, Door.COUNTER), "Camille"),
    "rosa": forget,
}
"""What each does between our answer and our question."""


@pytest.mark.parametrize("is_in_the_post", [False, True])
def test_nobody_is_asked_where_anything_speaks_against_it(shop: Shop, house: House, peer: Peer, is_in_the_post: bool) -> None:
    shop.bring("customers", "customer,given_name,email\nsami,Sami,sami@example.org\nrosa,Rosa,rosa@example.org\nlea,Léa,lea@example.org\n")
    for who in MEANWHILE:
        is_answered(house, JEANNE if who == "martin" else f"{who}@example.org")
    now = at(house, "2017-11-04")
    assert not is_in_the_post or ask(now) == len(MEANWHILE)
    for who, happens in MEANWHILE.items():
        happens(now, who)
    send(at(house, "2017-11-04", 11))
    assert not questions(peer)
    assert (rows(house), tokens(at(house, "2017-11-04", 12))) == (0, 0), "what it took of her attention is hers again"


def test_a_closed_gate_a_setting_of_0_and_a_brought_back_house_ask_nobody(house: House, peer: Peer) -> None:
    is_answered(house)
    now = at(house, "2017-11-04")
    assert ask(replace(now, settings=msgspec.structs.replace(house.settings, ask_after_days=0))) == 0
    close_gate(house.settings)
    assert ask(now) == 0
    open_gate(house.settings, now.clock.instant())
    assert ask(now) == 1
    send(at(house, "2017-11-04", 19))
    assert not questions(peer), "the shop has closed meanwhile"
    close_gate(house.settings)
    send(now)
    with house.truth.transaction():
        doubt_all_touches(house.truth)  # as where a backup is brought back
    open_gate(house.settings, now.clock.instant())
    send(now)
    assert (questions(peer), count_letters(house.truth)[State.WITHDRAWN], rows(house)) == ([], 1, 1)
    for wrong in ("-1", "7", "4000", "9" * 40):
        with pytest.raises(SettingsError):
            load_settings(house.settings.data, {"HABITUE_ASK_AFTER_DAYS": wrong})


def test_a_house_that_a_backup_brought_back_asks_after_nothing_that_it_may_have_asked_after_since(house: House, peer: Peer) -> None:
    is_answered(house)
    keep_closed_until(house.settings, parse_day("2017-11-05"))
    open_gate(house.settings, at(house, "2017-11-06").clock.instant())
    send(at(house, "2017-11-07"))
    is_answered(house, "karim@example.org", "2017-11-08")
    send(at(house, "2017-11-10"))
    assert [each["To"] for each in questions(peer)] == ["karim@example.org"]


def test_where_nobody_knows_whether_it_left_it_does_not_leave_again_and_counts_as_said(house: House, peer: Peer) -> None:
    is_answered(house)
    is_answered(house, "karim@example.org")
    now = at(house, "2017-11-04")
    assert ask(now) == 2
    peer.breaks_off = True
    _first, second = due(house.truth, "ask", now.clock.instant(), 9)
    with house.truth.transaction():
        claim(house.truth, second, now.clock.instant())  # by somebody who was killed then
    send(now)
    peer.breaks_off = False
    send(at(house, "2017-11-07"))
    assert len(questions(peer)) == 1, "it arrived, and nobody here knows"
    assert count_letters(house.truth)[State.IN_DOUBT] == 2
    assert house.truth.run("SELECT COUNT(*) FROM touch_fact WHERE is_asking = 1 AND kind = 4 AND day >= ?", (now.today,)) == [(2,)]


def test_a_new_sender_asks_no_more_than_the_day_of_his_warm_up_allows_all_words_together(house: House, peer: Peer) -> None:
    for each in (JEANNE, "karim@example.org", "paul@example.org"):
        is_answered(house, each)
    new = replace(house, settings=msgspec.structs.replace(house.settings, warm_up_from="2017-11-04", warm_up_letters=2))
    with house.truth.transaction():
        owe(house.truth, "touch", "en", 0, new.clock.instant())
        word = claim(house.truth, due(house.truth, "touch", new.clock.instant(), 1)[0], at(new, "2017-11-04", 9).clock.instant())
        assert word
        settle(house.truth, word, Outcome(State.SENT, "250 2.0.0 Ok"), at(new, "2017-11-04", 9).clock.instant())
    send(at(new, "2017-11-04"))
    assert len(questions(peer)) == 1


def test_two_customers_who_are_one_are_asked_once(house: House, peer: Peer) -> None:
    for each in (JEANNE, "karim@example.org"):
        is_answered(house, each)
    now = at(house, "2017-11-04")
    assert ask(now) == 2
    Pairing(house.truth, house.settings, "martin", "karim", now.clock.instant()).merge()
    send(now)
    assert len(questions(peer)) == 1
    is_answered(house, "karim@example.org", "2017-11-08")
    send(at(house, "2017-11-10"))
    assert len(questions(peer)) == 1


def test_a_word_of_the_day_goes_first_and_who_was_told_enough_is_not_asked(shop: Shop, peer: Peer) -> None:
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    shop.touch("karim", "2017-10-30")
    shop.touch("karim", "2017-10-31")
    with written(shop.told(**told, ask_after_days=180), veal(letter='"aside"')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        for each in open_conversations(opened):
            close(opened, each.number)
        for sender in (JEANNE, "karim@example.org", "nina@example.org"):
            is_answered(opened, sender, "2017-10-31")
        now = at(opened, "2017-11-02")
        plan_day(now)
        assert ask(now) == 1, "the newcomer alone: Jeanne has a word today, and Karim had two this week"


def test_her_answer_by_mail_goes_to_the_conversation_and_a_forgotten_one_opens_nothing(house: House, peer: Peer) -> None:
    number = is_answered(house)
    send(at(house, "2017-11-04"))
    (letter,) = questions(peer)
    came = writes(at(house, "2017-11-05"), "Oui, mais le colis était ouvert. Pourquoi ?", to=str(letter["Reply-To"]))
    assert came in {said.number for said in talk_of(at(house, "2017-11-06"), number).messages}
    forget(at(house, "2017-11-05"), "martin")
    assert (rows(house), site(at(house, "2017-11-05")).post(page_of(letter), data={"say": "no"}).status_code) == (0, 404)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("language", "no"), [("en", "No"), ("fr", "Non")])
def test_she_says_it_without_scripts_from_a_keyboard_on_a_small_screen(house: House, peer: Peer, browser: Browser, language: str, no: str) -> None:
    number = is_answered(house)
    send(at(house, "2017-11-04"))
    path, now, wrong = page_of(questions(peer)[0]), at(house, "2017-11-05"), []
    with served(HouseDesk(now)) as address:
        for theme in ("light", "dark"):
            page = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=theme, base_url=address).new_page()  # type: ignore[arg-type]
            for looked in (f"{path}/no", "/asked/1-aaaa/no"):
                page.goto(f"{looked}?lang={language}")
                wrong += is_in_order(page)
            page.context.close()
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}{path}/no?lang={language}")
        page.get_by_role("textbox").focus()
        page.keyboard.type("Trop tard.")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(no)
        page.keyboard.press("Enter")
        expect(page.locator(".door")).to_have_count(0)
        page.context.close()
        page = browser.new_context(viewport={"width": 320, "height": 700}, base_url=address).new_page()
        page.goto(f"{path}?lang={language}")
        wrong += is_in_order(page)
        page.context.close()
    assert (wrong, talk_of(now, number).messages[-1].words) == ([], "Trop tard.")
