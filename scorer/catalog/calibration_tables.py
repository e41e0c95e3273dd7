"""The tables of the calibration's page: agreement, the corpus, and the points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def agreement_table(document: Mapping[str, Any]) -> str:
    """The one table that matters, as Markdown: per dimension how far the score is from labels that it was not fitted on."""
    head = "| Dimension | Held against | Ratings | Servers | Mean difference | Within 1 | Kappa | Always the most common | Judge against itself |"
    rows = [head, "|---|---|--:|--:|--:|--:|--:|--:|--:|"]
    rows += ["| " + " | ".join(_row(key, part, document)) + " |" for key, part in document["dimensions"].items()]
    return "\n".join(rows)


def _row(key: str, part: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    own, ordered = part["crossValidation"]["shipped"], part["against"] == "judged"
    against = document["agreement"]["dimensions"].get(key, {}).get(part["against"], {})
    mode = against.get("baselines", {}).get("mode", {})
    kappa = f"{_number(own.get('kappaByRank'))} by rank" if ordered else _number(own["kappa"])
    held = ["our judgements" if ordered else "published scores", str(own["n"]), str(own["servers"])]
    figures = [_number(own["mae"]), _percent(own["withinOne"]), kappa, _number(mode.get("mae"))]
    return [str(part["label"]), *held, *figures, _number(itself(key, document).get("mae"))]


def itself(key: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The judge against itself on one dimension, {} where nothing was rated twice."""
    published = document["agreement"]["dimensions"].get(key, {}).get("published", {})
    found: Mapping[str, Any] = published.get("baselines", {}).get("itself", {})
    return found


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f} %"


def agreement_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The section on how well the scores agree."""
    method = document["method"]
    yield from ("", "## How well it agrees", "")
    yield f"In {method['folds']}-fold cross-validation by server (mean of {len(method['seeds'])} shuffles): every row is scored by points that were fitted without its server, its namesakes and copies of its text."
    yield from ("", *agreement_table(document).split("\n"), "")
    yield "Mean difference: mean absolute difference in points of 1-5. Kappa: Cohen's, with quadratic weights. By rank: after our scores took the places of the labels of the same rank, because those labels give an order only. Judge against itself: two published ratings of one text."
    yield from (
        "",
        "Beside the best plain model over all facts and signals, and a forest on the text's length (neither is ever shipped), per rating and with every server weighing alike:",
        "",
    )
    yield "| Dimension | Ours | Best plain model | Length | Ours, by server | Best plain model, by server | Kappa, by server |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for part in document["dimensions"].values():
        yield "| " + " | ".join(_beside(part)) + " |"
    yield from _jury(document)
    yield from _corpus(document["agreement"]["corpus"], document)


def set_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The section on the four dimensions of the set; nothing where they were not fitted."""
    sets = document.get("sets")
    if sets is None:
        return
    yield from ("", "## The set of tools", "")
    yield f"Disambiguation, Naming, Tool count and Completeness of the set against the published scores of {sets['observations']['servers']} servers, of which only the number of tools and some names are known: what rests on descriptions counts as not found, and keeps its points by meaning. In the same cross-validation:"
    yield from (
        "",
        "| Dimension | Servers | Mean difference | Exact | Within 1 | Kappa | Always the most common |",
        "|---|--:|--:|--:|--:|--:|--:|",
    )
    for part in sets["dimensions"].values():
        own, mode = part["crossValidation"]["shipped"], part["crossValidation"].get("mode", {})
        cells = [part["label"], str(own["n"]), _number(own["mae"]), _percent(own["exact"]), _percent(own["withinOne"])]
        yield "| " + " | ".join([*cells, _number(own["kappa"]), _number(mode.get("mae"))]) + " |"


def _beside(part: Mapping[str, Any]) -> list[str]:
    cross = part["crossValidation"]
    own, length = cross["shipped"], cross.get("length", {})
    return [
        str(part["label"]),
        _number(own["mae"]),
        _number(best_plain(cross)),
        _number(length.get("mae")),
        _number(own["byServer"]["mae"]),
        _number(best_plain(cross, by_server=True)),
        _number(own["byServer"]["kappa"]),
    ]


def best_plain(cross: Mapping[str, Any], *, by_server: bool = False) -> float | None:
    """The mean difference of the best plain model."""
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


def point_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The section of points, a table per dimension."""
    yield from ("", "## The points", "")
    yield "Rows: in how many labelled rows the fact holds. Rare: too few to fit. Unearned: fitting it does not help, so it has 0 or its points by meaning."
    sets = document.get("sets", {}).get("dimensions", {})
    for part in (*document["dimensions"].values(), *sets.values()):
        title = f"{part['label']} of the set" if part in sets.values() else part["label"]
        yield from ("", f"### {title}", "", f"Base {part['base']:.1f}.", "")
        yield "| Fact | Points | By meaning | Rows | |"
        yield "|---|--:|--:|--:|---|"
        for name, fact in part["facts"].items():
            yield f"| {name} | {fact['points']:+.1f} | {fact['prior']:+.1f} | {fact['rows']} | {fact['status']} |"
