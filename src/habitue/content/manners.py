"""The manners of a message: whether it can be answered, and whether a first name is all that is personal in it. Pure looks at texts."""

from __future__ import annotations

import re
from enum import IntEnum

UNANSWERABLE = re.compile(
    r"(?<![a-z])(shop|store|mail)?(no|not?|do[-_. ]?not|never|ne[-_. ]?pas|non?|sans|pas[-_. ]?de|keine|nicht)[-_. ]?"
    r"(repl(y|ies)|respond|answers?|r[eé]pondre|r[eé]ponses?|antwort(en)?)(?![a-z])|unattended",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"(?<!\w)(\d+\s?% (?:off|sur)|[-−]\s?\d+\s?%|half[- ]price|discounts?"
    r"|vouchers?|coupons?|special offers?|free (?:gift|delivery|shipping)|r[ée]ductions?|remises?|promotions?|promos?"
    r"|soldes|bons? d[’']achat|offres? sp[ée]ciales?|livraison (?:gratuite|offerte)|moiti[ée] prix)(?!\w)",
    re.IGNORECASE,
)
"""What somebody is promised who reads it."""
END = re.compile(
    r"\b(?:until|till|ends?|before|through|today|this week|jusqu\w*|avant|au plus tard|aujourd[’']hui|cette semaine)\b"
    r"|\b\d{1,2}[./]\d{1,2}\b|\b(?:by|le) (?:the )?\d",
    re.IGNORECASE,
)
"""Until when a promise holds."""
FAMILIAR = re.compile(
    r"(?<!\w)(xo(?:xo)*|hugs|kisses|sweetie|sweetheart|darling|my dear|dear friend|we miss(?:ed)? you|buddy|bisous?|bises"
    r"|ma ch[eè]re|mon cher|ch[eé]rie?|coucou|tu|toi|tu nous manques|vous nous manquez)(?!\w)",
    re.IGNORECASE,
)
"""How one speaks to whom one has known for long."""
ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>]{1,250}")
LONGEST_SENDER = 400
TAG = re.compile(
    r"\*\|([^|*]{1,80})\|\*|\$?\{\{\{?([^{}]{1,200})\}?\}\}|\[\[([^\[\]]{1,80})\]\]|%%?([A-Za-z_.]{3,40})%%?"
    r"|\$?\{([A-Za-z_.]{3,40})\}|\[([A-Z_]{4,40}NAME|NAME|PRENOM)\]"
)
"""What newsletter tools write in place of something personal: *|FNAME|*, {{ first_name }}, [[name]], %FIRSTNAME%, {NAME}, ${name}, [NAME]."""
NAMES = re.compile(
    r"(f|first|given)[-_. ]?name|pr[eé]nom|vorname|nombre|(^|\.)name$|(^|\.)first$|^nom$|(l|last|sur|family)[-_. ]?name|full[-_. ]?name|"
    r"salutation|title$|civilit",
    re.IGNORECASE,
)
NOT_HER = re.compile(
    r"^(else|end|/|#|if\b|unless\b|each\b|interest)|:if$|^if:|preview|e?mail$|unsub|d[eé]sabon|d[eé]sinscri|opt[-_. ]?out|preferences?$|update[-_. ]?profile|"
    r"archive|browser|mirror|web[-_. ]?version|view[-_. ]?online|list[:_. ]|company|organi[sz]ation|shop\.|store\.|sender|from[-_. ]|subject|campaign|"
    r"current[-_. ]?(year|date)|^(year|date)|html:|address$|forward|rewards|^sale$",
    re.IGNORECASE,
)
"""Tags that every message carries, or that steer the tool, and that say nothing of whoever reads it."""
NAME_SIGN = "\N{BULLET}"


class Personal(IntEnum):
    """What in a text is about whoever reads it."""

    NOTHING = 0
    NAME_ALONE = 1
    MORE = 2


def may_be_answered(sender: str) -> bool:
    """False for a sender whose address says that nobody reads the answer (no-reply, donotreply, ne-pas-repondre); a bare name is looked at itself."""
    shown = sender[:LONGEST_SENDER]
    address = ADDRESS.search(shown)
    return UNANSWERABLE.search(address[0] if address else shown) is None


def personal_parts(text: str, first_name: str = "") -> Personal:
    """What the text says of its reader, by the tags of newsletter tools or by her first name where the text is as she got it."""
    tags = ["".join(groups).split("|")[0].strip() for groups in TAG.findall(text)]
    about_her = [tag for tag in tags if not NOT_HER.search(tag)]
    if any(not NAMES.search(tag) for tag in about_her):
        return Personal.MORE
    return Personal.NAME_ALONE if about_her or _names(text, first_name) else Personal.NOTHING


def without_name(text: str, first_name: str = "") -> str:
    """The text with a sign in place of her first name, so that what was said to many can be told from what was said to one.

    A name begins with a capital, or ends a greeting: in "we may come" there is no May.
    """
    if not first_name.strip():
        return text
    return re.sub(rf"\b{re.escape(first_name)}\b(\s*([,!.:;\n]|$))?", _signed, text, flags=re.IGNORECASE)


def _signed(found: re.Match[str]) -> str:
    after = found[1] or ""
    return found[0] if found[0][0].islower() and not after else NAME_SIGN + after


def _names(text: str, first_name: str) -> bool:
    return len(first_name.strip()) > 1 and without_name(text, first_name) != text
