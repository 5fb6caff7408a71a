"""The end of her links: where one may be in other hands, she or the shop ends them all; each then opens nothing but the way out."""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.names import customer_of
from habitue.channels.letters import owe
from habitue.events.lookup import look_up
from habitue.identity.her_links import end_link, end_links, read_link


def end_links_of(house: House, customer_key: str) -> int:
    """Ends every link to a customer's page; gives how many nobody had ended before.

    Raises: Unknown where nobody has that key.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        return _end(house, customer_of(house, customer_key))


def end_by(house: House, secret: str, language: str) -> bool:
    """She ends the link that she holds, and with it every other; a fresh one goes where she is known to read. Gives whether this press did it.

    That letter waits for no day to be over, however many she had: each press uses up a link that opened all of her page.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        now, link = house.clock.instant(), read_link(house.truth, secret)
        if link is None or not link.is_fresh(now) or not end_link(house.truth, secret, now):
            return False
        _end(house, link.customer_id)
        if house.settings.address and house.settings.sender:
            owe(house.truth, "page", language, link.profile_id, now)
    return True


def _end(house: House, customer: int) -> int:
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    return end_links(house.truth, profiles, house.clock.instant())
