"""Sentences of the console that hang on a reason, a kind or a term: written here in English, turned by the catalogue."""

from __future__ import annotations

from habitue.words.reasons import Reason


def _(text: str) -> str:
    """Mark a text for the catalogue; it is turned into the reader's language when shown."""
    return text


# “… are left in peace, most of them because …”
BECAUSE = {
    Reason.PAUSED: _("they asked for a pause"),
    Reason.COMPLAINT_OPEN: _("a complaint of theirs is still open"),
    Reason.WAITING_FOR_OUR_ANSWER: _("they wait for our answer first"),
    Reason.PRESSED_TOO_OFTEN: _("they have heard enough from us lately"),
    Reason.EXPIRED: _("what we had to say is past its date"),
    Reason.OUT_OF_SEQUENCE: _("something else has to be said to them first"),
    Reason.QUIET_HOURS: _("it would reach them at a quiet hour"),
    Reason.SAID_ALREADY: _("we have said it already"),
    Reason.IGNORED_LATELY: _("they let our last words go by"),
    Reason.ASKED_MORE_THAN_GIVEN: _("we have asked more than we gave"),
    Reason.OVER_BUDGET: _("enough such words leave already"),
    Reason.UNWELCOME_WAY: _("they do not want to hear from us that way"),
    Reason.UNWELCOME_HOUR: _("they do not want to hear from us at that hour"),
    Reason.NO_PROFILING: _("they asked us to reckon nothing from their purchases"),
    Reason.DISLIKED: _("they do not like the thing"),
    Reason.OUT_OF_STOCK: _("the thing is not in the shop"),
    Reason.ALREADY_BOUGHT: _("they have bought it already"),
    Reason.NOT_DUE: _("they do not need it yet"),
    Reason.NO_AFFINITY: _("we have nothing to their taste"),
    Reason.NOT_WORTH_HER_ATTENTION: _("nothing is worth their attention"),
    Reason.ANOTHER_IS_WORTH_MORE: _("something else is worth more"),
    Reason.NOT_CONCERNED: _("nothing in the book concerns them"),
    Reason.FORGOTTEN: _("they had it forgotten"),
}

KINDS = {
    "offer": _("Offers"),
    "content": _("Advice"),
    "service": _("Service"),
    "question": _("Questions"),
    "gesture": _("Gestures"),
    "set-aside": _("Set aside"),
}

NO_DAY = _("This house knows nobody on %(day)s: no customer had come yet, or that day has not come.")
NO_CUSTOMER = _(
    "Nobody has the number %(key)s here, or was not known yet on the morning of %(day)s; whoever comes in the course of a day has her card on the next."
)

GROUPS = {
    "peace": _("Left in peace"),
    "not-ours": _("Not ours to decide"),
    "control": _("Control group"),
}

# the terms of a value, by the name the ledger gives them: what they are, in what, and whether they are taken off
TERMS = {
    "buy_percent": (_("Chance that it is bought anyway"), "percent", 1),
    "use_percent": (_("Chance that the word is of use"), "percent", 1),
    "gain": (_("What the word changes in money"), "cents", 1),
    "worth": (_("What it does for the relation"), "cents", 1),
    "cost": (_("What it costs to say"), "cents", -1),
    "attention": (_("What it takes of their attention"), "cents", -1),
}


def kind_title(kind: str) -> str:
    """The English heading of a kind of word, to be turned by the catalogue; an unknown kind says itself."""
    return KINDS.get(kind.replace("_", "-"), kind.replace("_", " "))
