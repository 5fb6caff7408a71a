"""Reads shop.toml: what the shop earns, what a word costs, and how much of one it allows itself."""

from __future__ import annotations

from habitue.content.model import Shop, word_of
from habitue.content.page import Page
from habitue.words.vocabulary import Channel


def shop_of(page: Page) -> Shop:
    """The shop that a file describes; what it leaves out keeps its default. Mistakes are noted on the page."""
    plain = Shop()
    margins, default_margin = _margins(page, plain)
    attention = page.page("attention", "[attention]")
    caps = page.page("caps", "[caps]")
    quiet = page.page("quiet", "[quiet]")
    shop = Shop(
        margins_permille=margins,
        default_margin_permille=default_margin,
        channel_costs_millicents=_channel_costs(page, plain),
        attention_millicents=attention.millicents("base_cents", plain.attention_millicents) if attention else plain.attention_millicents,
        floor_use_permille=attention.whole("floor_use_permille", 0, 1000, plain.floor_use_permille) if attention else plain.floor_use_permille,
        week_cap=caps.whole("week", 0, 50, plain.week_cap) if caps else plain.week_cap,
        month_cap=caps.whole("month", 0, 100, plain.month_cap) if caps else plain.month_cap,
        quiet_from=quiet.whole("from", 0, 23, plain.quiet_from) if quiet else plain.quiet_from,
        quiet_until=quiet.whole("until", 0, 23, plain.quiet_until) if quiet else plain.quiet_until,
    )
    if caps and not caps.broken and shop.week_cap > shop.month_cap:
        caps.wrong("week", f"“week” allows {shop.week_cap} words in 7 days, more than the {shop.month_cap} that “month” allows in 28.")
    if quiet and not quiet.broken and 0 < shop.quiet_from < shop.quiet_until:
        quiet.wrong("from", f"Quiet hours reach over midnight, as from = 21 and until = 8, not from {shop.quiet_from} until {shop.quiet_until} of one day.")
    for inner in (attention, caps, quiet, page):
        if inner:
            inner.close()
    return shop


def _margins(page: Page, plain: Shop) -> tuple[dict[str, int], int]:
    """Permille of the price that the shop keeps, by department key; `default` is for every other."""
    inner = page.page("margins", "[margins]")
    if inner is None:
        return {}, plain.default_margin_permille
    margins = {key: inner.whole(key, 0, 1000) for key in inner.names() if key != "default"}
    return margins, inner.whole("default", 0, 1000, plain.default_margin_permille)


def _channel_costs(page: Page, plain: Shop) -> dict[str, int]:
    inner = page.page("channel_costs_cents", "[channel_costs_cents]")
    if inner is None:
        return dict(plain.channel_costs_millicents)
    costs = {word_of(channel): inner.millicents(word_of(channel), plain.cost_of(channel)) for channel in Channel}
    inner.close()
    return costs
