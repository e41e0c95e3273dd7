"""The figures of `agreement` and of a fit as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.calibration.grid import Grid, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorer.models.rubric import Rubric

_HEAD = ("n", "servers", "MAE", "exact", "within 1", "bias", "kappa", "r", "rho")
_AGAINST = {"published": "published", "judged": "judgements"}


def agreement_grids(found: Mapping[str, Any], rubric: Rubric) -> list[Grid]:
    """The tables of `agree`'s result."""
    labels = {d.id: d.label for d in rubric.tool}
    sections = [(labels[key], name, part) for key, parts in found["dimensions"].items() for name, part in parts.items()]
    figures = [(label, name, part) for label, name, part in sections if name in _AGAINST]
    return [
        Grid("Agreement, per rating", ("Dimension", "against", *_HEAD), [_row(*one) for one in figures]),
        Grid(
            "Agreement, every server alike",
            ("Dimension", "against", *_HEAD[2:]),
            [(label, _AGAINST[name], *_cells(part["byServer"])) for label, name, part in figures],
        ),
        _intervals(figures),
        _baselines(figures),
        _ranks(sections),
        *_whole(found, labels),
        *_sets(found.get("sets", {}), {d.id: d.label for d in rubric.server}),
    ]


def _sets(found: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Grid]:
    """The dimensions of the set, which rest on names and numbers alone."""
    known = [(labels[key], part["published"]) for key, part in found.items() if "published" in part]
    rows = [(label, str(part["n"]), *_cells(part), number(part["baselines"]["mode"]["mae"])) for label, part in known]
    if rows:
        head = ("The set of tools", "n", *_HEAD[2:], "MAE of mode")
        yield Grid("Agreement on servers, by names and number of tools", head, rows)


def _row(label: str, name: str, part: Mapping[str, Any]) -> tuple[str, ...]:
    return (label, _AGAINST[name], str(part["n"]), str(part["servers"]), *_cells(part))


def _cells(part: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        number(part["mae"]),
        percent(part["exact"]),
        percent(part["withinOne"]),
        number(part["bias"], sign=True),
        number(part["kappa"]),
        number(part["pearson"]),
        number(part["spearman"]),
    )


def _interval(bounds: list[float | None] | None) -> str:
    return "-" if bounds is None else f"{number(bounds[0])} to {number(bounds[1])}"


def _intervals(figures: list[tuple[str, str, Mapping[str, Any]]]) -> Grid:
    rows = [
        (label, _AGAINST[name], _interval(part["pearsonInterval"]), _interval(part["spearmanInterval"]))
        for label, name, part in figures
    ]
    note = "servers drawn anew"
    return Grid("95 % intervals of the correlations", ("Dimension", "against", "r", "rho"), rows, note)


def _baselines(figures: list[tuple[str, str, Mapping[str, Any]]]) -> Grid:
    rows = []
    for label, name, part in figures:
        known = part["baselines"]
        cells = [f for b in ("mode", "length", "itself") for f in _pair(known.get(b, {}))]
        rows.append((label, _AGAINST[name], number(part["mae"]), number(part["kappa"]), *cells))
    head = ("Dimension", "against", "MAE", "kappa", "mode", "k", "length", "k", "judge itself", "k")
    return Grid(
        "Beside baselines (MAE and kappa)",
        head,
        rows,
        "mode: always the most common score; length: a forest on word and letter counts, out of fold; judge itself: two ratings of one text",
    )


def _pair(part: Mapping[str, Any]) -> tuple[str, str]:
    return number(part.get("mae")), number(part.get("kappa"))


def _ranks(sections: list[tuple[str, str, Mapping[str, Any]]]) -> Grid:
    """Order only: kappa by rank with our judgements, Spearman with the jury."""
    rows = []
    for label, name, part in sections:
        if name == "judged":
            rows.append(
                (
                    f"{label}: judgements",
                    number(part["kappaByRank"]),
                    number(part["kappaByRankRounded"]),
                    number(part["spearman"]),
                    "",
                    "",
                    "",
                )
            )
        if name == "jury":
            jurors, among = (" ".join(map(number, part[key])) for key in ("jurors", "amongJurors"))
            rows.append(
                (f"{label}: jury's median", "", "", number(part["spearman"]), jurors, among, number(part["words"]))
            )
    head = ("Order", "kappa by rank", "rounded", "rho", "rho with each juror", "jurors among themselves", "words alone")
    return Grid(
        "By rank",
        head,
        rows,
        "kappa by rank: the k-th lowest score takes the k-th lowest label's place, ties that of their middle",
    )


def _whole(found: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Grid]:
    tdqs = found["tdqs"]
    if tdqs["n"]:
        row = (
            "TDQS",
            str(tdqs["n"]),
            number(tdqs["mae"]),
            number(tdqs["bias"], sign=True),
            number(tdqs["pearson"]),
            percent(tdqs["tierAccuracy"]),
        )
        yield Grid("TDQS, where all six scores were published", ("", "n", "MAE", "bias", "r", "same tier"), [row])
    corpus = found["corpus"]
    if corpus:
        yield from corpus_grids(corpus, labels)


def corpus_grids(corpus: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Grid]:
    """The captured servers beside the registry's corpus."""
    rows = [
        (
            labels.get(key, key),
            *(number(part[name]) for name in ("mean", "publishedMean")),
            *(number(part[name], 1) for name in ("belowThree", "publishedBelowThree")),
        )
        for key, part in corpus["dimensions"].items()
    ]
    rows.append(("TDQS", number(corpus["meanTdqs"]), number(corpus["publishedMeanTdqs"]), "", ""))
    title = f"Corpus: {corpus['tools']} tools of {corpus['servers']} captured servers, servers alike"
    yield Grid(title, ("Dimension", "mean", "registry", "% below 3", "registry"), rows)
    tiers = [
        (letter, number(part["share"], 1), number(part["published"], 1)) for letter, part in corpus["tiers"].items()
    ]
    yield Grid("Tiers (percent)", ("Tier", "ours", "registry"), tiers)
