"""Strangers' answers on the console: whose each is, is said by a press, in both languages, and who looked is written down."""

from __future__ import annotations

from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.looking import her_looks
from habitue.app.receiving import receive
from habitue.app.strangers import strangers
from habitue.app.talking import open_conversations
from tests.cast import shop
from tests.inbox.test_attachments import JPEG, mail
from tests.web.test_inbox_pages import HERE, counter, house, peer
from tests.web.test_pages import words_of

__all__ = ["counter", "house", "peer", "shop"]


def test_whose_it_is_is_said_by_a_press_and_nothing_is_attached_by_guess(house: House, counter: TestClient) -> None:
    first = receive(house, mail(("rôti.jpg", JPEG), words="Vous avez <b>du lapin</b> ?", sender="who@knows.example")).stray
    second = receive(house, mail(words="Et du canard, les deux Petit ?", sender="petit@example.org")).stray
    assert "2 courriers dont on ne sait pas l’auteur" in words_of(counter.get("/inbox?lang=fr").text)
    page = counter.get("/inbox/strangers?lang=en").text
    assert ("du lapin</b>" not in page, "photo (JPEG), 6 kB" in page) == (True, True)
    assert ('value="anne"' in page, 'value="marc"' in page) == (True, True)

    wrong = counter.post(f"/inbox/strangers/{first}?lang=fr", data={"do": "hers", "customer": "personne"}, headers=HERE)
    assert (wrong.status_code, "personne" in words_of(wrong.text), 'value="personne"' in wrong.text) == (404, True, True)
    assert len(strangers(house)) == 2

    done = counter.post(f"/inbox/strangers/{first}", data={"do": "hers", "customer": "martin"}, headers=HERE, follow_redirects=False)
    (talk,) = [each for each in open_conversations(house) if each.customer == "martin"]
    assert (done.status_code, done.headers["location"].partition("?")[0]) == (303, f"/inbox/{talk.number}")
    assert [file.name for file in talk.messages[-1].files] == ["rôti.jpg"]
    assert "what she wrote to us" in her_looks(house, "martin")[0].sentence

    counter.post(f"/inbox/strangers/{second}", data={"do": "nobodys"}, headers=HERE)
    assert strangers(house) == []
    again = counter.post(f"/inbox/strangers/{second}?lang=en", data={"do": "nobodys"}, headers=HERE)
    assert (again.status_code, "whose it is, or let it go" in words_of(again.text)) == (404, True)
    assert counter.post(f"/inbox/strangers/{10**40}", data={"do": "nobodys"}, headers=HERE).status_code == 404
    for form in ({"do": "else"}, {}):
        assert counter.post(f"/inbox/strangers/{first}", data=form, headers=HERE).status_code == 400
    assert "There is none" in counter.get("/inbox/strangers?lang=en").text
