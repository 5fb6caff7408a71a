"""Opening a truth: whoever was forgotten is forgotten in it, too, before anything else happens in it."""

from __future__ import annotations

from habitue.identity.tombstones import FILE
from habitue.store import Settings, Truth, clock_of, open_truth


def open_up(settings: Settings) -> Truth:
    """The truth of a house. One that was brought back from before an erasure is made to forget her again, and an erasure that was broken off goes on.

    Raises: StoreError as `open_truth`; SettingsError where the house's key is not that by which people were forgotten.
    """
    truth = open_truth(settings)
    try:
        if (settings.data / FILE).exists():
            from habitue.app.erasure.forgetting import forget_again  # most houses have nobody to forget, and need not wait for it

            forget_again(truth, settings, clock_of(settings))
    except BaseException:
        truth.close()
        raise
    return truth
