"""A word that somebody remembers finds its conversation: hers, ours or her name, large or small, with accents or without."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.finding_talks import find_talks
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import answer_stranger, drop
from habitue.app.looking import her_looks
from habitue.dialogue.strays import said_with_strangers
from habitue.store import save_settings
from habitue.web import create_site
from habitue.words.errors import BadInput
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.inbox.test_strangers import stranger
from tests.web.test_among_us import asked_by
from tests.web.test_inbox_pages import press
from tests.web.test_pages import words_of

__all__ = ["shop"]


def test_words_of_hers_and_ours_and_names_find_it(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shop = shop.told(sender="shop@example.org").book(thanks())
    save_settings(shop.settings)
    with shop.open() as house:
        hers = asked_by(house, "martin", "Un bœuf\n<b>épicé</b> pour l’été, l'an prochain ?")
        his = asked_by(house, "karim", "Avez-vous du bœuf ?")
        answer(house, hers, "Oui, une côte de Salers.", "Camille")
        close(house, his)

        def numbers(text: str) -> list[int]:
            return [each.number for each in find_talks(house, text)]

        assert numbers("BOEUF") == [his, hers]
        assert numbers("épice boeuf l'ete") == numbers("l’an martin") == [hers]
        assert numbers("bœuf jeanne") == [hers]
        assert numbers("thread_key") == numbers("bœuf salers") == numbers("%") == [], "one message has them all; what surrounds it in the file is not searched"
        (ours,) = find_talks(house, "salers")
        assert (ours.is_hers, ours.name, ours.words) == (False, "Jeanne Martin", "Oui, une côte de Salers.")
        with pytest.raises(BadInput):
            find_talks(house, " \u0301")
        counter = TestClient(create_site(house), base_url="http://localhost")
        press(counter, "/staff", {"name": "Camille"})
        page = counter.get("/inbox/find?q=épicé&lang=fr").text
        assert ("1 conversation avec « épicé »" in words_of(page).replace("\u202f", " "), "<b>épicé" in page) == (True, False)
        assert {(line.who, line.what) for line in her_looks(house, "martin")} == {("Camille", "inbox")}
        assert her_looks(house, "karim") == []
        assert "“zzz” stands in no conversation." in words_of(counter.get("/inbox/find?q=zzz&lang=en").text)
        assert counter.get("/inbox/find?q=%CC%81").status_code == 200
        assert [each["number"] for each in counter.get("/api/inbox/find?q=salers").json()] == [ours.number]
        assert counter.get("/api/inbox/find").status_code == 400
        forget(house, "martin")
        assert numbers("boeuf") == [his]
        stray = receive(house, stranger("Le bœuf\n<b>haché</b>, c’est pour l’été ?", "olga@knows.example")).stray
        answer_stranger(house, stray, "Oui, du Salers.", "Camille")
        other = receive(house, stranger("Bonjour", "nina@knows.example")).stray
        assert [(each.number, each.is_stranger) for each in find_talks(house, "boeuf")] == [(his, False), (stray, True)]
        assert [(each.number, each.is_hers, each.words) for each in find_talks(house, "olga salers")] == [(stray + 1, False, "Oui, du Salers.")]
        assert numbers("rôti nina") == [other], "a subject, and an address"
        assert [number for number, *_ in said_with_strangers(house.truth, 1)] == [other, stray + 1, stray], "page by page"
        page = counter.get("/inbox/find?q=haché&lang=en").text
        assert (f'href="/inbox/strangers/{stray}' in page, "<b>haché" in page, "a stranger" in words_of(page)) == (True, False, True)
        drop(house, other, "Camille")
        assert numbers("nina") == []
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    assert "inconnu olga@knows.example Re: Le rôti Le bœuf" in habitue("inbox", "find", "haché", "--language", "fr")[1]
    assert "Avez-vous du bœuf ?" in habitue("inbox", "find", "boeuf", "karim")[1]
