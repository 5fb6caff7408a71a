"""What the card says of her tastes: her no before her habits, and each thing with who told it and when."""

from __future__ import annotations

from habitue.app import card_of, note
from habitue.app.model import Card, Fact
from habitue.app.remembering import withdraw
from habitue.app.stating import Note
from habitue.words.vocabulary import Subject, Told
from tests.cast import AFTERWARDS, ORDERS, TODAY, Shop, day, weekly
from tests.memory.test_statements import SAID, veal_said

LIVER = "martin,thing,type,MEAT/LIVER,dislikes,{},plain,{},,,no\n"


def fact(card: Card, heading: str) -> Fact:
    return next(one for one in card.facts if one.heading == heading)


def card(shop: Shop, said: str, language: str = "en") -> Card:
    shop.bring("preferences", SAID + said)
    with shop.open() as house:
        return card_of(house, "martin", language=language)


def test_what_she_does_not_want_is_neither_loved_nor_due_however_often_she_buys_it(shop: Shop) -> None:
    with shop.open() as house:
        before = card_of(house, "martin")
        assert [fact(before, heading).text for heading in ("Loves", "Due")] == ["Veal", "Veal"]
        note(house, "martin", Note(Subject.THING, "type:MEAT/VEAL", -1, told=Told.SHE_SAID))
        after = card_of(house, "martin")
    assert [fact(after, heading).text for heading in ("Loves", "Avoids", "Due")] == ["Not known yet", "Veal", "Nothing just now"]


def test_a_no_to_its_category_or_to_what_it_is_like_is_heard_too_and_a_yes_to_it_lifts_that(shop: Shop) -> None:
    shop.bring("orders", ORDERS + weekly("martin", product="sage"))
    shop.bring("products", "product,type,category,department,attributes\nsage,SAGE,HERBS,GROCERY,organic\n")
    with shop.open() as house:
        assert fact(card_of(house, "martin"), "Loves").text == "Veal, sage"
        note(house, "martin", Note(Subject.ATTRIBUTE, "organic", -1))
        note(house, "martin", Note(Subject.THING, "department:BUTCHER", -1))
        assert [fact(card_of(house, "martin"), heading).text for heading in ("Loves", "Due")] == ["Not known yet", "Nothing just now"]
        note(house, "martin", Note(Subject.THING, "type:MEAT/VEAL", 1))
        assert [fact(card_of(house, "martin"), heading).text for heading in ("Loves", "Due")] == ["Veal", "Veal"]


def test_each_refusal_keeps_its_own_day_and_its_own_teller(shop: Shop) -> None:
    said = LIVER.format("2017-09-03", "she-said") + LIVER.format("2017-10-20", "seller-noted").replace("LIVER", "LAMB")
    inferred = "martin,thing,type,HERBS/SAGE,dislikes,2017-10-30,plain,inferred,,,no\n"
    found = card(shop, said + inferred)
    assert fact(found, "Avoids") == Fact(
        "Avoids",
        "Liver, lamb, sage",
        "liver: said so on 3 September 2017; lamb: a seller noted it on 20 October 2017; sage: so it seems, but she has not said so",
    )
    assert found.never == ("No liver: she told us on 3 September 2017.", "No lamb: a seller noted it on 20 October 2017.")


def test_what_is_said_once_for_all_is_said_once(shop: Shop) -> None:
    found = card(shop, LIVER.format("2017-09-03", "she-said") + LIVER.format("2017-09-03", "she-said").replace("LIVER", "LAMB"))
    assert (fact(found, "Avoids").text, fact(found, "Avoids").proof) == ("Liver, lamb", "said so on 3 September 2017")


def test_what_a_seller_noted_or_what_only_seems_so_is_not_put_into_her_mouth(shop: Shop) -> None:
    noted = LIVER.format("2017-10-20", "seller-noted").replace("dislikes", "likes")
    inferred = "martin,thing,type,HERBS/SAGE,likes,2017-10-30,plain,inferred,,,no\n"
    loves = fact(card(shop, noted + inferred, "fr"), "Aime")
    assert (loves.text, loves.proof) == (
        "Foie, sauge, veau",
        "foie : un vendeur l’a noté ; sauge : semble-t-il, mais elle ne l’a pas dit ; veau : acheté sur 20 jours",
    )


def test_what_only_seems_so_gives_way_to_what_she_said_of_more(shop: Shop) -> None:
    found = card(shop, "martin,thing,category,MEAT,likes,2017-09-01,plain,she-said,,,no\n" + veal_said("dislikes", "2017-10-31", "inferred", "strong"))
    assert (fact(found, "Avoids").text, fact(found, "Due").text) == ("Nothing that we know of", "Veal")


def test_of_a_past_day_the_card_says_what_was_known_then(shop: Shop) -> None:
    shop.bring("preferences", SAID + veal_said("dislikes", "2017-11-01"))
    with shop.open(AFTERWARDS) as house:
        assert fact(card_of(house, "martin", day("2017-11-01")), "Loves").text == "Veal"
        assert fact(card_of(house, "martin", day(TODAY)), "Loves").text == "Not known yet"


def test_of_whom_came_once_nothing_is_said_of_how_often_or_how_steadily(shop: Shop) -> None:
    shop.bring("orders", ORDERS + weekly("newcomer", weeks=1))
    with shop.open() as house:
        for language, often, steady in (("en", "Came once", "Too early to say"), ("fr", "Est venue une fois", "Trop tôt pour le dire")):
            found = card_of(house, "newcomer", language=language)
            assert (found.facts[0].text, found.facts[-1].text) == (often, steady)


def test_a_type_that_nobody_named_is_called_as_within_its_category_and_found_so(shop: Shop) -> None:
    shop.bring("products", "product,type,category\nterrine,Terrine de campagne,Charcuterie\n")
    shop.bring("orders", ORDERS + weekly("newcomer", weeks=1, product="terrine"))
    with shop.open() as house:
        loves = fact(card_of(house, "newcomer", language="fr"), "Aime")
        assert (loves.text, loves.proof) == ("Terrine de campagne", "acheté sur 1 jour")
        note(house, "newcomer", Note(Subject.THING, "terrine de campagne", -1))
        assert fact(card_of(house, "newcomer"), "Avoids").text == "Terrine de campagne"


def test_what_no_product_is_called_is_on_her_card_in_the_words_in_which_it_was_said(shop: Shop) -> None:
    with shop.open() as house:
        number = note(house, "martin", Note(Subject.ATTRIBUTE, "coriander", -1, told=Told.SHE_SAID))
        note(house, "martin", Note(Subject.ATTRIBUTE, "organic", 1, told=Told.SHE_SAID))
        found = card_of(house, "martin")
        assert fact(found, "Avoids") == Fact("Avoids", "Coriander", "said so on 2 November 2017")
        assert found.never == ("No coriander: she told us on 2 November 2017.",)
        assert fact(found, "Loves").text == "Organic, veal"
        withdraw(house, "martin", number)
        assert fact(card_of(house, "martin"), "Avoids").text == "Nothing that we know of"
