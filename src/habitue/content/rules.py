"""What must hold between the keys of an action, and between the actions of a book: pure judgement on what was read.

Each rule names the keys that it reads: where one of them could not be read, the rule is silent, so that one mistake is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from habitue.content.model import ALWAYS_UNTIL, Action, Basis, UseBasis
from habitue.words.vocabulary import Channel, Kind, Purpose


@dataclass(frozen=True)
class Rule:
    """One rule: the keys that it reads (the first is where its line is), when it is broken, and what to say then."""

    keys: tuple[str, ...]
    is_broken: Callable[[Action], bool]
    what: str


_NO_THING = Basis.CUSTOMER
MUST_HOLD = (
    Rule(("when",), lambda a: a.when.until_day < a.when.from_day, "“until” lies before “from”."),
    Rule(
        ("basis", "about"), lambda a: a.basis != _NO_THING and a.about.is_empty(), 'This basis needs things: add about, as about = { categories = ["COFFEE"] }.'
    ),
    Rule(
        ("about", "basis"), lambda a: a.basis == _NO_THING and not a.about.is_empty(), 'With basis = "customer" the action is about no thing: take about away.'
    ),
    Rule(("about",), lambda a: a.about.any and _names_things(a), "“any” already means every thing: take the named ones away, or any."),
    Rule(
        ("basis", "because"),
        lambda a: a.basis == Basis.BECAUSE and a.because.is_empty(),
        'basis = "because" needs because, as because = { categories = ["PASTA"], within_days = 4 }.',
    ),
    Rule(("because", "basis"), lambda a: a.basis != Basis.BECAUSE and not a.because.is_empty(), '“because” is only for basis = "because".'),
    Rule(
        ("use", "basis"),
        lambda a: a.basis == _NO_THING and a.use_basis != UseBasis.FIXED,
        'With basis = "customer" there is no thing to love or buy: write use as a number in permille.',
    ),
    Rule(
        ("purpose", "kind"),
        lambda a: a.kind == Kind.OFFER and a.purpose == Purpose.SERVICE,
        'An offer cannot leave under the purpose "service": she never allowed offers by it.',
    ),
    Rule(("purpose",), lambda a: a.purpose == Purpose.HEALTH, 'The purpose "health" is leave to remember, never to speak; choose another.'),
    Rule(("after", "key"), lambda a: a.after is not None and a.after.action == a.key, "The action cannot come after itself."),
)


READ_AS_ADVICE = (
    'It leaves as "advice", only after her yes: as "service" goes what concerns an order, a return or a complaint of hers (kind = "service", '
    'basis = "returned", or after such a word), and what is said in the shop alone. Say purpose = "advice", "offers" or "invitations".'
)
"""What is said of an action that `needing_leave` names."""


def _names_things(action: Action) -> bool:
    about = action.about
    return bool(about.products or about.types or about.categories or about.departments)


def broken_rules(action: Action, unread: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Key and sentence of every rule that an action breaks; `unread` are the keys that hold a stand-in."""
    known = set(unread)
    found = [(rule.keys[0], rule.what) for rule in MUST_HOLD if not known & set(rule.keys) and rule.is_broken(action)]
    return found + [(key, what) for key, what in _unfilled(action) if not known & {key, "basis"}]


def _unfilled(action: Action) -> list[tuple[str, str]]:
    """Placeholders that this basis leaves empty."""
    found = []
    for key, texts in (("title", action.title), ("say", action.say)):
        text = " ".join(texts.values())
        if "{thing}" in text and action.basis == Basis.CUSTOMER:
            found.append((key, f'“{key}” says {{thing}}, but with basis = "customer" there is none.'))
        if "{because}" in text and action.basis not in (Basis.BECAUSE, Basis.NEAR):
            found.append((key, f'“{key}” says {{because}}, which only basis = "because" and basis = "near" fill.'))
    return found


def sequence_mistakes(after: Mapping[str, str]) -> dict[str, str]:
    """Action key to sentence, for each `after` that leads nowhere or round in a circle; `after` maps every action with one to its forerunner or ""."""
    found = {}
    for key, forerunner in after.items():
        if forerunner and forerunner not in after:
            found[key] = f"“after” names the action “{forerunner}”, which is not in the book."
        elif forerunner and forerunner != key and key in _chain(after, key):
            found[key] = f"“after” goes round in a circle: {' after '.join([key, *_chain(after, key)])}."
    return found


def needing_leave(actions: Mapping[str, Action], after: Mapping[str, str]) -> set[str]:
    """The keys of actions that would leave as service though they concern no order, return or complaint of hers; by key, and `after` as above.

    Source: Code des postes et des communications électroniques, article L. 34-5, al. 2: what praises a shop, even a birthday card, needs her leave.
    """
    asked = {action.key for action in actions.values() if action.kind == Kind.SERVICE or action.basis == Basis.RETURNED}
    free = {key for key, one in actions.items() if one.purpose != Purpose.SERVICE or one.channels == (Channel.SHOP,)}
    return {key for key in actions if key not in free and not asked & {key, *_chain(after, key)}}


def _chain(after: Mapping[str, str], key: str) -> list[str]:
    """Who must come before an action, nearest first, until the beginning or until the chain repeats."""
    chain: list[str] = []
    step = after.get(key, "")
    while step and step not in chain:
        chain.append(step)
        step = after.get(step, "")
    return chain


def is_endless(action: Action) -> bool:
    """True where no last day is named."""
    return action.when.until_day == ALWAYS_UNTIL
