"""The report's pictures of the score: whether it keeps its word, and the silence curve. Pure functions from figures to inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from markupsafe import Markup

from habitue.audit.drawing import dot, line, picture, words
from habitue.audit.figures import Band, Keeping
from habitue.audit.report_voice import Voice

HIGH, ABOVE, BELOW = 160, 18, 22
FEWEST = 100  # a band of fewer sends at the top is drawn with the one below it


def kept_word(bands: Sequence[Band], says: str, voice: Voice) -> Markup:
    """Bands of the score, each with a dot where its answers came and a mark where the score had foreseen them; every line is ten times the one below."""
    bands, ground = joined(bands), ABOVE + HIGH
    tens = powers_of_ten([share for band in bands for share in (band.foreseen, band.seen)])
    step, lowest, decades = 100 / len(bands), log10(tens[0]), max(1, len(tens) - 1)

    def height(share: float) -> float:
        return ground - HIGH * max(0.0, log10(share) - lowest) / decades if share > 0 else float(ground)

    drawn = [line(0, height(ten), 100, height(ten), "rule") for ten in tens] + [words(0, height(ten) - 4, voice.percent(ten)) for ten in tens]
    for n, band in enumerate(bands):
        x, foreseen, came = (n + 0.62) * step, height(band.foreseen), height(band.seen)
        title = f"{voice.between_scores(band.low, band.high)}: {voice.percent(band.foreseen)} → {voice.percent(band.seen)}"
        drawn += [line(x, foreseen, x, came, "stem"), line(x - step * 0.2, foreseen, x + step * 0.2, foreseen, "foreseen"), dot(x, came, 4, "kept", title)]
    drawn += [words(0, ground + 15, voice.say("least_likely")), words(100, ground + 15, voice.say("most_likely"), "tick end")]
    return picture("chart", ground + BELOW, says, drawn)


def powers_of_ten(shares: Sequence[float]) -> list[float]:
    """The tenths, hundredths and so on between which all shares lie that are not nought."""
    told = [log10(share) for share in shares if share > 0] or [-2.0]
    return [10.0**power for power in range(floor(min(told)), max(ceil(max(told)), floor(min(told)) + 1) + 1)]


def joined(bands: Sequence[Band]) -> list[Band]:
    """The bands with the highest joined until the last holds enough sends to show more than chance."""
    kept = list(bands)
    while len(kept) > 1 and kept[-1].sends < FEWEST:
        below, above = kept[-2], kept[-1]
        sends = max(1, below.sends + above.sends)
        foreseen = (below.foreseen * below.sends + above.foreseen * above.sends) / sends
        seen = (below.seen * below.sends + above.seen * above.sends) / sends
        kept[-2:] = [Band(below.low, above.high, below.sends + above.sends, foreseen, seen)]
    return kept


def silence_curve(curve: Sequence[Keeping], says: str, voice: Voice) -> Markup:
    """The share of answers kept by the best part of the sends, with intervals, above what chance would keep."""
    ground = ABOVE + HIGH
    drawn = [line(0, ground, 100, ground, "ground"), *_rules(voice), line(0, ground, 100, ABOVE, "limit")]
    before = (0.0, float(ground))
    for point in sorted(curve, key=lambda point: point.percent):
        x, y = float(point.percent), ground - HIGH * point.kept.value
        drawn += [line(*before, x, y, "curve"), line(x, ground - HIGH * point.kept.low, x, ground - HIGH * point.kept.high, "stem")]
        drawn.append(dot(min(x, 99.5), y, 3, "kept", f"{voice.whole_percent(point.percent)} → {voice.percent(point.kept.value)}"))
        before = (x, y)
    drawn.append(line(*before, 100, ABOVE, "curve"))
    names = [words(share, ground + 15, voice.whole_percent(share), "tick middle") for share in (25, 50, 75)]
    return picture("chart", ground + BELOW, says, [*drawn, *names])


def _rules(voice: Voice) -> list[Markup]:
    """The line of all answers, and of half of them."""
    drawn = []
    for percent in (100, 50):
        y = ABOVE + HIGH * (1 - percent / 100)
        drawn += [line(0, y, 100, y, "rule"), words(0, y - 4, voice.whole_percent(percent))]
    return drawn
