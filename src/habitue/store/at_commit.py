"""What shall happen just before a transaction is kept, and just after; nothing of it happens where the transaction is not."""

from __future__ import annotations

from collections.abc import Callable

Act = Callable[[], None]


class AtCommit:
    """The acts of one transaction, in the order in which they were asked for. Where one before it fails, the transaction is not kept."""

    def __init__(self) -> None:
        self._before: list[Act] = []
        self._after: list[Act] = []

    def before(self, act: Act) -> None:
        """To be done before anybody is told that the transaction was kept."""
        self._before.append(act)

    def after(self, act: Act) -> None:
        """To be done once it is kept."""
        self._after.append(act)

    def going(self) -> None:
        """The transaction is about to be kept."""
        for act in self._before:
            act()
        self._before = []

    def kept(self) -> None:
        """The transaction was kept."""
        acts, self._after = self._after, []
        for act in acts:
            act()

    def lost(self) -> None:
        """The transaction was not kept."""
        self._before, self._after = [], []
