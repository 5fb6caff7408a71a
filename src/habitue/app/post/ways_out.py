"""The ways out that somebody takes without anybody of the shop: a link in a message or on a card. Each counts at once for what is not claimed yet."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.house import House
from habitue.app.leaving import Said, say_no
from habitue.identity.her_links import WRITTEN, read_link, whose_way_out
from habitue.identity.records import whose
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Channel, Collected, Purpose

NO_CODE = "This code opens nothing; read it again from the card, letter by letter."


@dataclass(frozen=True)
class WayOut:
    """What she wants no more: of these purposes (none: of all that we would write of our own accord), by these ways (none: by any)."""

    purposes: tuple[Purpose, ...] = ()
    channels: tuple[Channel, ...] = ()
    collected: Collected = Collected.ONE_CLICK
    proof: str = ""


def is_whole(secret: str) -> bool:
    """Whether a secret has the shape of ours. A link that was cut short on its way has not, and to say so tells nobody of any secret."""
    return bool(WRITTEN.fullmatch(secret))


def step_out(house: House, secret: str, way_out: WayOut) -> bool:
    """Writes her no, if that secret is one of ours; gives whether it is, which nobody outside is to be told. The same again changes nothing.

    A link to her page lets her out, too, also when it has grown old or was ended.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        link = read_link(house.truth, secret)
        number = link.profile_id if link else whose_way_out(house.key, secret)
        if number not in whose(house.truth, [number]):
            return False
        say_no(house, number, Said(False, way_out.purposes, way_out.channels, way_out.collected, way_out.proof))
    return True


def returned_card(house: House, code: str, way_out: WayOut) -> None:
    """A card came back, refused: somebody of the shop reads the code on it.

    Raises: Unknown where no card of ours bears it.
    """
    secret = code.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
    if not step_out(house, secret, way_out):
        raise Unknown(NO_CODE)
