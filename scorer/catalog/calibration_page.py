"""`rubrics/calibration.json` as Markdown: how the points were fitted, how well they agree, where not, and what a score is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.catalog.calibration_tables import agreement_lines, best_plain, itself, point_lines, set_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE, PAGE = "calibration.json", "calibration.md"
_NOTE = f"<!-- Generated from {SOURCE} beside it by `toolmark calibrate fit --write` and `python -m scorer.catalog --write-pages`. -->"
# More than this worse than the best plain model means that facts are missing.
_LACKING = 0.04
_LARGE_BIAS = 0.1
_LEVEL = 12.0  # points of percent


def calibration_page(document: Mapping[str, Any]) -> str:
    """The whole page."""
    parts = (
        *(_how(document), agreement_lines(document), set_lines(document)),
        *(_where_not(document), point_lines(document), _what_not()),
    )
    return "\n".join([_NOTE, "", "# Calibration", "", *(line for part in parts for line in part)]).rstrip() + "\n"


def _how(document: Mapping[str, Any]) -> Iterator[str]:
    seen, method = document["observations"], document["method"]
    yield f"Rubric {document['rubricVersion']}, specification {document['specVersion']}, fitted on {document['date']}."
    yield from ("", "## How it was fitted", "")
    yield "- A dimension's score is its base plus the points of the facts that hold, then caps and gates, then one rounding to 1-5. Only base and points are fitted; caps and gates are set by meaning."
    yield "- Signs are fixed by kind: a merit never lowers a score, a defect never raises one. Points are whole tenths."
    yield "- First least squares within these signs, each fact drawn towards what it would be worth by its meaning alone. Then a search over tenths, one number at a time, on the absolute difference of the rounded score; points away from their meaning, and points at all, cost a little."
    yield f"- A fact that fewer than {method['leastRows']} rows show keeps its points by meaning.{_selection(method)}"
    yield "- Ratings weigh by the square root of one over their server's number of ratings, so that no server decides alone."
    yield "- Purpose and Usage are hardly ever published. They are fitted to the order of our own judgements by the public anchors and, with less weight, of an independent jury of three models; their level is set so that the captured servers have the mean and the share below 3 that the registry publishes of its corpus. For the other dimensions the corpus pulls only when its mean is missed by more than 0.35, or its share below 3 by more than 12 points."
    yield from ("", "## On what", "")
    yield f"- {seen['ratings']} published ratings of tools of {seen['ratedServers']} servers, {seen['judged']} tools judged by us, {seen['jury']} rated by the jury, {seen['captured']} tools of captured servers without scores."
    yield "- The project holds no definitions, only `observations.csv`: per rating the answer of every fact, counts, and the scores. `toolmark calibrate observe LABELS` makes it from labelled definitions, `toolmark calibrate fit` makes the points from it."
    yield f"- SHA-256 of the observations: `{seen['sha256']}`."


def _selection(method: Mapping[str, Any]) -> str:
    if not method["selection"]:
        return ""
    return f" One whose own fit does not help in an inner {method['innerFolds']}-fold cross-validation gets 0 or its points by meaning instead."


def _where_not(document: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "## Where it does not agree", "")
    for key, part in document["dimensions"].items():
        yield from (f"- {part['label']}: {line}" for line in _weak(key, part, document))
    yield from _levels(document["agreement"]["corpus"], document)
    yield "- Facts and their thresholds were found by reading what earlier rubrics missed on these labels. Cross-validation holds out the points, not that reading, so labels of other servers will be met somewhat less well."
    yield "- Scores of other languages than English rest on structure alone, and hardly any label speaks of them."


def _weak(key: str, part: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    own, best = part["crossValidation"]["shipped"], best_plain(part["crossValidation"])
    noise = itself(key, document).get("mae")
    # Judgements give an order: how far their level is off says nothing.
    if part["against"] == "published":
        if best is not None and own["mae"] > best + _LACKING:
            yield f"a plain model over all facts and signals is nearer by {own['mae'] - best:.2f}; facts are missing."
        if noise is not None and own["mae"] > noise + _LACKING:
            yield f"{own['mae'] - noise:.2f} further off than two ratings of one text are from each other."
        if abs(own["bias"]) >= _LARGE_BIAS:
            yield f"on average {abs(own['bias']):.2f} {'above' if own['bias'] > 0 else 'below'} the labels."
    elif best is not None and own["mae"] > best + _LACKING:
        yield from _order(part["crossValidation"])
    turned = [name for name, fact in part["facts"].items() if _turns(fact)]
    if turned:
        yield f"the data speak against the meaning of {', '.join(f'`{name}`' for name in turned)}."


def _order(cross: Mapping[str, Any]) -> Iterator[str]:
    """Our judgements are too generous by half a point: level belongs to the corpus, so models are compared by rank."""
    ranks = [cross[name].get("kappaByRank") for name in ("forest", "boosted") if name in cross]
    best, own = max((rank for rank in ranks if rank is not None), default=None), cross["shipped"].get("kappaByRank")
    if best is not None and own is not None:
        yield f"by rank, kappa {own:.2f} for {best:.2f} of the best plain model. Its mean difference is not to be compared: a plain model takes over the level of our judgements, which are more generous than the registry; ours takes that of the registry's corpus."


def _levels(corpus: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """Where the captured servers are not on the registry's level, and why that is left so."""
    if not corpus:
        return
    for key, one in corpus["dimensions"].items():
        if abs(one["belowThree"] - one["publishedBelowThree"]) > _LEVEL:
            label = document["dimensions"].get(key, {}).get("label", key)
            yield f"- {label}: {one['belowThree']:.0f} % of the captured servers' tools are below 3, in the registry {one['publishedBelowThree']:.0f} %. A harder pull towards the registry's level costs agreement with the labels, and the captured servers are no sample of the registry."
    off = [letter for letter, one in corpus["tiers"].items() if abs(one["share"] - one["published"]) > _LEVEL]
    if off:
        shares = ", ".join(
            f"{letter} {corpus['tiers'][letter]['share']:.0f} % for {corpus['tiers'][letter]['published']:.0f} %"
            for letter in off
        )
        yield f"- Tiers: {shares}. Probably because a sum of facts spreads less than a judge who likes or dislikes a definition as a whole: the judge's six scores fall together, and with them the tool."


def _turns(fact: Mapping[str, Any]) -> bool:
    wrong = {"merit": fact["wants"] <= -0.1, "defect": fact["wants"] >= 0.1}
    return bool(fact["status"] != "rare" and wrong.get(fact["kind"], False))


def _what_not() -> Iterator[str]:
    yield from ("", "## What the score is not", "")
    yield "- Not the registry's score. It estimates what the registry's judge would say, from facts that can be shown; that judge itself does not say the same twice."
    yield "- Not a measure of the server. Whether a tool works, is safe, or does what it says, no definition tells."
    yield "- Not the goal. A text written for the score instead of the agent is what the facts look for; where they fail to see it, the score is wrong and not the agent."
    yield "- Not exact to the point: read a difference of one point on one dimension of one tool as noise, and a difference between tiers of a server as something to look at."
