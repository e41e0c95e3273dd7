"""`rubrics/calibration.json` as Markdown: how the points were fitted, how well they agree, where not, and what a score is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE, PAGE = "calibration.json", "calibration.md"
_NOTE = f"<!-- Generated from {SOURCE} beside it by `toolmark calibrate fit --write` and `python -m scorer.catalog --write-pages`. -->"
# More than this worse than the best plain model means that facts are missing.
_LACKING = 0.04


def calibration_page(document: Mapping[str, Any]) -> str:
    """The whole page."""
    parts = (_how(document), _agreement(document), _where_not(document), _points(document), _what_not())
    return "\n".join([_NOTE, "", "# Calibration", "", *(line for part in parts for line in part)]).rstrip() + "\n"


def agreement_table(document: Mapping[str, Any]) -> str:
    """The one table that matters, as Markdown: per dimension how far the score is from labels that it was not fitted on."""
    head = "| Dimension | Held against | Ratings | Servers | Mean difference | Within 1 | Kappa | Always the most common | Judge against itself |"
    rows = [head, "|---|---|--:|--:|--:|--:|--:|--:|--:|"]
    rows += ["| " + " | ".join(_row(key, part, document)) + " |" for key, part in document["dimensions"].items()]
    return "\n".join(rows)


def _row(key: str, part: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    own, mode = part["crossValidation"]["shipped"], part["crossValidation"].get("mode", {})
    ordered = part["against"] == "judged"
    kappa = f"{_number(own.get('kappaByRank'))} by rank" if ordered else _number(own["kappa"])
    held = ["our judgements" if ordered else "published scores", str(own["n"]), str(own["servers"])]
    figures = [_number(own["mae"]), _percent(own["withinOne"]), kappa, _number(mode.get("mae"))]
    return [str(part["label"]), *held, *figures, _number(_itself(key, document).get("mae"))]


def _itself(key: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    published = document["agreement"]["dimensions"].get(key, {}).get("published", {})
    found: Mapping[str, Any] = published.get("baselines", {}).get("itself", {})
    return found


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f} %"


def _how(document: Mapping[str, Any]) -> Iterator[str]:
    seen, method = document["observations"], document["method"]
    yield f"Rubric {document['rubricVersion']}, specification {document['specVersion']}, fitted on {document['date']}."
    yield from ("", "## How it was fitted", "")
    yield "- A dimension's score is its base plus the points of the facts that hold, then caps and gates, then one rounding to 1-5. Only base and points are fitted; caps and gates are set by meaning."
    yield "- Signs are fixed by kind: a merit never lowers a score, a defect never raises one. Points are whole tenths."
    yield "- First least squares within these signs, each fact drawn towards what it would be worth by its meaning alone. Then a search over tenths, one number at a time, on the absolute difference of the rounded score; points away from their meaning, and points at all, cost a little."
    yield f"- A fact that fewer than {method['leastRows']} rows show keeps its points by meaning. " + _selection(method)
    yield "- Ratings weigh by the square root of one over their server's number of ratings, so that no server decides alone."
    yield "- Purpose and Usage are hardly ever published. They are fitted to the order of our own judgements by the public anchors and, with less weight, of an independent jury of three models; their level is set so that the captured servers have the mean and the share below 3 that the registry publishes of its corpus. For the other dimensions the corpus pulls only when it is missed by more than 0.3 or by 10 points."
    yield from ("", "## On what", "")
    yield f"- {seen['ratings']} published ratings of tools of {seen['ratedServers']} servers, {seen['judged']} tools judged by us, {seen['jury']} rated by the jury, {seen['captured']} tools of captured servers without scores."
    yield "- The project holds no definitions, only `observations.csv`: per rating the answer of every fact, counts, and the scores. `toolmark calibrate observe LABELS` makes it from labelled definitions, `toolmark calibrate fit` makes the points from it."
    yield f"- SHA-256 of the observations: `{seen['sha256']}`."


def _selection(method: Mapping[str, Any]) -> str:
    if not method["selection"]:
        return ""
    return f"One whose own fit does not help in an inner {method['innerFolds']}-fold cross-validation gets 0 or its points by meaning instead."


def _agreement(document: Mapping[str, Any]) -> Iterator[str]:
    method = document["method"]
    yield from ("", "## How well it agrees", "")
    yield f"In {method['folds']}-fold cross-validation by server (mean of {len(method['seeds'])} shuffles): every row is scored by points that were fitted without its server, its namesakes and copies of its text."
    yield from ("", *agreement_table(document).split("\n"), "")
    yield "Mean difference: mean absolute difference in points of 1-5. Kappa: Cohen's, with quadratic weights. By rank: after our scores took the places of the labels of the same rank, because those labels give an order only. Judge against itself: two published ratings of one text."
    yield from (
        "",
        "The same rows, every server weighing alike, and beside the best plain model over all facts and signals (never shipped):",
        "",
    )
    yield "| Dimension | Mean difference | Kappa | Best plain model | Text length alone |"
    yield "|---|--:|--:|--:|--:|"
    for part in document["dimensions"].values():
        cross = part["crossValidation"]
        own = cross["shipped"]["byServer"]
        yield f"| {part['label']} | {_number(own['mae'])} | {_number(own['kappa'])} | {_number(_best(cross, by_server=True))} | {_number(cross.get('length', {}).get('byServer', {}).get('mae'))} |"
    yield from _jury(document)
    yield from _corpus(document["agreement"]["corpus"], document)


def _best(cross: Mapping[str, Any], *, by_server: bool = False) -> float | None:
    models = [cross[name] for name in ("forest", "boosted") if name in cross]
    values = [(model["byServer"] if by_server else model)["mae"] for model in models]
    return min((value for value in values if value is not None), default=None)


def _jury(document: Mapping[str, Any]) -> Iterator[str]:
    found = {key: parts["jury"] for key, parts in document["agreement"]["dimensions"].items() if "jury" in parts}
    if not found:
        return
    yield from ("", "Spearman's correlation with the jury's median (another and harsher rubric, so ranks only):", "")
    yield "| Dimension | Tools | Ours, fitted | Ours, in cross-validation | Words alone | Jurors among themselves |"
    yield "|---|--:|--:|--:|--:|---|"
    for key, jury in found.items():
        part = document["dimensions"].get(key, {})
        unseen = part.get("crossValidation", {}).get("shipped", {}).get("jury", {}).get("spearman")
        among = ", ".join(_number(value) for value in jury["amongJurors"])
        yield f"| {part.get('label', key)} | {jury['n']} | {_number(jury['spearman'])} | {_number(unseen)} | {_number(jury['words'])} | {among} |"


def _corpus(corpus: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    if not corpus:
        return
    yield from (
        "",
        f"Over {corpus['tools']} tools of {corpus['servers']} captured servers, every server weighing alike, beside what the registry publishes of its corpus:",
        "",
    )
    yield "| Dimension | Mean | Registry | Below 3 | Registry |"
    yield "|---|--:|--:|--:|--:|"
    for key, one in corpus["dimensions"].items():
        label = document["dimensions"].get(key, {}).get("label", key)
        yield f"| {label} | {_number(one['mean'])} | {_number(one['publishedMean'])} | {_number(one['belowThree'], 1)} % | {_number(one['publishedBelowThree'], 1)} % |"
    tiers = ", ".join(
        f"{letter} {_number(one['share'], 0)} % ({_number(one['published'], 0)} %)"
        for letter, one in corpus["tiers"].items()
    )
    yield from (
        "",
        f"Tiers, with the registry's shares in brackets: {tiers}. Mean TDQS {_number(corpus['meanTdqs'])} ({_number(corpus['publishedMeanTdqs'])}).",
    )


def _where_not(document: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "## Where it does not agree", "")
    for key, part in document["dimensions"].items():
        yield from (f"- {part['label']}: {line}" for line in _weak(key, part, document))
    yield "- Scores of other languages than English rest on structure alone, and hardly any label speaks of them."


def _weak(key: str, part: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    cross = part["crossValidation"]
    own, best, itself = cross["shipped"], _best(cross), _itself(key, document).get("mae")
    if best is not None and own["mae"] > best + _LACKING:
        yield f"a plain model over all facts and signals is nearer by {own['mae'] - best:.2f}; facts are missing."
    if itself is not None and own["mae"] > itself + _LACKING:
        yield f"{own['mae'] - itself:.2f} further off than two ratings of one text are from each other."
    if abs(own["bias"]) >= 0.1:
        yield f"on average {abs(own['bias']):.2f} {'above' if own['bias'] > 0 else 'below'} the labels."
    turned = [name for name, fact in part["facts"].items() if _turns(fact)]
    if turned:
        yield f"the data speak against the meaning of {', '.join(f'`{name}`' for name in turned)}."


def _turns(fact: Mapping[str, Any]) -> bool:
    wrong = {"merit": fact["wants"] <= -0.1, "defect": fact["wants"] >= 0.1}
    return bool(fact["status"] != "rare" and wrong.get(fact["kind"], False))


def _points(document: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "## The points", "")
    yield "Rows: in how many labelled rows the fact holds. Rare: too few to fit. Unearned: fitting it does not help, so it has 0 or its points by meaning."
    for part in document["dimensions"].values():
        yield from ("", f"### {part['label']}", "", f"Base {part['base']:.1f}.", "")
        yield "| Fact | Points | By meaning | Rows | |"
        yield "|---|--:|--:|--:|---|"
        for name, fact in part["facts"].items():
            yield f"| {name} | {fact['points']:+.1f} | {fact['prior']:+.1f} | {fact['rows']} | {fact['status']} |"


def _what_not() -> Iterator[str]:
    yield from ("", "## What the score is not", "")
    yield "- Not the registry's score. It estimates what the registry's judge would say, from facts that can be shown; that judge itself does not say the same twice."
    yield "- Not a measure of the server. Whether a tool works, is safe, or does what it says, no definition tells."
    yield "- Not the goal. A text written for the score instead of the agent is what the facts look for; where they fail to see it, the score is wrong and not the agent."
    yield "- Not exact to the point: read a difference of one point on one dimension of one tool as noise, and a difference between tiers of a server as something to look at."
