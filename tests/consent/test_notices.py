"""What she was shown when she said yes: the brand's own words, kept as versions, and to be opened from every word of hers."""

from __future__ import annotations

from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from habitue.app import open_house
from habitue.app.her.saying import link_for
from habitue.app.leaving import Said, leaves_as_json_ld, leaves_of, say_leave
from habitue.consent.notices import every_notice, lay_out_notices
from habitue.web import create_site
from habitue.words.errors import BadInput, SettingsError
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import Shop, thanks
from tests.web.test_pages import words_of

OFFERS = (Purpose.OFFERS,), (Channel.SMS,)


def rewrite(shop: Shop, purpose: str, *changes: tuple[str, str]) -> None:
    file = shop.settings.data / "notices" / f"{purpose}.toml"
    if not file.exists():
        lay_out_notices(shop.settings.data)
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


def test_a_yes_keeps_which_text_she_was_shown_though_the_brand_writes_another_one_later(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        first = house.notices.shown(Purpose.OFFERS, "fr")
        assert first.text.startswith("My shop peut vous annoncer ses offres")
        assert sha256(first.page.encode()).hexdigest() == first.hash
        say_leave(house, "nina", Said(True, *OFFERS, notices=(first.hash,)))
    rewrite(shop, "offers", ("peut vous annoncer ses offres", "vous dit ses bonnes affaires"), ('title = "offres"', 'title = "bonnes affaires"'))
    with shop.open() as house:
        second = house.notices.shown(Purpose.OFFERS, "fr")
        assert (first.version, second.version, len(every_notice(house.truth))) == (1, 2, 17)
        [line] = [line for line in leaves_of(house, "nina", "fr") if line.channel == "sms"]
        assert line.leave == "Bonnes affaires, par SMS"
        assert (line.words[0].notice_hash, line.words[0].shown) == (first.hash, "Texte montré : « offres », version 1, en français.")
        [record] = [record for record in leaves_as_json_ld(house, "nina")["@graph"] if "dpv:hasNotice" in record]
        assert record["dpv:hasNotice"]["@id"] == f"urn:sha256:{first.hash}"
        assert record["dpv:hasNotice"]["dct:description"] == first.text
        client = TestClient(create_site(house), base_url="http://localhost")
        assert f'href="/notices/{first.hash}"' in client.get("/customers/nina/leave?lang=fr").text
        assert "My shop peut vous annoncer ses offres" in client.get(f"/notices/{first.hash}?lang=fr").text
        assert "vous dit ses bonnes affaires" in client.get("/notices?lang=fr").text
        assert "Aucun texte ici n’a le numéro 1234567890" in words_of(client.get("/notices/1234567890?lang=fr").text)


def test_the_counter_says_what_she_was_shown(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        client = TestClient(create_site(house), base_url="http://localhost")
        shown = " ".join(house.notices.shown(purpose, "en").hash for purpose in house.notices.asked())
        form = {"word": "yes", "for-offers": "1", "for-advice": "1", "by-sms": "1", "how": "form", "shown": shown}
        assert f'<option value="{shown}">' in client.get("/customers/nina/leave?lang=en").text
        client.post("/customers/nina/leave", data=form, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
        found = {line.purpose: line.words[0].shown for line in leaves_of(house, "nina") if line.channel == "sms"}
    assert found == {
        "offers": "She was shown “offers”, version 1, in English.",
        "advice": "She was shown “recipes, advice, kind words”, version 1, in English.",
    }


def test_what_the_brand_does_not_use_is_not_offered_and_a_no_to_it_is_heard(shop: Shop) -> None:
    rewrite(shop, "invitations", ("is_used = true", "is_used = false"))
    with shop.book(thanks()).open() as house:
        page = TestClient(create_site(house), base_url="http://localhost").get("/customers/karim/leave?lang=en").text
        assert "for-offers" in page
        assert "for-invitations" not in page
        assert "for-audiences" not in page
        for purpose in (Purpose.INVITATIONS, Purpose.AUDIENCES):
            with pytest.raises(BadInput, match="does not ask for that"):
                say_leave(house, "karim", Said(True, (purpose,), (Channel.EMAIL,)))
            assert say_leave(house, "karim", Said(False, (purpose,), (Channel.EMAIL,))) == 1


def test_a_text_that_this_house_never_had_was_not_shown(shop: Shop) -> None:
    with shop.book(thanks()).open() as house, pytest.raises(BadInput, match="cannot have been shown"):
        say_leave(house, "nina", Said(True, *OFFERS, notices=("0" * 64,)))


@pytest.mark.parametrize(
    "text", ["is_used = maybe", "[fr]\ntitle = 'x'\n", "[en]\ntitle = ' '\ntext = 'x'\n", "is_used = true\n", '[en]\ntitle = "a\\u0000"\ntext = "b"\n']
)
def test_a_notice_with_a_mistake_opens_no_house(shop: Shop, text: str) -> None:
    lay_out_notices(shop.settings.data)
    (shop.settings.data / "notices" / "offers.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"offers\.toml"):
        open_house(shop.book(thanks()).settings)


def test_to_her_a_purpose_is_called_what_the_brand_calls_it_on_her_page_and_at_the_way_out(shop: Shop) -> None:
    rewrite(shop, "offers", ('title = "offres"', 'title = "bonnes affaires"'), ('title = "offers"', 'title = "good deals"'))
    rewrite(shop, "invitations", ("is_used = true", "is_used = false"))
    with shop.book(thanks()).open() as house:
        outside = TestClient(create_site(house), base_url="http://localhost")
        for language, called, ours in (("en", "good deals", "offers"), ("fr", "bonnes affaires", "offres")):
            hers = outside.get(f"{link_for(house, 'martin')}?lang={language}").text
            assert called.capitalize() in words_of(hers)
            assert f'<option value="offers">{called}</option>' in hers
            assert 'option value="invitations"' not in hers
            assert ours not in words_of(hers).lower()
            assert called in words_of(outside.get(f"/out/{'A' * 22}?for=offers&lang={language}").text)
