"""Why a message could not be sorted, in the reader's language: the sentences of `app.collect` and `app.pull`, each with its place in the catalogue."""

from __future__ import annotations


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


REASONS = (
    _("The event says that it happened at “%(told)s”, before 1990."),
    _("The order is in %(told)s; this house counts in %(currency)s."),
    _("“properties.products” must be a list of products."),
    _("“%(what)s” is %(amount)s: nobody buys less than nothing. What came back is told by Order Refunded."),
    _("“%(name)s” is missing."),
    _("“%(what)s” is too large to be true."),
    _("“%(what)s” is “%(told)s”, which is no number."),
    _("“%(told)s” is no instant; write it as 2026-11-21T20:31:18Z."),
    _("“%(told)s” is no instant that can be true."),
    _("The body begins like gzip and is broken."),
    _("The body is not the JSON that is expected here: %(wrong)s."),
    _("The body is nested too deeply."),
    _("The batch holds no events: “batch” must be a list of at least one."),
    _("A request may hold %(most)s KB; send fewer events at a time."),
    _("A batch may hold %(most)s events; send fewer at a time."),
    _("An event may hold %(most)s KB; this one has %(told)s."),
    _("The event is not what is expected here: %(wrong)s."),
    _("The event is nested too deeply."),
    _("“type” is %(told)s; it must be identify, track, page, screen, group or alias."),
    _("A track event needs its name in “event”."),
    _("Nobody is named: “userId” or “anonymousId” must be told."),
    _("An id is %(long)s signs long; %(most)s are the most."),
    _("An id holds signs that none has: “%(told)s”."),
    _("The key by which this came may no longer write."),
    _("It broke our side (%(kind)s); sort it again after the next version."),
    _("The same id, “%(told)s”, came before from this source with another content. Nothing of this is written; each message needs an id of its own."),
    _("The order “%(told)s” was told before as somebody else's, and stays so. Where it is hers, let a server of yours say so (`%(command)s`)."),
    _("The object is not what this shop is known to tell: %(wrong)s."),
    _("The object is nested too deeply."),
    _("The object has no “id”."),
    _("The object tells no instant at which it was made or changed."),
    _("A quantity is %(told)s, which is too large to be true."),
    _("The shop says “%(told)s” of one of its %(what)s. Nothing is deleted here by itself: look whether she asked to be forgotten."),
    _("The order that this came back of is not known yet: fetch it with `%(command)s`, which brings the refund with it."),
)
