"""What she says in an answer: what is proposed, in which words of hers, what binds at once, and what waits."""

from __future__ import annotations

import sys
import time
from datetime import date

import pytest

from habitue.dialogue.model import Doubt, Proposal, What
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.sentences import Things
from habitue.words.vocabulary import Strength
from tests.dialogue.measure_saying import MAIL_ON, STRANGERS_FIRST, THINGS, Line, label_of, lines, measured, row

ANSWER = "Oh oui merci ! Mais plus de saumon pour moi, mon fils est allergique.\nJe passe samedi vers 11h.\n\nZoé"


@pytest.fixture(scope="module")
def corpus() -> list[Line]:
    return list(lines())


def said(words: str, things: Things = THINGS) -> tuple[Proposal, ...]:
    return proposals_in(words, things, MAIL_ON)


def test_the_lines_that_the_rules_were_made_from_are_read_as_they_are_labelled(corpus: list[Line]) -> None:
    development = [line for line in corpus if line.half == "development"]
    assert [line for line in development if line.read != line.said] == []
    assert min(sum(line.language == language for line in development) for language in ("en", "fr")) >= 60


@pytest.mark.parametrize(("kind", "binds"), [("refusal", True), ("refusal", False), ("allergy", False)])
def test_refusals_and_allergies_of_our_own_list_are_read_well(corpus: list[Line], kind: str, binds: bool) -> None:
    ours = [line for line in corpus if line.half not in STRANGERS_FIRST]
    precision, recall = measured(ours, kind, binds)
    sys.stdout.write(row(kind, precision, recall))
    assert len(ours) >= 600
    assert min(precision.share, recall.share) >= 0.95


@pytest.mark.parametrize(("kind", "binds", "right", "of"), [("refusal", True, 12, 13), ("refusal", False, 16, 18), ("allergy", False, 24, 28)])
def test_the_lines_that_no_rule_was_made_from_are_read_no_worse_than_at_first(corpus: list[Line], kind: str, binds: bool, right: int, of: int) -> None:
    precision, recall = measured([line for line in corpus if line.half == "held-out"], kind, binds)
    assert precision.share >= right / of
    assert recall.share == 1


@pytest.mark.parametrize(("kind", "binds", "least"), [("refusal", True, 0.99), ("refusal", False, 0.99), ("allergy", False, 0.98)])
def test_what_is_read_of_every_part_that_the_rules_were_mended_by_is_right(corpus: list[Line], kind: str, binds: bool, least: float) -> None:
    assert measured(corpus, kind, binds)[0].share >= least


@pytest.mark.parametrize(
    ("part", "kind", "binds", "least"),
    [
        ("strangers", "refusal", True, 0.75),
        ("strangers", "refusal", False, 0.92),
        ("strangers", "allergy", False, 0.97),
        ("strangers", "like", False, 0.75),
        ("later strangers", "refusal", True, 0.55),
        ("later strangers", "refusal", False, 0.95),
        ("later strangers", "allergy", False, 1),
        ("later strangers", "like", False, 0.42),
        ("latest strangers", "refusal", True, 0.5),
        ("latest strangers", "refusal", False, 0.55),
        ("latest strangers", "allergy", False, 0.77),
        ("latest strangers", "like", False, 0.43),
    ],
)
def test_no_less_of_what_strangers_wrote_is_read_than_it_was(corpus: list[Line], part: str, kind: str, binds: bool, least: float) -> None:
    written = [line for line in corpus if line.half == part]
    assert len(written) >= 159
    assert measured(written, kind, binds)[1].share >= least


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Thon : non.", "refusal!:tuna"),
        ("Tripe? No.", "refusal!:tripe"),
        ("Oysters in July? Not for us, thanks.", "refusal:oysters"),
        ("Les moules, franchement, je ne peux pas.", "refusal!:mussels"),
        ("Spare me the tuna.", "refusal!:tuna"),
        ("Could you stop sending me salmon please?", "refusal!:salmon"),
        ("Please leave the tripe out, thanks.", "refusal:tripe"),
        ("We've gone off lamb completely.", "refusal!:lamb"),
        ("Not a soul? Nobody here eats honey.", "question refusal!:honey"),
        ("My father can't have honey, he would end up in hospital.", "allergy@:honey"),
        ("Les œufs me font gonfler.", "allergy:eggs"),
        ("Allergique au lupin et à la moutarde.", "allergy:lupin allergy:moutarde"),
        ("Thanks for the tuna. My son is allergic.", "allergy@:tuna"),
        ("Peanuts could kill my brother.", "allergy@:peanuts"),
        ("Le lait passe mal chez moi.", "allergy:milk"),
        ("I was never one for tripe.", "refusal!:tripe"),
        ("Tout me va sauf le miel.", "refusal:honey"),
        ("Tout est arrivé sauf le miel.", ""),
        ("Oysters? I can't come before noon.", "question"),
        ("We don't buy salmon elsewhere.", "refusal:salmon"),
        ("We are partial to lamb.", "like:lamb"),
        ("J'adore vos rillettes !", "like:rillettes"),
        ("J'adore votre boutique.", ""),
        ("The tuna is out of stock.", ""),
        ("The tuna had gone off.", "complaint"),
        ("Le saumon, je ne peux pas m'en passer.", ""),
        ("Leave the eggs out by the door please.", ""),
        ("Take the salmon off the bone for me please.", ""),
        ("We are off salmon fishing.", ""),
        ("Les œufs font gonfler la pâte.", ""),
        ("Mettez-moi plus de crevettes, svp.", ""),
        ("Nobody here eats anything but salmon.", ""),
    ],
)
def test_a_way_of_saying_it_is_read_and_what_only_looks_like_it_is_not(words: str, label: str) -> None:
    assert " ".join(sorted(map(label_of, said(words)))) == label


def test_what_she_refuses_as_it_is_quoted_with_the_sentence_that_names_it_and_waits() -> None:
    (refusal,) = said("Merci pour le foie. Je n'en mange pas.")
    assert (refusal.quote, refusal.thing, refusal.doubt) == ("Merci pour le foie. Je n'en mange pas.", "liver", Doubt.MAY_MEAN_MORE)


@pytest.mark.parametrize(("words", "quote"), [("Allergique aux noix + arachides.", "arachides"), ("jai une allergie aux noix & arachides", "arachides")])
def test_what_is_joined_by_a_sign_is_a_list_and_named_as_she_wrote_it(words: str, quote: str) -> None:
    assert [each.about for each in said(words)] == ["noix", quote]


def test_a_verdict_on_a_thing_that_she_asks_herself_about_is_quoted_with_it() -> None:
    assert [each.quote for each in said("Tripe? Never, thanks. See you")] == ["Tripe? Never, thanks."]


def test_a_refusal_binds_at_once_and_an_allergy_of_her_son_waits_for_her_leave() -> None:
    refusal, allergy = said(ANSWER)
    assert refusal == Proposal(What.REFUSAL, "Mais plus de saumon pour moi", "no_more_of_it", "saumon", "salmon", -1, Strength.PLAIN, Doubt.NONE)
    assert (allergy.what, allergy.thing, allergy.is_hers, allergy.is_about_health) == (What.ALLERGY, "salmon", False, True)
    assert allergy.quote == "Mais plus de saumon pour moi, mon fils est allergique."
    assert (refusal.binds, allergy.binds) == (True, False)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("Plus de saumon.", Doubt.MAY_MEAN_MORE),
        ("Pas de saumon cette semaine, merci.", Doubt.FOR_NOW),
        ("I don't like smoked salmon.", Doubt.NARROWER),
        ("I don't like salmon, what else is there?", Doubt.ASKED),
        ("My husband hates salmon.", Doubt.ANOTHERS),
        ("I didn't like the salmon.", Doubt.TASTED),
        ("Je n'aime pas les endives.", Doubt.UNKNOWN_THING),
        ("I love salmon.", Doubt.ALWAYS),
    ],
)
def test_what_is_not_plain_waits_and_says_why(words: str, doubt: Doubt) -> None:
    taste = said(words)[0]
    assert (taste.doubt, taste.binds) == (doubt, False)


def test_a_refusal_that_tells_of_her_health_binds_nothing_without_her_leave() -> None:
    (refusal,) = said("Je ne mange plus de foie depuis que je suis enceinte.")
    assert (refusal.is_about_health, refusal.doubt, refusal.binds) == (True, Doubt.NONE, False)


def test_a_complaint_binds_even_where_it_tells_of_her_health() -> None:
    (complaint,) = said("Très déçue : malade après vos huîtres !")
    assert (complaint.what, complaint.is_about_health, complaint.binds) == (What.COMPLAINT, True, True)


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("JE N’AIME PAS LES HUITRES", "oysters"),
        ("Je n'aime pas l'œuf.", "eggs"),
        ("I don't like tomato.", "tomatoes"),
        ("Je n'aime pas le foie gras.", "foie_gras"),
        ("Je n'aime pas le maïs.", "corn"),
        ("Je n'aime pas les the\u0301s.", "tea"),
        ("I don't like the liver.", "liver"),
    ],
)
def test_a_thing_is_known_however_it_is_written(words: str, thing: str) -> None:
    assert [each.thing for each in said(words)] == [thing]


def test_a_word_of_every_day_is_no_thing_of_the_catalogue() -> None:
    assert [each.thing for each in said("Je n'aime pas le foie mais j'aime le thon.")] == ["liver", "tuna"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("En vacances jusqu'au 5 décembre", None, date(2026, 12, 5)),
        ("I am away until January 2", None, date(2027, 1, 2)),
        ("Absente jusqu'au 3 mars 2027", None, date(2027, 3, 3)),
        ("Nous sommes en voyage du 28 décembre au 4 janvier.", date(2026, 12, 28), date(2027, 1, 4)),
        ("Je suis absente jusqu'à samedi.", None, date(2026, 11, 28)),
        ("De retour le 5 décembre !", None, date(2026, 12, 4)),
        ("En vacances jusqu'à la fin du mois", None, date(2026, 11, 30)),
        ("Je suis absente jusqu'au 14/12", None, date(2026, 12, 14)),
    ],
)
def test_the_last_day_of_an_absence_is_worked_out_from_the_day_of_her_mail(words: str, first: date | None, last: date) -> None:
    (absence,) = said(words)
    assert (absence.what, absence.from_on, absence.until_on) == (What.ABSENCE, first, last)


@pytest.mark.parametrize(
    "words", ["En vacances jusqu'au 31 février", "Absente jusqu'au 3 mars 2020", "Vous êtes en vacances jusqu'au 5 décembre.", "Né le 30 février"]
)
def test_a_day_that_is_none_or_not_hers_is_left_out(words: str) -> None:
    assert said(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "STOP",
        "Plus de mails svp",
        "I don't like newsletters",
        "Merci de me désinscrire",
        "Désabonnez-moi, je déteste les courriels",
        "Oui merci",
        "",
        "\n?!…\n",
        "@0 @1",
    ],
)
def test_what_is_for_another_rule_or_for_nobody_proposes_nothing(words: str) -> None:
    assert said(words) == ()


def test_a_thank_you_closes_only_where_nothing_else_is_said() -> None:
    assert [each.what for each in said("Bonjour Camille,\nmerci pour tout !\nZoé")] == [What.THANKS]
    assert [each.what for each in said("Merci ! Le poisson n'était pas frais.")] == [What.COMPLAINT]
    assert [each.what for each in said("Merci, mais les moules étaient avariées.")] == [What.COMPLAINT]
    assert [each.what for each in said("Merci, je déteste le foie.")] == [What.REFUSAL]
    assert said("Merci de me rappeler demain.") == ()


def test_hostile_text_is_read_in_no_time() -> None:
    began = time.process_time()
    for words in (
        "plus de ",
        "saumon, ",
        "saumon et ",
        "je n'aime pas ",
        "allergique a a ",
        "le la les ",
        "ne ",
        "jusqu'au ",
        "du 3 ",
        "not ",
        "pas mon ",
        ", ",
        "@0 ",
        "saumon me donne ",
        "hives from ",
        "ni saumon ni ",
        "Saumon ? Non. ",
        "and gluten n ",
        "my lips swell ",
        "saumon I don't like it ",
        "epipen saumon for ",
        "est a une ",
    ):
        said(words * 100_000)
        said(words * 400 + "saumon")
    for words in (
        "bien cordialement ",
        "very really ",
        "is are s it just ",
        "merci ",
        "I don't like saumon, ",
        "je suis allergique aux noix, ",
        "\u0300",
        "tout ",
    ):
        said(words * 4_000)
    assert time.process_time() - began < 20
