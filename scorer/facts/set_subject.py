"""What a check sees of a server's whole set of tools, and how it answers."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from scorer.facts.life_cycle import LifeCycle
from scorer.facts.names import Name, is_verb, take_apart, words_of
from scorer.facts.subject import Answer
from scorer.facts.synonyms import EXERCISES, PADDING
from scorer.models.fact import Place
from scorer.text.language import is_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.signals import Overlap, Signals
    from scorer.models.tool import Tool

# What an answer names at most: tools in `Fact.tools`, examples in its sentence, characters of one name in that sentence.
MAX_TOOLS, MAX_EXAMPLES, MAX_NAME = 20, 4, 60
_PREFIX_SHARE = 0.6
# An ending that says "this is a tool" and nothing else.
EMPTY_ENDS = frozenset(("tool", "tools", "function", "fn", "cmd", "command", "endpoint"))


class SetSubject:
    """A server's tools as the checks of the set see them; what several checks need is derived once.

    tools and signals run in parallel. overlaps: the pairs that an agent may confuse, as compared elsewhere.
    """

    def __init__(self, tools: Sequence[Tool], signals: Sequence[Signals], overlaps: Sequence[Overlap]) -> None:
        self.tools = tools
        self.signals = signals
        self.overlaps = overlaps
        self.count = len(tools)

    @cached_property
    def raw_parts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(words_of(tool.name) for tool in self.tools)

    @cached_property
    def prefix(self) -> tuple[str, ...]:
        """The leading words that most names share and that are no verb: `("browser",)` for `browser_click` and its like."""
        found: tuple[str, ...] = ()
        while len(found) < 3:
            heads = Counter(
                p[len(found)] for p in self.raw_parts if p[: len(found)] == found and len(p) > len(found) + 1
            )
            word, times = heads.most_common(1)[0] if heads else ("", 0)
            if self.count < 3 or times < max(3, _PREFIX_SHARE * self.count) or is_verb(word):
                break
            found = (*found, word)
        return found

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The tools' names taken apart, without the shared prefix and without endings such as `_tool`."""
        return tuple(take_apart(t.name, self._bare(p)) for t, p in zip(self.tools, self.raw_parts, strict=True))

    def _bare(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        cut = len(self.prefix)
        if cut and parts[:cut] == self.prefix and len(parts) > cut:
            parts = parts[cut:]
        return parts[:-1] if len(parts) > 2 and (parts[-1] in EMPTY_ENDS or self._common_end) else parts

    @cached_property
    def _common_end(self) -> bool:
        """Whether all names end in the same word, as in `web_search_acme` and `web_fetch_acme`."""
        ends = {parts[-1:] for parts in self.raw_parts}
        return self.count > 1 and len(ends) == 1 and not any(is_verb(part) for end in ends for part in end)

    @cached_property
    def descriptions(self) -> tuple[str, ...]:
        """The descriptions, "" where there is none."""
        return tuple((tool.description or "").strip() for tool in self.tools)

    @cached_property
    def life(self) -> LifeCycle:
        """What can be done with each noun of the names."""
        return LifeCycle(self.names)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """For each tool the names of its parameters, in lower case, as one text."""
        return tuple(" ".join(p.name for p in counted.parameters).lower() for counted in self.signals)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """For each tool all its words in lower case: name, description, parameters, output."""
        return tuple(
            _spoken(*each) for each in zip(self.tools, self.descriptions, self.asked, self.signals, strict=True)
        )

    @cached_property
    def is_exercise(self) -> bool:
        """Whether the names are all of the kind that a first server has: `greet`, `echo`, `say_hello`."""
        return all(EXERCISES & set(parts) and not set(parts) - EXERCISES - PADDING for parts in self.raw_parts)

    @cached_property
    def english(self) -> bool:
        """Whether the names can be read as English: nearly all in ASCII, and half of them with a known verb or half of the first texts English."""
        if 5 * sum(tool.name.isascii() for tool in self.tools) < 4 * self.count:
            return False
        texts = list(islice(filter(None, self.descriptions), 20))
        with_verb = sum(name.verb is not None for name in self.names)
        return 2 * with_verb >= self.count or 2 * sum(map(is_english, texts)) >= len(texts)

    def shown_by_names(self, names: Iterable[str], detail: str) -> Answer:
        """Yes, shown by these tools' names: the first one is quoted, twenty are kept, `detail` gives their number."""
        found = tuple(dict.fromkeys(names))
        quote = found[0] if found else None
        place = Place("/name", 0, len(quote)) if quote is not None else None
        return Answer(True, quote, place, detail, tools=found[:MAX_TOOLS])


def _spoken(tool: Tool, description: str, asked: str, counted: Signals) -> str:
    inputs = (p.description for p in counted.parameters if p.description)
    outputs = (p.name for p in counted.output)
    return " ".join((tool.name, description, asked, *inputs, *outputs)).lower()


def listed(names: Sequence[str]) -> str:
    """`a`, `b`, `c`, `d` and 3 more: names for a sentence, bounded."""
    head = ", ".join(f"`{short(name)}`" for name in names[:MAX_EXAMPLES])
    rest = len(names) - MAX_EXAMPLES
    return f"{head} and {rest} more" if rest > 0 else head


def short(name: str) -> str:
    """A name for a sentence, cut at 60 characters."""
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"
