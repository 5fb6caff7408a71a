"""Her leave at the counter: what she allows is written down with its proof, what she takes back counts at once, and every word stays to be shown.

Nina allowed advice, offers and invitations by e-mail in a file of 1 June; everything else she says here.
"""

from __future__ import annotations

import json

import pytest

from habitue.app import House
from habitue.app.leaving import LeaveLine, Said, leaves_as_json_ld, leaves_of, say_leave
from habitue.app.merging import Pairing
from habitue.words.errors import BadInput, Unknown
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import AFTERWARDS, Shop, thanks

OFFERS_BY_SMS = (Purpose.OFFERS,), (Channel.SMS,)
BY_FILE = {("advice", "email"), ("offers", "email"), ("invitations", "email")}


def lines(house: House) -> dict[tuple[str, str], LeaveLine]:
    return {(line.purpose, line.channel): line for line in leaves_of(house, "nina")}


def granted(house: House) -> set[tuple[str, str]]:
    return {leave for leave, line in lines(house).items() if line.is_granted}


def pairing(house: House, one: str, other: str) -> Pairing:
    return Pairing(house.truth, house.settings, one, other, house.clock.instant())


def test_a_yes_at_the_counter_is_kept_with_its_proof_and_a_no_ends_it(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        assert granted(house) == BY_FILE
        assert say_leave(house, "nina", Said(True, *OFFERS_BY_SMS, proof="card signed at the till")) == 1
        assert granted(house) == BY_FILE | {("offers", "sms")}
        assert say_leave(house, "nina", Said(False, *OFFERS_BY_SMS, collected=Collected.CALL)) == 1
        assert granted(house) == BY_FILE
        words = lines(house)["offers", "sms"].words
        assert [word.sentence for word in words] == [
            "No, on 2 November 2017. She said so on the telephone.",
            "Yes, on 2 November 2017. She said so at the counter.",
        ]
        assert [(word.proof, word.previous) for word in words] == [("", words[1].number), ("card signed at the till", 0)]
        assert say_leave(house, "nina", Said(True, *OFFERS_BY_SMS)) == 1
        assert granted(house) == BY_FILE | {("offers", "sms")}


def test_leave_me_alone_is_a_no_to_all_that_we_would_write_and_to_all_that_she_had_allowed(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "nina", Said(True, (Purpose.ADVICE,), (Channel.SITE, Channel.EMAIL)))
        say_leave(house, "nina", Said(True, (Purpose.SERVICE,), (Channel.EMAIL,)))
        say_leave(house, "nina", Said(False))
        assert granted(house) == {("service", "email")}
        assert len(lines(house)) == 3 * 4 + 2  # four ways for each purpose, her site, and news of her orders


def test_a_man_says_so_on_his_page_and_what_the_house_writes_as_proof_is_told_in_the_reader_s_language(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "karim", Said(True, (Purpose.OFFERS,), (Channel.SMS,), Collected.HER_PAGE, "her page"))
        say_leave(house, "karim", Said(True, (Purpose.OFFERS,), (Channel.SMS,), Collected.COUNTER, "tablet in the shop “Rue Haute”, with Léa"))
        say_leave(house, "karim", Said(False, (Purpose.OFFERS,), (Channel.SMS,), Collected.ONE_CLICK, "her word, as she wrote it"))
        told = {language: next(line for line in leaves_of(house, "karim", language) if line.channel == "sms").words for language in ("en", "fr")}
    assert [word.proof_shown for word in told["en"]] == ["her word, as she wrote it", "tablet in the shop “Rue Haute”, with Léa", "his page"]
    assert [word.proof_shown for word in told["fr"]] == ["her word, as she wrote it", "tablette de la boutique “Rue Haute”, avec Léa", "sa page"]
    assert [word.proof for word in told["fr"]][2] == "her page"
    assert told["en"][2].sentence == "Yes, on 2 November 2017. He said so on his page."
    assert told["fr"][0].sentence.endswith("Il s’est désinscrit depuis un message.")


def test_what_no_message_carries_is_one_leave_whichever_way_she_speaks_of_it(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        shop.bring("consents", "customer,purpose,channel,granted,at\nnina,health,email,no,2017-10-01\n")
        say_leave(house, "nina", Said(True, (Purpose.HEALTH,)))
        assert granted(house) == BY_FILE | {("health", "email"), ("health", "shop")}
        say_leave(house, "nina", Said(False, (Purpose.HEALTH,)))
        assert granted(house) == BY_FILE
        assert {line.leave for line in leaves_of(house, "nina", "fr") if line.purpose == "health"} == {"Retenir ce qui touche à la santé ou aux convictions"}


def test_a_no_to_e_mail_counts_for_whoever_else_has_that_mailbox_unless_they_are_known_to_be_two(shop: Shop) -> None:
    """Anne and Marc Petit gave one address."""
    with shop.book(thanks()).open() as house:
        assert say_leave(house, "anne", Said(False, (Purpose.OFFERS,), (Channel.EMAIL, Channel.POST))) == 3
        assert {line.purpose for line in leaves_of(house, "marc") if line.is_granted} == {"advice", "invitations"}
        assert [word.sentence for line in leaves_of(house, "marc") for word in line.words if word.collected == "counter"] == [
            "No, on 2 November 2017. She said so at the counter."
        ]
        with house.truth.transaction():
            pairing(house, "anne", "marc").say_household()
        assert say_leave(house, "anne", Said(False, (Purpose.ADVICE,), (Channel.EMAIL,))) == 1
        assert {line.purpose for line in leaves_of(house, "marc") if line.is_granted} == {"advice", "invitations"}


def test_a_no_outlasts_a_yes_that_is_dated_later(shop: Shop) -> None:
    shop.bring("consents", "customer,purpose,channel,granted,at\nnina,offers,sms,yes,2017-11-20T12:00:00\n")
    with shop.book(thanks()).open() as house:
        say_leave(house, "nina", Said(False, *OFFERS_BY_SMS))
        assert ("offers", "sms") not in granted(house)
    with shop.open(AFTERWARDS) as house:
        assert ("offers", "sms") not in granted(house)


def test_a_no_stays_with_each_number_of_hers_should_they_be_taken_apart(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        with house.truth.transaction():
            pairing(house, "nina", "karim").merge()
        assert say_leave(house, "nina", Said(False, (Purpose.OFFERS,), (Channel.EMAIL,))) == 2
        with house.truth.transaction():
            pairing(house, "nina", "karim").unmerge()
        for key in ("nina", "karim"):
            assert {line.purpose for line in leaves_of(house, key) if line.is_granted} == {"advice", "invitations"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said(True), "Say for what she allows it"),
        (Said(True, (Purpose.OFFERS,)), "Say by which way she allows it"),
    ],
)
def test_a_yes_to_everything_is_none(shop: Shop, said: Said, sentence: str) -> None:
    with shop.book(thanks()).open() as house:
        with pytest.raises(BadInput, match=sentence):
            say_leave(house, "nina", said)
        with pytest.raises(Unknown, match="no customer “nobody”"):
            say_leave(house, "nobody", Said(True, *OFFERS_BY_SMS))
        assert set(lines(house)) == BY_FILE


def test_the_ledger_goes_out_as_consent_records_each_with_the_one_that_it_replaces(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "nina", Said(False, (Purpose.INVITATIONS,), (Channel.POST,)))
        say_leave(house, "nina", Said(True, *OFFERS_BY_SMS, proof="signed card"))
        say_leave(house, "nina", Said(False, *OFFERS_BY_SMS))
        told = json.loads(json.dumps(leaves_as_json_ld(house, "nina")))
    refused, given, withdrawn = (record for record in told["@graph"] if record["dpv:hasContext"]["dct:title"] != "email")
    states = [record["dpv:hasConsentStatus"]["@id"] for record in (refused, given, withdrawn)]
    assert states == ["dpv:ConsentRefused", "dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert (given["dpv:hasIndicationMethod"], given["dct:date"]) == ("counter · signed card", "2017-11-02T05:00:00Z")
    assert withdrawn["dct:replaces"] == {"@id": given["@id"]}
    assert "dct:replaces" not in refused
    assert {record["dpv:hasDataSubject"] for record in told["@graph"]} == {"nina"}
