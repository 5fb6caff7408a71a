"""One customer or two: what a person of the shop decides of a pair, written as an event that another can take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.app.listeners import record
from habitue.app.names import bare_number
from habitue.consent.mailboxes import Mailboxes
from habitue.consent.standing import standings
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, ConsentWithdrawn, CustomersMerged, CustomersUnmerged, HouseholdJoined, HouseholdLeft, Occurrence
from habitue.identity.linking import Link, linked
from habitue.identity.model import Who
from habitue.identity.proposals import answer, take_back_household
from habitue.identity.records import who_is, whose
from habitue.identity.waiting import told_apart
from habitue.store import Settings, Truth
from habitue.words.clock import local_day_and_hour
from habitue.words.errors import Refused, Unknown

SOURCE = "habitue"
LEFT_THERE = "two were taken for one customer; somebody with the same address did not agree, or left"


class Pairing:
    """Two customers about whom somebody decides, by any number of theirs. Units: `now` is in UTC seconds.

    Raises: Unknown where a number is nobody's; Refused where what is asked cannot be, with a sentence that says why.
    """

    def __init__(self, truth: Truth, settings: Settings, one_key: str, other_key: str, now: int) -> None:
        self.truth, self.settings, self.now = truth, settings, now
        self.keys = bare_number(one_key), bare_number(other_key)
        self._look_again()
        if self.one.profile_id == self.other.profile_id:
            raise Refused("That is one and the same number.")

    def _look_again(self) -> None:
        found = who_is(self.truth, "customer", self.keys)
        for key in self.keys:
            if key not in found:
                raise Unknown(f"There is no customer “{key}” here; look her up with `habitue customers NAME`.")
        self.one, self.other = (found[key] for key in self.keys)

    @property
    def is_one(self) -> bool:
        """Whether they are taken for one customer."""
        return self.one.customer_id == self.other.customer_id

    @property
    def is_household(self) -> bool:
        """Whether they were said to be two people who live together."""
        return bool(self._household_links())

    def _household_links(self) -> list[Link]:
        """What was said of their living together, by whichever of their numbers."""
        links = linked(self.truth, self._profiles(), ("household",))
        customer = customers_of(self.truth, links)
        return [each for each in links if {customer[each.one_profile_id], customer[each.other_profile_id]} == {self.one.customer_id, self.other.customer_id}]

    def merge(self, because: str = "said") -> None:
        """The two are one person from now on. Nothing moves: what each did, said and forbade stays hers, and is read together."""
        if self.is_one:
            raise Refused(f"“{self.keys[0]}” and “{self.keys[1]}” are one customer already.")
        if self.is_household:
            raise Refused("They were said to be two people of one household; take that back first (`habitue household --part`), if it was wrong.")
        both, pair = {self.one.customer_id, self.other.customer_id}, {self.one.profile_id, self.other.profile_id}
        said = [each.profiles for each in told_apart(self.truth, both) if each.is_of_these and each.customers == both]
        if said and pair not in said:
            raise Refused(f"{self._named(said[0])} were said to be two people, and this would make them one; join those two, if it was wrong.")
        answer(self.truth, self.one, self.other, "same", self.now)
        self._tell(CustomersMerged(self.keys[1], because))
        self._heed_mailboxes()

    def _heed_mailboxes(self) -> None:
        """One of them may have an address at which somebody has left: what the other allowed without it ends. The no is kept by whoever brought the address,
        so that the other has her yes again should they be taken apart.
        """
        self._look_again()
        customer = self.one.customer_id
        mailboxes, (hers, _) = Mailboxes(self.truth, [customer]), standings(self.truth, [customer])
        for (_customer, purpose, channel), standing in hers.items():
            for profile in mailboxes.who_brought_a_no(customer, purpose, channel) if standing.is_granted else ():
                self._tell(ConsentWithdrawn(purpose, channel, LEFT_THERE), profile)

    def unmerge(self) -> None:
        """The two are two again, each to the byte what she was, with what came for her since."""
        links = [each for each in linked(self.truth, [self.one.profile_id]) if each.kind == "person"]
        if not self.is_one:
            raise Refused(f"“{self.keys[0]}” and “{self.keys[1]}” are two customers.")
        if not any(_joins(each, self.one, self.other) for each in links):
            raise Refused(f"Nobody joined these two by themselves; they are one through others. What was joined: {self._told(links)}.")
        self._tell(CustomersUnmerged(self.keys[1]))
        self._look_again()
        are_two = self.one.customer_id != self.other.customer_id
        if are_two:
            answer(self.truth, self.one, self.other, "apart", self.now)

    def say_apart(self) -> None:
        """They are two people; nothing proposes them again."""
        if self.is_one:
            raise Refused("They are taken for one customer; take that apart first.")
        answer(self.truth, self.one, self.other, "apart", self.now)

    def say_household(self) -> None:
        """They are two people who live together: each keeps her own consents and tastes."""
        if self.is_one:
            raise Refused("They are taken for one customer; take that apart first.")
        if self.is_household:
            raise Refused("They are known to live together already.")
        answer(self.truth, self.one, self.other, "household", self.now)
        self._tell(HouseholdJoined(self.keys[1]))

    def part_household(self) -> None:
        """They do not live together."""
        links = self._household_links()
        if not links:
            raise Refused("Nobody said that these two live together.")
        key = dict(look_up(self.truth, "identity", "keys_of_profiles", [each.other_profile_id for each in links]))
        take_back_household(self.truth, self.one, self.other, self.now)
        for each in links:
            self._tell(HouseholdLeft(key[each.other_profile_id]), each.one_profile_id)

    def _tell(self, event: AnyEvent, profile_id: int = 0) -> None:
        seq = self.truth.next_seq()
        day, hour = local_day_and_hour(self.now, self.settings.zone)
        what = Occurrence(event, SOURCE, f"pair {seq}", profile_id or self.one.profile_id, self.now, day, hour, self.now)
        record(self.truth, [what], self.settings.zone, self.now)

    def _profiles(self) -> list[int]:
        """Every profile of either customer."""
        rows = look_up(self.truth, "identity", "profiles_of_customers", {self.one.customer_id, self.other.customer_id})
        return [profile for profile, _ in rows]

    def _named(self, profile_ids: Iterable[int]) -> str:
        return " and ".join(f"“{key}”" for key in sorted(dict(look_up(self.truth, "identity", "keys_of_profiles", profile_ids)).values()))

    def _told(self, links: Sequence[Link]) -> str:
        rows = look_up(self.truth, "identity", "keys_of_profiles", {number for each in links for number in (each.one_profile_id, each.other_profile_id)})
        key = dict(rows)
        return ", ".join(f"“{key.get(each.one_profile_id, '?')}” with “{key.get(each.other_profile_id, '?')}”" for each in links)


def _joins(each: Link, one: Who, other: Who) -> bool:
    return {each.one_profile_id, each.other_profile_id} == {one.profile_id, other.profile_id}


def household_of(truth: Truth, customer_id: int) -> list[int]:
    """Those who live with her, and with whom they live, as far as anybody said so of any number of theirs."""
    asked: set[int] = set()
    found = {customer_id}
    while frontier := found - asked:
        asked |= frontier
        profiles = [profile for profile, _ in look_up(truth, "identity", "profiles_of_customers", frontier)]
        found |= set(customers_of(truth, linked(truth, profiles, ("household",))).values())
    return sorted(found - {customer_id})


def customers_of(truth: Truth, links: Iterable[Link]) -> dict[int, int]:
    """Whose the profiles at the ends of these links are today."""
    return {number: who.customer_id for number, who in whose(truth, {end for each in links for end in (each.one_profile_id, each.other_profile_id)}).items()}
