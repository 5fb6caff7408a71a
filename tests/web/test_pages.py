"""What the pages say, to whom they lead, and how they say no."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from habitue.words.clock import parse_day
from habitue.words.reasons import Reason
from habitue.words.typesetting import NARROW
from tests.web.paper import HOSTILE, LONG, TODAY, PaperDesk, plan

EVERY_PAGE = [
    "/",
    "/people",
    "/people?reason=no_consent",
    "/people?group=peace",
    "/customers",
    "/customers?q=a",
    "/customers/0",
    "/customers/0/why",
    "/customers/0/leave",
    "/customers/0/asks",
    "/customers/0/looks",
    "/inbox",
    "/inbox/1",
    "/inbox/3",
    "/cases",
    "/cases/1",
    "/cases/4",
    "/staff",
]


def words_of(html: str) -> str:
    """The text of a page, in one line."""
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def links_of(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', html) if not link.startswith(("/static", "#"))]


def test_today_says_it_in_sentences_first(client: TestClient) -> None:
    said = words_of(client.get("/").text)
    assert "A word for 212 people today, all with a reason. 1,843 are left in peace, most of them because nothing is worth their attention." in said
    assert "243 have not given us leave, or cannot be reached. 171 belong to the control group." in said
    assert "2 November 2017, planned at 06:00 for 2,469 customers" in said


def test_today_says_it_in_french_too(client: TestClient) -> None:
    said = words_of(client.get("/?lang=fr").text)
    assert "Jeudi au comptoir" in said
    assert f"Un mot pour 212 personnes aujourd’hui, chacune avec une raison. 1{NARROW}843 sont laissées en paix" in said
    assert f"2 novembre 2017, préparé à 6{NARROW}h pour 2{NARROW}469 clients" in said


def test_a_day_of_ones_is_said_in_the_singular(client: TestClient, desk: PaperDesk) -> None:
    desk.made = plan(customers=4, touches=1, silences=3, reasons={Reason.NOT_DUE: 1, Reason.NO_CONSENT: 1, Reason.HELD_OUT: 1}, kinds={"offer": 1})
    said = words_of(client.get("/").text)
    assert "A word for 1 person today, with a reason. 1 is left in peace, because they do not need it yet. 1 has not given us leave" in said
    assert "1 personne aujourd’hui, avec une raison. 1 est laissée en paix" in words_of(client.get("/?lang=fr").text)


def test_a_day_without_a_word_says_so_and_is_no_error(client: TestClient, desk: PaperDesk) -> None:
    desk.made = plan(touches=0, kinds={}, customers=2, silences=2, reasons={Reason.PAUSED: 1, Reason.NOT_DUE: 1})
    said = words_of(client.get("/").text)
    assert "Nobody needs a word today. 2 are left in peace, above all because they asked for a pause." in said
    assert "Silence is an answer too" in said
    assert "Everyone has given leave" in said


def test_too_few_customers_prove_nothing_and_the_page_says_so(client: TestClient, desk: PaperDesk) -> None:
    desk.made = plan(customers=1999, reasons={Reason.PAUSED: 1787})
    assert "what offers change cannot be proved here" in words_of(client.get("/").text)
    desk.made = plan(customers=2000, reasons={Reason.PAUSED: 1788})
    assert "No offer is held back today" in words_of(client.get("/people").text)


@pytest.mark.parametrize(
    ("address", "said"), [("/?on=2019-01-01", "ne connaît personne le 1er janvier 2019"), ("/customers/nobody", "Personne ici n’a le numéro nobody")]
)
def test_what_the_house_does_not_know_is_said_in_french_too(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert said in words_of(answer.text)


def test_an_empty_house_says_what_to_do_first(client: TestClient, desk: PaperDesk) -> None:
    desk.made = plan(customers=0, touches=0, silences=0, reasons={}, kinds={})
    assert "No customers yet. Bring in your orders first" in words_of(client.get("/").text)


def test_whoever_waits_for_us_is_said_in_red(client: TestClient, desk: PaperDesk) -> None:
    desk.made = plan(reasons={Reason.COMPLAINT_OPEN: 3})
    page = client.get("/").text
    assert '<a class="now" href="/people?reason=complaint_open">3 customers wait for your answer.</a>' in page


def test_every_figure_opens_to_its_people_and_every_person_to_the_reason(client: TestClient, desk: PaperDesk) -> None:
    figures = [link for link in links_of(client.get("/").text) if link.startswith("/people?")]
    assert {parse_qs(urlsplit(link).query).get("reason", [""])[0] for link in figures} >= {r.name.lower() for r in desk.made.reasons} | {"said"}
    for link in figures:
        people = [person for person in links_of(client.get(link).text) if person.startswith("/customers/")]
        assert people, link
        assert client.get(people[1]).status_code == 200
        assert people[1].endswith("/why")


def test_touches_come_by_pages_and_by_kind(client: TestClient, desk: PaperDesk) -> None:
    assert "1 to 20 of 212" in words_of(client.get("/").text)
    assert "201 to 212 of 212" in words_of(client.get("/?page=11").text)
    client.get("/?kind=offer&page=2")
    assert ("touches", TODAY, 20, 20, "offer") in desk.asked
    assert "/?kind=offer&page=1" in links_of(client.get("/?kind=offer&page=2").text)


def test_the_day_is_carried_through_every_link(client: TestClient) -> None:
    for address in EVERY_PAGE:
        joined = address + ("&" if "?" in address else "?") + "on=2017-10-05"
        inner = [link for link in links_of(client.get(joined).text) if link.startswith("/")]
        assert inner
        assert [link for link in inner if "on=2017-10-0" not in link] == [], address


def test_without_a_day_the_clock_s_own_day_is_shown_and_no_link_names_it(client: TestClient, desk: PaperDesk) -> None:
    page = client.get("/").text
    assert ("plan", TODAY) in desk.asked
    assert "on=2017-11-02" not in page
    assert {"/?on=2017-11-01", "/?on=2017-11-03"} <= set(links_of(page))


def test_no_link_leads_to_a_day_that_nobody_knows(client: TestClient) -> None:
    first, last = client.get("/?on=2017-01-01").text, client.get("/?on=2017-12-31").text
    assert "day before" not in first
    assert "day after" in first
    assert "day before" in last
    assert "day after" not in last


def test_another_day_is_asked_of_the_desk_and_called_a_rehearsal(client: TestClient, desk: PaperDesk) -> None:
    said = words_of(client.get("/?on=2017-10-05").text)
    assert desk.asked[0] == ("plan", parse_day("2017-10-05"))
    assert "as a rehearsal" in said


@pytest.mark.parametrize("day", ["x", "2017-13-45", "2017-02-30", "0000-00-00", "<script>", "2017-11-02' OR 1=1", "9" * 5000, "\x00"])
@pytest.mark.parametrize("address", ["/", "/people", "/customers", "/customers/0", "/customers/0/why", "/api/plan"])
def test_a_bad_day_is_a_clear_page(client: TestClient, address: str, day: str) -> None:
    answer = client.get(address, params={"on": day})
    assert answer.status_code == 400
    assert "is not a day. Write it as 2017-11-02." in answer.text
    assert "<script>" not in answer.text or address.startswith("/api/")


@pytest.mark.parametrize("day", ["2019-01-01", "0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_outside_of_the_data_is_not_here(client: TestClient, day: str) -> None:
    answer = client.get(f"/?on={day}")
    assert answer.status_code == 404
    assert "outside" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/customers/nobody", 404),
        ("/customers/nobody/why", 404),
        ("/people?reason=whim", 400),
        ("/people?group=whim", 404),
        ("/?kind=whim", 400),
        ("/?page=0", 400),
        ("/?page=-1", 400),
        ("/?page=²", 400),
        ("/?page=99999999999999999999", 400),
        ("/?page=12", 404),
        ("/people?reason=paused&page=2", 404),
        ("/nowhere", 404),
        ("/customers/", 404),
        ("/customers/%00", 404),
        ("/customers/a%00/why", 404),
        ("/customers/%ff%fe", 404),
    ],
)
def test_a_question_without_an_answer_is_a_clear_page(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Back to today" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_hostile_names_are_text_and_nothing_else(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert "<script" not in page.replace('<script src="/static/', "")
    assert "<img" not in page


def test_a_hostile_question_is_text_too(client: TestClient) -> None:
    page = client.get("/customers", params={"q": HOSTILE}).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_very_long_name_and_none_at_all_are_shown(client: TestClient) -> None:
    said = words_of(client.get("/people?reason=said").text)
    assert LONG in said
    assert "Customer 6" in said


def test_a_key_with_a_slash_and_a_question_mark_is_found(client: TestClient) -> None:
    for page in ("", "/why"):
        answer = client.get(f"/customers/a%2Fb%3Fc{page}")
        assert answer.status_code == 200
        assert f"/customers/a%2Fb%3Fc{page}?theme=dark" in links_of(answer.text)


def test_a_search_asks_on_the_day_looked_at_and_is_cut_to_length(client: TestClient, desk: PaperDesk) -> None:
    assert "1 customer answers to “morel”" in words_of(client.get("/customers?q=morel&on=2017-10-05").text)
    assert ("search", "morel", parse_day("2017-10-05")) in desk.asked
    client.get("/customers", params={"q": "mor\0el"})
    assert desk.asked[-1][1] == "morel"
    client.get("/customers", params={"q": "z" * 5000})
    assert len(str(desk.asked[-1][1])) == 100
    assert "Nobody answers to “zzz" in words_of(client.get("/customers?q=zzz").text)


def test_the_card_says_never_set_aside_and_not_today(client: TestClient) -> None:
    page = client.get("/customers/0").text
    said = words_of(page)
    assert "No nuts for her son" in said
    assert "Not to be said today The offer on cheese" in said
    assert 'aria-label="72 baskets in the year. We said 4 words."' in page
    assert "Steady, about a fifth of it cheese" in said


def test_a_decision_says_what_it_is_worth_and_what_stopped_the_rest(client: TestClient) -> None:
    said = words_of(client.get("/customers/0/why").text)
    assert "Chance that it is bought anyway 41% Chance that the word is of use 4.2%" in said
    assert "What it takes of their attention −3.0 cents" in said
    assert "Together, against silence 12.0 cents" in said
    assert said.index("Nothing worth her attention") < said.index("Not due yet") < said.index("Bought it already")
    assert "1 action was never meant for this customer" in said


def test_a_sentence_that_several_words_share_is_said_once(client: TestClient) -> None:
    said = words_of(client.get("/customers/0/why").text)
    assert said.count("It is too early by her own rhythm.") == 1
    assert "It is too early by her own rhythm. A recipe for figs Jam of the house fig jam" in said


@pytest.mark.parametrize("address", [*EVERY_PAGE, "/nowhere"])
def test_every_page_says_that_names_are_invented(client: TestClient, address: str) -> None:
    said = words_of(client.get(address).text)
    assert "Names, addresses, birthdays and consents are invented." in said
    assert "research and education" in said
