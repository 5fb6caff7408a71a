"""What she told us, in the words of a shopkeeper, in English and French."""

from __future__ import annotations

from habitue.app.card_words import Words
from habitue.decide.pronouns import Voice
from habitue.events.model import PreferenceStated
from habitue.memory.model import Hours
from habitue.memory.rules import hours_of
from habitue.words.typesetting import hour_text
from habitue.words.vocabulary import Channel, Subject, Told

FEELINGS = {
    1: {"en": "She likes: {about}.", "fr": "Elle aime : {about}."},
    -1: {"en": "She does not want: {about}.", "fr": "Elle n’en veut pas : {about}."},
    0: {"en": "She does not mind any more: {about}.", "fr": "Elle n’a plus d’avis là-dessus : {about}."},
}
REACHED = {
    1: {"en": "She likes to hear from us {about}.", "fr": "Elle aime avoir de nos nouvelles {about}."},
    -1: {"en": "She does not want to hear from us {about}.", "fr": "Elle ne veut pas de nos nouvelles {about}."},
    0: {"en": "She does not mind any more whether she hears from us {about}.", "fr": "Elle n’a plus d’avis sur nos nouvelles {about}."},
}
"""What she thinks of a way to be reached, or of an hour."""
PACES = {
    1: {"en": "She likes to hear from us more often.", "fr": "Elle aime avoir de nos nouvelles plus souvent."},
    -1: {"en": "She wants to hear from us less often.", "fr": "Elle veut moins souvent de nos nouvelles."},
    0: {"en": "She wants to hear from us as often as everybody.", "fr": "Elle veut de nos nouvelles aussi souvent que tout le monde."},
}
"""How often she wants to hear from us."""
WAYS = {
    Channel.EMAIL: {"en": "by e-mail", "fr": "par e-mail"},
    Channel.SMS: {"en": "by text message", "fr": "par SMS"},
    Channel.POST: {"en": "by post", "fr": "par la poste"},
    Channel.SHOP: {"en": "at the counter", "fr": "au comptoir"},
    Channel.PHONE: {"en": "by telephone", "fr": "par téléphone"},
    Channel.SITE: {"en": "on the site", "fr": "sur le site"},
}
HIDDEN = {
    "en": "Something that may tell of her health or belief; it is shown no more.",
    "fr": "Quelque chose qui peut toucher à sa santé ou à ses convictions ; on ne le montre plus.",
}
WHO = {
    Told.SHE_SAID: {"en": "She said so on {on}.", "fr": "Elle l’a dit le {on}."},
    Told.SELLER_NOTED: {"en": "Noted by a seller on {on}.", "fr": "Noté par un vendeur le {on}."},
    Told.INFERRED: {"en": "Inferred on {on}; she has not said so.", "fr": "Déduit le {on} ; elle ne l’a pas dit."},
}
STANDINGS = {
    "counts": {"en": "It counts.", "fr": "Cela compte."},
    "withdrawn": {"en": "Withdrawn.", "fr": "Retiré."},
    "expired": {"en": "Its time ended on {until}.", "fr": "Son temps a pris fin le {until}."},
    "health_without_leave": {
        "en": "It may tell of her health or belief, and she gives no leave to keep that: to be erased.",
        "fr": "Cela peut toucher à sa santé ou à ses convictions, et elle ne permet pas de le garder : à effacer.",
    },
    "declared_otherwise": {
        "en": "She has spoken herself; what is inferred says nothing.",
        "fr": "Elle s’est exprimée elle-même ; ce qui est déduit ne dit rien.",
    },
    "superseded": {"en": "A newer word counts.", "fr": "Un mot plus récent compte."},
    "faded": {"en": "Inferred too long ago to say anything.", "fr": "Déduit il y a trop longtemps pour dire quoi que ce soit."},
    "outweighed": {"en": "Other signs weigh more.", "fr": "D’autres signes pèsent plus."},
}
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}


def about_words(event: PreferenceStated, thing: str, language: str) -> str:
    """What a statement is about: “liver”, “organic”, “by telephone”, “from 00:00 to 10:00, Saturday to Sunday”."""
    if event.subject == Subject.THING:
        return thing or event.item_key
    if event.subject == Subject.CHANNEL:
        return WAYS[Channel[event.item_key.upper()]][language]
    if event.subject == Subject.HOUR:
        return _hours(hours_of(event.item_key), language)
    if event.subject == Subject.RHYTHM:
        return {"en": "how often we write", "fr": "le rythme de nos nouvelles"}[language]
    return event.item_key


def _hours(hours: Hours, language: str) -> str:
    is_french = language == "fr"
    first_hour, last_hour = hour_text(hours.from_hour, language), hour_text(hours.until_hour, language)
    span = f"de {first_hour} à {last_hour}" if is_french else f"from {first_hour} to {last_hour}"
    if not hours.from_weekday:
        return span
    first, last = DAYS[language][hours.from_weekday - 1], DAYS[language][hours.until_weekday - 1]
    if first == last:
        return f"{span}, le {first}" if is_french else f"{span}, on {first}"
    return f"{span}, du {first} au {last}" if is_french else f"{span}, {first} to {last}"


def sentence_of(event: PreferenceStated, about: str, said_day: int, language: str, is_hidden: bool, voice: Voice) -> str:
    """The statement and who told it when, in two sentences; `voice` turns ours, never what it is about."""
    feelings = PACES if event.subject == Subject.RHYTHM else REACHED if event.subject in (Subject.CHANNEL, Subject.HOUR) else FEELINGS
    what = HIDDEN if is_hidden else feelings[(event.feeling > 0) - (event.feeling < 0)]
    return voice(f"{what[language]} {WHO[event.told][language]}").format(about=about, on=Words(language).date(said_day))


def standing_words(standing: str, until_day: int, language: str) -> str:
    """Whether it counts, and if not, why."""
    return STANDINGS[standing][language].format(until=Words(language).date(until_day) if until_day else "")
