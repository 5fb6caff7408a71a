"""What her own page says to her, in English and French: the same facts as on the card, said to her face."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from habitue.app.card_words import Both, Words
from habitue.app.model import HerLine
from habitue.app.remembering import Statement
from habitue.decide.sentences import ago_text
from habitue.words.clock import day_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Kind

TASTES = ("thing", "attribute")
"""What another word of hers may take the place of; of ways, hours and the rhythm she says anew what she wants."""
FEELINGS: dict[int, Both] = {
    1: ("You like: {about}.", "Vous aimez : {about}."),
    -1: ("You do not want: {about}.", "Vous n’en voulez pas : {about}."),
    0: ("You do not mind any more: {about}.", "Vous n’avez plus d’avis là-dessus : {about}."),
}
REACHED: dict[int, Both] = {
    1: ("You like to hear from us {about}.", "Vous aimez avoir de nos nouvelles {about}."),
    -1: ("You do not want to hear from us {about}.", "Vous ne voulez pas de nos nouvelles {about}."),
    0: ("You do not mind any more whether you hear from us {about}.", "Vous n’avez plus d’avis sur nos nouvelles {about}."),
}
PACES: dict[int, Both] = {
    1: ("You like to hear from us more often.", "Vous aimez avoir de nos nouvelles plus souvent."),
    -1: ("You want to hear from us less often.", "Vous voulez moins souvent de nos nouvelles."),
    0: ("You want to hear from us as often as everybody.", "Vous voulez de nos nouvelles aussi souvent que tout le monde."),
}
HOW: dict[str, Both] = {
    "she_said": ("You said so on {on}.", "Vous l’avez dit le {on}."),
    "seller_noted": ("Somebody of the shop noted it on {on}.", "Quelqu’un du magasin l’a noté le {on}."),
    "inferred": ("We gathered it on {on}; you have not said so.", "Nous l’avons déduit le {on} ; vous ne l’avez pas dit."),
}
HIDDEN: Both = (
    "Something that may tell of your health or belief. Without your leave we show it to nobody, and it counts for nothing.",
    "Quelque chose qui peut toucher à votre santé ou à vos convictions. Sans votre accord, nous ne le montrons à personne et cela ne compte pour rien.",
)
STANDINGS: dict[str, Both] = {
    "expired": ("Its time is over; it counts no more.", "Son temps est passé ; cela ne compte plus."),
    "health_without_leave": ("It counts no more.", "Cela ne compte plus."),
    "declared_otherwise": ("Your own word counts, not this.", "C’est votre parole qui compte, pas ceci."),
    "superseded": ("A newer word of yours counts.", "Un mot plus récent de vous compte."),
    "faded": ("Too long ago; it counts no more.", "Trop ancien ; cela ne compte plus."),
    "outweighed": ("Other signs say the contrary; it counts no more.", "D’autres signes disent le contraire ; cela ne compte plus."),
}
KINDS: dict[Kind, Both] = {
    Kind.OFFER: ("An offer", "Une offre"),
    Kind.CONTENT: ("A piece of advice", "Un conseil"),
    Kind.SERVICE: ("News of service", "Une nouvelle de service"),
    Kind.QUESTION: ("A question", "Une question"),
    Kind.GESTURE: ("A friendly word", "Un mot aimable"),
    Kind.SET_ASIDE: ("Something put aside for you", "Quelque chose mis de côté pour vous"),
}
WHYS: dict[str, Both] = {
    "habit": ("Because you have bought {thing} with us: {often}.", "Parce que vous avez acheté chez nous : {thing}, {often}."),
    "because": ("Because it goes with {because}, which you had bought.", "Parce que cela va avec ce que vous aviez acheté : {because}."),
    "near": ("Because it is close to what you buy.", "Parce que c’est proche de ce que vous achetez."),
    "birthday": ("Because of your birthday.", "À cause de votre anniversaire."),
    "anniversary": ("Because you had been with us for one more year.", "Parce que vous étiez chez nous depuis une année de plus."),
    "late": ("Because you had not been here for longer than usual.", "Parce que votre dernière visite remontait à plus longtemps que d’habitude."),
    "newcomer": ("Because you had come for the first time.", "Parce que c’était votre première visite."),
    "regular": ("Because you come often.", "Parce que vous venez souvent."),
    "plain": ("Because we thought that it would be of use to you.", "Parce que nous pensions que cela vous serait utile."),
    "asked": (
        "Because you had written to us, and we wanted to know whether we had answered well.",
        "Parce que vous nous aviez écrit, et que nous voulions savoir si nous avions bien répondu.",
    ),
    "before": (
        "It was sent before we kept our reasons, or by another tool; we cannot say why.",
        "C’était avant que nous gardions nos raisons, ou par un autre outil ; nous ne pouvons pas dire pourquoi.",
    ),
}
SILENCES: dict[Reason, Both] = {
    Reason.PAUSED: ("because you asked for a pause", "parce que vous avez demandé une pause"),
    Reason.COMPLAINT_OPEN: ("because a complaint of yours is still open", "parce qu’une réclamation de votre part est encore ouverte"),
    Reason.WAITING_FOR_OUR_ANSWER: ("because you wait for our answer first", "parce que vous attendez d’abord notre réponse"),
    Reason.PRESSED_TOO_OFTEN: ("because you have heard enough from us lately", "parce que vous nous avez assez entendus ces temps-ci"),
    Reason.NO_CONSENT: ("because you have not allowed it", "parce que vous ne l’avez pas permis"),
    Reason.UNREACHABLE: ("because we have no address of yours for it", "parce que nous n’avons pas d’adresse de vous pour cela"),
    Reason.LAPSED: ("because we have had no sign from you in three years", "parce que nous n’avons eu aucun signe de vous depuis trois ans"),
    Reason.NO_PROFILING: ("because you asked us to work nothing out from your purchases", "parce que vous nous avez demandé de ne rien déduire de vos achats"),
    Reason.QUIET_HOURS: ("because it would reach you at a quiet hour", "parce que cela vous parviendrait à une heure de silence"),
    Reason.SAID_ALREADY: ("because we have said it already", "parce que nous l’avons déjà dit"),
    Reason.IGNORED_LATELY: ("because you let our last words go by", "parce que vous avez laissé passer nos derniers mots"),
    Reason.ASKED_MORE_THAN_GIVEN: ("because we have asked more of you than we gave", "parce que nous vous avons plus demandé que donné"),
    Reason.UNWELCOME_WAY: ("because you do not want to hear from us that way", "parce que vous ne voulez pas de nos nouvelles par ce moyen"),
    Reason.UNWELCOME_HOUR: ("because you do not want to hear from us at that hour", "parce que vous ne voulez pas de nos nouvelles à cette heure-là"),
    Reason.DISLIKED: ("because you do not like the thing", "parce que vous n’aimez pas la chose"),
    Reason.OUT_OF_STOCK: ("because the thing is not in the shop", "parce que la chose n’est pas au magasin"),
    Reason.ALREADY_BOUGHT: ("because you have it already", "parce que vous l’avez déjà"),
    Reason.NOT_DUE: ("because you do not need it yet", "parce que vous n’en avez pas encore besoin"),
    Reason.NO_AFFINITY: ("because we have nothing to your taste", "parce que nous n’avons rien à votre goût"),
    Reason.FORGOTTEN: ("because of something that you had us forget", "pour une raison que vous nous avez fait oublier"),
    Reason.HELD_OUT: (
        "because this half-year you are among the few to whom we make no offers, so that we learn what offers change",
        "parce que, ce semestre, vous êtes parmi les rares personnes à qui nous ne faisons pas d’offres, pour apprendre ce qu’elles changent",
    ),
}
UNWANTED: Both = ("because you do not want this: {thing}", "parce que vous ne voulez pas de ceci : {thing}")
NO_MORE: Both = ("because nothing is worth your attention", "parce que rien ne vaut votre attention")
PEACE: Both = ("Today we leave you in peace, {because}.", "Aujourd’hui nous vous laissons en paix, {because}.")
TODAY: Both = ("Today we have this for you: {headline}.", "Aujourd’hui nous avons ceci pour vous : {headline}.")
NEW: Both = ("You are new here; today we have nothing planned for you.", "Vous venez d’arriver chez nous ; rien n’est prévu pour vous aujourd’hui.")


def line_of(one: Statement, language: str) -> HerLine:
    """A statement as it is said to her: what, how we know, and whether it counts."""
    place, feeling = int(language == "fr"), (one.feeling > 0) - (one.feeling < 0)
    is_hidden = one.is_about_health and not one.about and one.subject != "rhythm"
    told = PACES if one.subject == "rhythm" else REACHED if one.subject in ("channel", "hour") else FEELINGS
    sentence = HIDDEN[place] if is_hidden else told[feeling][place].format(about=one.about)
    how = HOW[one.told][place].format(on=Words(language).date(day_number(one.on)))
    more = STANDINGS[one.standing][place] if one.standing in STANDINGS and not is_hidden else ""
    return HerLine(
        one.number, sentence, f"{how} {more}".strip(), one.quote, one.counts, one.word or one.about, one.feeling, not is_hidden and one.subject in TASTES
    )


def habit_words(row: Mapping[str, Any], language: str) -> str:
    """How often she bought a thing: “eight times, the last nine days ago”."""
    times, ago = row["times"], ago_text(row["last_day"], row["today"], language)
    if language == "fr":
        return f"une fois, {ago}" if times == 1 else f"{times} fois, la dernière {ago}"
    return f"once, {ago}" if times == 1 else f"{times} times, the last {ago}"


def headline_of(kind: int, thing: str, language: str) -> str:
    """What a word of ours was: “An offer: coffee”."""
    words = Words(language)
    head = KINDS[Kind(kind)][language == "fr"]
    return f"{head}{words.colon}{thing}" if thing else head


def why_of(which: str, language: str, **slots: str) -> str:
    """Why we wrote, to her."""
    return WHYS[which][language == "fr"].format(**slots)


def peace_of(reason: Reason, language: str, thing: str = "") -> str:
    """Why today is silent, to her; of a thing that she does not want, which."""
    place = int(language == "fr")
    because = UNWANTED[place].format(thing=thing) if thing and reason == Reason.DISLIKED else SILENCES.get(reason, NO_MORE)[place]
    return PEACE[place].format(because=because)
