"""What is kept of every judged tool: both scores side by side, why it was chosen, and what the answers cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from scorer.facts import examine
from scorer.judging import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.corpus.judged.find import Docket
    from scorer.judge.panel import Panel
    from scorer.models.card import ToolCard
    from scorer.models.rubric import Rubric

_TEXTS = pa.list_(pa.field("element", pa.string()))
_TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens")


def schema(rubric: Rubric) -> pa.Schema:
    """The columns, in order.

    server, position, tool and input_hash join a row with its row of the scores; why: the reasons for which it was chosen. judged is false
    where the judge gave no answer, and problem then says why. tdqs, tier and the dimensions are by both witnesses (by the heuristics alone
    where judged is false), heuristic_* by the heuristics as they stand in the scores. facts: ids of the facts that hold by both;
    differing: those that the witnesses answered differently; overruled: those of them where the judge's answer counts. voided: answers whose
    quote does not count. steered: why the judge may raise nothing here. said_*: the judge's reason for a dimension. dollars is null without
    a known price; rubric_version names the judge, too.
    """
    dimensions = [dimension.id for dimension in rubric.tool]
    fields: list[tuple[str, pa.DataType]] = [
        ("server", pa.string()),
        ("position", pa.int32()),
        ("tool", pa.string()),
        ("input_hash", pa.string()),
        ("why", _TEXTS),
        ("judged", pa.bool_()),
        ("problem", pa.string()),
        ("tdqs", pa.float64()),
        ("tier", pa.string()),
        *((name, pa.int8()) for name in dimensions),
        ("heuristic_tdqs", pa.float64()),
        ("heuristic_tier", pa.string()),
        *((f"heuristic_{name}", pa.int8()) for name in dimensions),
        ("facts", _TEXTS),
        ("differing", _TEXTS),
        ("overruled", _TEXTS),
        ("voided", pa.int32()),
        ("steered", pa.string()),
        *((f"said_{name}", pa.string()) for name in dimensions),
        *((name, pa.int32()) for name in _TOKENS),
        ("dollars", pa.float64()),
        ("model", pa.string()),
        ("rubric_version", pa.string()),
    ]
    return pa.schema(fields)


def rows(docket: Docket, panel: Panel, rubric: Rubric) -> Iterator[dict[str, Any]]:
    """One row per chosen tool of a server, from the answers that the panel's cache keeps. Raises what the panel raises."""
    hearing = Hearing(panel, rubric, docket.brought, whole=False)
    dimensions = [dimension.id for dimension in rubric.tool]
    for place, (chosen, tool, signals, siblings) in enumerate(zip(docket.chosen, *docket.brought, strict=True)):
        card = hearing.card(place, tool, signals, examine(tool, signals, siblings))
        used = hearing.usage(place)
        yield {
            "server": chosen.server,
            "position": chosen.position,
            "tool": chosen.tool,
            "input_hash": chosen.input_hash,
            "why": chosen.why,
            "tdqs": card.tdqs,
            "tier": card.tier,
            **{name: card.scores[name] for name in dimensions},
            "heuristic_tdqs": chosen.tdqs,
            "heuristic_tier": chosen.tier,
            **dict(zip((f"heuristic_{name}" for name in dimensions), chosen.scores, strict=True)),
            "facts": [fact.id for fact in card.facts if fact.holds],
            **_told(card, dimensions),
            **{name: getattr(used, name) for name in (*_TOKENS, "dollars")},
            "model": panel.model,
            "rubric_version": hearing.version,
        }


def _told(card: ToolCard, dimensions: list[str]) -> dict[str, Any]:
    told = card.judge
    if told is None:
        return {"judged": False}
    return {
        "judged": told.status == "judged",
        "problem": told.reason,
        "differing": [one.fact for one in told.disagreements],
        "overruled": [one.fact for one in told.disagreements if one.counted == "judge"],
        "voided": told.voided,
        "steered": told.steered,
        **{f"said_{name}": told.reasons.get(name) for name in dimensions},
    }
