"""How much work a tree may cost, so that code made to cost much ends in seconds; counted, not timed, so that a tree always reads the same."""

from __future__ import annotations

# Steps (values worked out, elements listed; some 60,000 a second) for one registration, and for all before they get only `_LEAST` each.
_MOST, _ALL, _LEAST = 300_000, 400_000, 2_000
# Steps after which no more registrations are read.
_END = 500_000


class Effort:
    """Counts steps. A server with two hundred tools behind a loop takes 270,000, most take fewer than 5,000."""

    def __init__(self) -> None:
        self._spent, self._until = 0, _MOST

    def begin(self) -> None:
        """A further registration is looked at."""
        self._until = max(min(self._spent + _MOST, _ALL), self._spent + _LEAST)

    def spend(self, steps: int = 1) -> bool:
        """Count steps; False when this registration has none left."""
        if self._spent < self._until:
            self._spent += steps
        return self._spent < self._until

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be read."""
        return self._spent >= _END
