"""Her own page: all that it shows, all that she can say on it, and that each word of hers binds the next decision in every door."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from habitue.app import House, decide_for, statements_of
from habitue.app.erasure.forgetting import certificates
from habitue.app.her.awaiting import waits_of
from habitue.app.her.saying import link_for
from habitue.app.leaving import leaves_of
from habitue.app.planning import write_plan
from habitue.words.reasons import Reason
from tests.cast import Shop, thanks, veal
from tests.web.test_pages import words_of

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
HOSTILE = "<script>alert('x')</script> \"' {{ 7*7 }} %(day)s "


def number_of(house: House, about: str, key: str = "martin") -> int:
    return next(one.number for one in statements_of(house, key) if about in one.sentence)


def reason(house: House) -> Reason:
    return decide_for(house, "martin").reason


def test_it_shows_her_what_is_known_how_and_why_we_write(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "liver", "quote": "jamais de foie"})
    shown = words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    for said in (
        "Your page, Jeanne Martin",
        "Today we have this for you: something put aside for you: veal.",
        "Because you have bought veal with us: 20 times, the last seven days ago.",
        "You do not want: liver.",
        "“jamais de foie”",
        "You said so on 2 November 2017.",
        "Offers yes, by e-mail",
    ):
        assert said in shown
    french = words_of(browser_of_hers.get(f"{hers}?lang=fr").text)
    assert "Vous n’en voulez pas\u202f: foie." in french
    assert "Aujourd’hui nous avons ceci pour vous\u202f: quelque chose mis de côté pour vous\u202f: veau." in french


Said = tuple[str, dict[str, str], Reason]
WORDS: list[Said] = [
    ("pause", {"until": "2017-12-01"}, Reason.PAUSED),
    ("out", {}, Reason.NO_CONSENT),
    ("leave", {"say": "no advice.email"}, Reason.NO_CONSENT),
    ("only", {"purpose": "offers"}, Reason.NO_CONSENT),
    ("taste", {"feeling": "dislikes", "about": "veal"}, Reason.DISLIKED),
    ("taste", {"feeling": "dislikes", "about": "type:MEAT/VEAL"}, Reason.DISLIKED),
    ("not-for-me", {"number": "0"}, Reason.DISLIKED),
    ("way", {"say": "no email"}, Reason.UNWELCOME_WAY),
    ("hours", {"from": "9", "until": "20"}, Reason.UNWELCOME_HOUR),
    ("write", {"words": "When is the lamb back?"}, Reason.WAITING_FOR_OUR_ANSWER),
    ("write", {"words": "The veal was bad.", "kind": "complaint"}, Reason.COMPLAINT_OPEN),
]


@pytest.mark.parametrize("is_planned", [False, True], ids=["judged now", "planned at six"])
@pytest.mark.parametrize(("what", "form", "stops"), WORDS, ids=lambda each: "-".join(map(str, each.values())) if isinstance(each, dict) else str(each))
def test_a_word_of_hers_binds_the_next_decision_at_the_console_and_for_programs(
    house: House, browser_of_hers: TestClient, hers: str, what: str, form: dict[str, str], stops: Reason, is_planned: bool
) -> None:
    if is_planned:
        write_plan(house)
    asked = "/api/customers/martin/decision"
    assert browser_of_hers.get(asked).json()["is_touch"]
    answer = browser_of_hers.post(f"{hers}/{what}", data=form)
    assert answer.status_code == 200, words_of(answer.text)
    now = browser_of_hers.get(asked).json()
    assert (now["is_touch"], Reason(now["reason"]) if isinstance(now["reason"], int) else now["reason"]) in ((False, stops), (False, stops.name.lower()))
    assert "is left in peace" in words_of(browser_of_hers.get("/customers/martin/why?lang=en").text)
    assert "Today we leave you in peace" in words_of(browser_of_hers.get(f"{hers}?lang=en").text)


def test_a_decision_of_another_day_heeds_nothing_that_was_said_today(house: House, browser_of_hers: TestClient, hers: str, shop: Shop) -> None:
    browser_of_hers.post(f"{hers}/pause", data={"until": "2017-12-01"})
    with shop.open("2017-11-03") as tomorrow:
        assert decide_for(tomorrow, "martin", tomorrow.today - 1).is_touch
        assert reason(tomorrow) == Reason.PAUSED


def test_a_pause_can_be_ended_and_a_day_that_is_past_is_none(house: House, browser_of_hers: TestClient, hers: str) -> None:
    for wrong in ("2017-11-01", "never", "2099-01-01", ""):
        answer = browser_of_hers.post(f"{hers}/pause?lang=en", data={"until": wrong})
        assert answer.status_code == 400
        assert "A pause ends on a day to come, within ten years." in words_of(answer.text)
    browser_of_hers.post(f"{hers}/pause", data={"until": "2017-12-01"})
    assert "You are left in peace until 1 December 2017." in words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    browser_of_hers.post(f"{hers}/go-on")
    assert reason(house) == Reason.SAID


def test_what_she_has_forgotten_counts_no_more_and_its_words_are_nowhere(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "veal", "quote": "mon secret"})
    number = number_of(house, "veal")
    for _again in range(2):  # two pages open at once
        assert "It is forgotten." in words_of(browser_of_hers.post(f"{hers}/forget?lang=en", data={"number": str(number)}).text)
    assert "veal" not in words_of(browser_of_hers.get(f"{hers}?lang=en").text).split("What we know of you")[1].split("What we work out")[0]
    assert reason(house) == Reason.SAID
    assert house.truth.run("SELECT seq FROM event WHERE body LIKE '%mon secret%'") == []
    assert browser_of_hers.post(f"{hers}/forget", data={"number": "1"}).status_code == 404


@pytest.mark.parametrize(("what", "about"), [("taste", "coriander"), ("taste", "liver"), ("hours", "9-12")], ids=["attribute", "thing", "hours"])
def test_what_she_has_forgotten_is_in_her_data_and_in_the_list_of_the_shop_no_more(
    house: House, browser_of_hers: TestClient, hers: str, what: str, about: str
) -> None:
    before = told_of_her(browser_of_hers, hers)
    browser_of_hers.post(f"{hers}/{what}", data={"feeling": "dislikes", "about": about, "quote": "mon secret", "from": "9", "until": "12"})
    (said,) = statements_of(house, "martin")
    page, listed, _events = told_of_her(browser_of_hers, hers)
    assert (said.about in page, said.about in listed) == (True, True)
    browser_of_hers.post(f"{hers}/forget", data={"number": str(said.number)})
    page, listed, events = told_of_her(browser_of_hers, hers)
    assert (page, listed) == before[:2]
    assert (len(events), [event["event"] for event in events[-2:]]) == (len(before[2]) + 2, ["Preference Stated", "Statement Withdrawn"])
    assert "secret" not in str(events)
    assert said.about_key.rpartition(":")[2] not in str(events[-2:])


def told_of_her(browser: TestClient, hers: str) -> tuple[str, str, list[dict[str, object]]]:
    """What she has said, in the page of her zip and on the console's list; and her events, in the file of her zip."""
    zipped = ZipFile(BytesIO(browser.get(f"{hers}/data?lang=en").content))
    page = words_of(zipped.read("data.html").decode()).split("What you told us")[-1].split("What you allow")[0]
    listed = words_of(browser.get("/customers/martin?lang=en").text.partition('id="said"')[2].partition("</section>")[0])
    return page, listed, json.loads(zipped.read("data.json"))["events"]


def test_what_is_wrong_is_put_right_and_her_word_takes_its_place(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "liver"})
    number = str(number_of(house, "liver"))
    browser_of_hers.post(f"{hers}/wrong", data={"number": number, "feeling": "dislikes", "about": "liver", "quote": "plus jamais"})
    shown = words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    assert "You do not want: liver. “plus jamais”" in shown
    assert "You like: liver." not in shown


def test_what_touches_her_health_waits_for_her_leave_and_is_said_again(house: House, browser_of_hers: TestClient, hers: str) -> None:
    said = {"feeling": "dislikes", "about": "sans gluten", "quote": "je suis allergique au gluten"}
    answer = browser_of_hers.post(f"{hers}/taste?lang=en", data=said)
    assert answer.status_code == 403
    assert "That may tell of your health or belief, so nothing was kept." in words_of(answer.text)
    assert "je suis allergique au gluten" in answer.text, "what she wrote is still in the form"
    assert house.truth.run("SELECT seq FROM event WHERE body LIKE '%gluten%'") == []
    browser_of_hers.post(f"{hers}/leave", data={"say": "yes health.shop"})
    assert browser_of_hers.post(f"{hers}/taste", data=said).status_code == 200


def test_what_tells_of_her_belief_waits_for_her_leave_as_health_does(house: House, browser_of_hers: TestClient, hers: str) -> None:
    said = {"feeling": "likes", "about": "halal"}
    answer = browser_of_hers.post(f"{hers}/taste?lang=fr", data=said)
    assert answer.status_code == 403
    assert "Permettez-nous d’abord de retenir ce qui touche à la santé ou aux convictions" in words_of(answer.text)
    assert house.truth.run("SELECT seq FROM event WHERE body LIKE '%halal%'") == []
    assert "Retenir ce qui touche à la santé ou aux convictions" in words_of(browser_of_hers.get(f"{hers}?lang=fr").text)
    browser_of_hers.post(f"{hers}/leave", data={"say": "yes health.shop"})
    assert browser_of_hers.post(f"{hers}/taste", data=said).status_code == 200


def test_two_pages_open_at_once_undo_nothing_of_each_other(house: House, browser_of_hers: TestClient, hers: str) -> None:
    other = link_for(house, "martin")
    browser_of_hers.post(f"{hers}/leave", data={"say": "no offers.email"})
    browser_of_hers.post(f"{other}/leave", data={"say": "yes invitations.post"})
    stands = {(line.purpose, line.channel): line.is_granted for line in leaves_of(house, "martin")}
    assert (stands["offers", "email"], stands["invitations", "post"], stands["advice", "email"]) == (False, True, True)


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("leave", {"say": "yes everything.email"}),
        ("leave", {"say": "perhaps offers.email"}),
        ("rhythm", {"pace": "never"}),
        ("hours", {"from": "7", "until": "7"}),
        ("hours", {"from": "-1", "until": "7"}),
        ("birthday", {"day": "31", "month": "2"}),
        ("birthday", {"day": "1"}),
        ("taste", {"feeling": "likes", "about": ""}),
        ("taste", {"feeling": "likes", "about": "x" * 61}),
        ("taste", {"feeling": "loves", "about": "coffee"}),
        ("not-for-me", {"number": "99999999999999999999"}),
        ("write", {"words": "  "}),
        ("erase", {}),
        ("forget", {"number": "٣"}),
    ],
    ids=lambda each: "-".join(map(str, each.values()))[:30] if isinstance(each, dict) else each,
)
def test_what_no_form_of_hers_says_changes_nothing(house: House, browser_of_hers: TestClient, hers: str, what: str, form: dict[str, str]) -> None:
    before = events_of(house)
    for language in ("en", "fr"):
        answer = browser_of_hers.post(f"{hers}/{what}?lang={language}", data=form)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert events_of(house) == before


@pytest.mark.parametrize(("language", "said"), [("en", "All that was held of you is gone"), ("fr", "Tout ce qui était détenu de vous est parti")])
def test_who_asks_twice_to_be_erased_is_gone_at_once_and_her_page_with_her(
    house: House, browser_of_hers: TestClient, hers: str, language: str, said: str
) -> None:
    assert browser_of_hers.get(f"{hers}/erase?lang={language}").status_code == 200
    assert not certificates(house.truth), "looking changes nothing"
    gone = browser_of_hers.post(f"{hers}/erase?lang={language}", data={"sure": "1"})
    assert (gone.status_code, said in words_of(gone.text)) == (200, True)
    [certificate] = certificates(house.truth)
    assert certificate.number in gone.text
    assert browser_of_hers.get(hers).status_code == 404
    assert browser_of_hers.post(f"{hers}/erase", data={"sure": "1"}).status_code == 404, "the other tab"
    assert browser_of_hers.get("/api/customers/martin/decision").status_code == 404
    assert not house.truth.run("SELECT 1 FROM person WHERE family_name = 'Martin'")


def events_of(house: House) -> int:
    return int(house.truth.run("SELECT count(*) FROM event")[0][0])


def test_hostile_text_in_every_free_field_is_shown_as_text(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "<b>organic</b>", "quote": HOSTILE})
    browser_of_hers.post(f"{hers}/write", data={"words": HOSTILE + "\x00\u202e"})
    for page in (f"{hers}?lang=en", "/customers/martin", f"{hers}?said={HOSTILE}", f"{hers}?lang={HOSTILE}"):
        shown = browser_of_hers.get(page)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
        assert "<b>organic" not in shown.text
    assert "&lt;script&gt;alert" in browser_of_hers.get(hers).text


def test_a_letter_may_be_long_and_is_answered_by_a_person_at_the_counter(house: House, browser_of_hers: TestClient, hers: str) -> None:
    letter = "Bonjour, " + "il y a beaucoup à dire. " * 40_000
    assert browser_of_hers.post(f"{hers}/write", data={"words": letter}).status_code == 200
    [wait] = waits_of(house, "martin")
    assert wait.words == letter.strip()
    assert letter.strip()[:200] in browser_of_hers.get("/customers/martin").text
    answered = f"/customers/martin/answered/{wait.number}"
    assert browser_of_hers.post(answered).status_code == 403, "only from a page of the console"
    assert browser_of_hers.post(answered, headers=HERE).status_code == 200
    assert waits_of(house, "martin") == []
    assert reason(house) == Reason.SAID


def test_her_birthday_is_as_she_says(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/birthday", data={"day": "29", "month": "2"})
    assert '<option value="29" selected>' in browser_of_hers.get(hers).text
    browser_of_hers.post(f"{hers}/birthday", data={"day": "0", "month": "0"})
    assert '<option value="29" selected>' not in browser_of_hers.get(hers).text


def test_her_data_is_a_zip_with_what_she_said(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "coffee", "quote": "sans sucre"})
    answer = browser_of_hers.get(f"{hers}/data?lang=fr")
    assert answer.headers["content-disposition"] == 'attachment; filename="mes-donnees.zip"'
    with ZipFile(BytesIO(answer.content)) as kept:
        assert {name.rpartition(".")[2] for name in kept.namelist()} >= {"json", "html"}
        assert all("sans sucre" in kept.read(name).decode() for name in kept.namelist())


def test_objecting_is_written_into_the_ledger(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/object")
    [line] = [line for line in leaves_of(house, "martin") if line.purpose == "profiling"]
    assert (line.is_granted, line.words[0].collected) == (False, "her_page")


def test_a_word_about_no_thing_that_is_not_for_her_ends_such_words(shop: Shop) -> None:
    with shop.book(thanks(purpose='"advice"')).open() as house, TestClient(_site(house), base_url="http://localhost") as browser:
        path = link_for(house, "martin")
        assert reason(house) == Reason.SAID
        assert browser.post(f"{path}/not-for-me", data={"number": "0"}).status_code == 404, "there is no thing in it to refuse"
        assert "No more of this: recipes, advice, kind words, " in browser.get(path).text
        browser.post(f"{path}/leave", data={"say": re.findall(r'name="say" value="(no [a-z]+[.][a-z]+)"', browser.get(path).text)[0]})
        assert reason(house) == Reason.NO_CONSENT


def test_a_word_that_was_said_to_somebody_else_is_none_of_hers(shop: Shop) -> None:
    shop.touch("karim", "2017-10-20", "another", level="type", item="MEAT/VEAL")
    with shop.book(veal()).open() as house, TestClient(_site(house), base_url="http://localhost") as browser:
        number = house.truth.run("SELECT touch_id FROM touch")[0][0]
        assert browser.post(f"{link_for(house, 'martin')}/not-for-me", data={"number": str(number)}).status_code == 404
        assert browser.post(f"{link_for(house, 'karim')}/not-for-me", data={"number": str(number)}).status_code == 200


def _site(house: House) -> Callable[..., object]:
    from habitue.web import create_site

    return create_site(house)


def test_hours_are_written_as_each_language_writes_them(browser_of_hers: TestClient, hers: str) -> None:
    for language, first, last in (("en", "00:00", "24:00"), ("fr", "0\u202fh", "24\u202fh")):
        shown = browser_of_hers.get(f"{hers}?lang={language}").text
        assert f'<option value="0">{first}</option>' in shown
        assert f'<option value="24">{last}</option>' in shown
