"""The words on all parameters of a tool as one text, so that a cue is looked for once and not once per parameter."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from scorer.text.cues import text_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.signals import Parameter
    from scorer.text.cues import Cue


class Documentation:
    """The described parameters, their words joined by line breaks and lower-cased."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self.parameters = [p for p in parameters if p.description]
        texts = [_lower(p.description or "") for p in self.parameters]
        self.lower = "\n".join(texts)
        self.starts = [0]
        for text in texts:
            self.starts.append(self.starts[-1] + len(text) + 1)
        self.keys = text_keys(self.lower)

    def matches(self, cue: Cue) -> Iterator[tuple[Parameter, tuple[int, int]]]:
        """Each match of a cue: the parameter, and the offsets in its description."""
        for match in cue.pattern.finditer(self.lower) if cue.may_match(self.keys) else ():
            index = bisect_right(self.starts, match.start()) - 1
            start = self.starts[index]
            if match.end() < self.starts[index + 1]:
                yield self.parameters[index], (match.start() - start, match.end() - start)


def _lower(text: str) -> str:
    """In lower case, every character at its own offset."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
