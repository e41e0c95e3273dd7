"""What a fit found, as tables: marks in cross-validation, and every fact's points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.calibration.grid import Grid, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARKS = ("shipped", "forest", "boosted", "ownFacts", "length", "mode")
_NAMES = {"ownFacts": "forest, own facts", "seen": "fitted, rows seen"}


def fit_grids(document: Mapping[str, Any]) -> list[Grid]:
    """The tables of a calibration document: one of marks, and one of facts per dimension."""
    dimensions, sets = document["dimensions"], document.get("sets", {}).get("dimensions", {})
    grids = [_marks(dimensions | sets), _order(dimensions)]
    return [*grids, *(_facts(part) for part in (dimensions | sets).values())]


def _marks(dimensions: Mapping[str, Any]) -> Grid:
    rows = [row for part in dimensions.values() for row in _mark_rows(part)]
    head = ("Cross-validation by server", "n", "MAE", "exact", "within 1", "bias", "kappa", "MAE by server")
    note = "fitted, rows seen, and before, the rubric's points until now, know the labels; forest, boosted: all facts and signals"
    return Grid("Marks", head, rows, note)


def _known(part: Mapping[str, Any]) -> dict[str, Any]:
    """All marks of a dimension; a part that was not fitted this time knows nothing of before."""
    seen = {name: part[name] for name in ("before", "seen") if name in part}
    return {**seen, **part["crossValidation"]}


def _mark_rows(part: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    known = _known(part)
    for name in ("shipped", "seen", "before", *_MARKS[1:]):
        if name in known and known[name]["n"]:
            title = f"{part['label']} ({part['against']})" if name == "shipped" else f"  {_NAMES.get(name, name)}"
            yield (title, *_cells(known[name]))


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(one["n"]),
        number(one["mae"], 3),
        percent(one["exact"]),
        percent(one["withinOne"]),
        number(one["bias"], sign=True),
        number(one["kappa"]),
        number(one["byServer"]["mae"], 3),
    )


def _order(dimensions: Mapping[str, Any]) -> Grid:
    rows = []
    for part in dimensions.values():
        for name, one in _known(part).items():
            if "kappaByRank" in one:
                cells = (number(one["kappaByRank"]), number(one["kappaByRankRounded"]), number(one["jury"]["spearman"]))
                rows.append((f"{part['label']}: {name}", *cells))
    return Grid("By rank", ("Order", "kappa by rank", "rounded", "rho with the jury"), rows)


def _facts(part: Mapping[str, Any]) -> Grid:
    rows = [(f"base{_changed(part.get('baseBefore'), part['base'])}", number(part["base"], 1), "", "", "", "", "", "")]
    for key, fact in part["facts"].items():
        rows.append(
            (
                f"{key}{_changed(fact.get('before'), fact['points'])}",
                number(fact["points"], 1, sign=True),
                number(fact.get("before"), 1, sign=True),
                number(fact["prior"], 1, sign=True),
                str(fact["rows"]),
                fact["status"],
                number(fact["earns"], 4, sign=True),
                f"{number(fact['wants'], sign=True)}{'!' if turns(fact) else ''}",
            )
        )
    head = ("Fact (* moved)", "points", "before", "prior", "rows", "status", "earns", "wants")
    return Grid(str(part["label"]), head, rows, "wants: without a fixed sign; ! against its kind")


def _changed(before: float | None, after: float) -> str:
    return " *" if before is not None and round(10 * before) != round(10 * after) else ""


def turns(fact: Mapping[str, Any]) -> bool:
    """Whether the data would give the fact points against its kind: then its detection, or its meaning, is wrong."""
    against = {"merit": fact["wants"] <= -0.1, "defect": fact["wants"] >= 0.1}.get(fact["kind"], False)
    return bool(against and fact["status"] != "rare")
