"""What the calibrate commands do: files read, phases joined, figures laid out. Everything slow is imported in here, late."""
# ruff: noqa: PLC0415 - numpy and its kin take a second to import, and are an extra

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.cli import console
from scorer.cli.calibration_files import known_document, rubric_in
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorer.calibration.grid import Grid
    from scorer.calibration.table import Table
    from scorer.models.rubric import Rubric

_NEEDED = ("numpy", "scipy", "sklearn")
_EXTRA = "Install it with `pip install 'toolmark[calibrate]'`."


class Wanted(NamedTuple):
    """What to fit. only: dimensions, () for all."""

    only: tuple[str, ...]
    seeds: int
    select: bool
    date: str


def day(given: str | None) -> str:
    """The date of a fit: as given, or SOURCE_DATE_EPOCH's, or today's. Raises UsageError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if given is not None:
            return date.fromisoformat(given).isoformat()
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date().isoformat()
    except (ValueError, OverflowError, OSError):
        what = "--date is not a date" if given is not None else "SOURCE_DATE_EPOCH is not a number of seconds"
        raise UsageError(what, "Write it as 2026-11-21, or unset SOURCE_DATE_EPOCH.") from None


def observed(labels: Path, definitions: Path | None, servers: Path | None) -> str:
    """Observations as CSV text."""
    from scorer.calibration.labels import read_entries
    from scorer.calibration.observe import observe, write_rows
    from scorer.cli.looking import Looker

    beside = (labels if labels.is_dir() else labels.parent).parent
    entries = read_entries(
        labels,
        definitions or _if_there(beside / "livemcpbench.json"),
        servers or _if_there(beside / "servers"),
    )
    console.say(f"Read {len(entries)} definitions from {labels}")
    return write_rows(observe(entries, Looker()))


def observed_sets(labels: Path) -> str:
    """Observations of servers with coherence scores as CSV text, "" where the labels speak of none."""
    from scorer.calibration.coherence import observe_servers, read_servers
    from scorer.calibration.observe import write_rows
    from scorer.cli.looking import look_at_set

    servers = read_servers(labels)
    return write_rows(observe_servers(servers, look_at_set)) if servers else ""


def sets_beside(observations: Path) -> Path:
    """Where the observations of servers are kept: beside those of tools."""
    return observations.with_name("coherence.csv")


def _if_there(path: Path) -> Path | None:
    return path if path.exists() else None


def set_table_of(labels: Path) -> Table | None:
    """The observations of servers beside a .csv, or made from labels on the spot; None where there are none."""
    from scorer.calibration.lines import read_text
    from scorer.calibration.table import read_table

    if labels.suffix != ".csv":
        text = observed_sets(labels)
    else:
        text = read_text(sets_beside(labels)) if sets_beside(labels).exists() else ""
    return read_table(text) if text else None


def table_of(labels: Path, definitions: Path | None = None, servers: Path | None = None) -> Table:
    """The observations in a .csv, or made from labels on the spot."""
    from scorer.calibration.lines import read_text

    needs_extra()
    from scorer.calibration.table import read_table

    is_table = labels.suffix == ".csv"
    return read_table(read_text(labels) if is_table else observed(labels, definitions, servers))


def warn_of_stale(table: Table, rubric: Rubric) -> None:
    """Say on stderr which facts of the rubric the observations do not know: they count as not holding."""
    known = set(table.facts)
    unknown = [rule.id for d in rubric.tool for rule in d.facts if rule.id not in known]
    if unknown:
        console.say(
            f"warning: {len(unknown)} facts are not in the observations ({', '.join(unknown[:5])}); "
            "make them anew with `toolmark calibrate observe`"
        )


def needs_extra() -> None:
    """Raises UsageError where the extra is not installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"calibrating needs the extra `calibrate` (no {', '.join(missing)} here)", _EXTRA)


def fitted(observations: Path, folder: Path, wanted: Wanted) -> dict[str, Any]:
    """The calibration document of a new fit."""
    table = table_of(observations)
    from scorer.calibration.dimension_fit import Plan
    from scorer.calibration.document import calibrate, calibrate_sets

    rubric = rubric_in(folder)
    there = [d.id for d in (*rubric.tool, *rubric.server)]
    unknown = [name for name in wanted.only if name not in there]
    if unknown:
        raise UsageError(f"{unknown[0]} is no dimension", f"There are {', '.join(there)}.")
    warn_of_stale(table, rubric)
    plan = Plan(tuple(range(wanted.seeds)), wanted.select, wanted.date, wanted.only)
    before, sets = known_document(folder), set_table_of(observations)
    document = calibrate(table, rubric, before, plan, console.say)
    if sets is not None:
        document["sets"] = calibrate_sets(sets, rubric, before.get("sets", {}), plan, console.say)
    return document


def shown_fit(document: dict[str, Any], folder: Path, format: str) -> str:  # noqa: A002 - the option's name
    """A fit's marks and points."""
    from scorer.calibration.fit_tables import fit_grids
    from scorer.calibration.tables import corpus_grids

    labels = {d.id: d.label for d in rubric_in(folder).tool}
    corpus = document["agreement"]["corpus"]
    grids = [*fit_grids(document), *(corpus_grids(corpus, labels) if corpus else ())]
    return _laid_out(document, grids, format)


def shown_agreement(table: Table, sets: Table | None, folder: Path, format: str) -> str:  # noqa: A002 - likewise
    """How far a folder's rubric agrees with a table of tools, and with one of servers."""
    from scorer.calibration.agreement import agree, agree_sets
    from scorer.calibration.tables import agreement_grids

    rubric = rubric_in(folder)
    warn_of_stale(table, rubric)
    found = agree(table, rubric)
    if sets is not None:
        found["sets"] = agree_sets(sets, rubric)
    return _laid_out(found, agreement_grids(found, rubric), format)


def drawn(table: Table, folder: Path) -> str:
    """The same as a picture."""
    from scorer.calibration.picture import picture

    return picture(table, rubric_in(folder))


def compared(old: Path, new: Path, format: str) -> str:  # noqa: A002 - likewise
    """What moved between two saved reports."""
    from scorer.calibration.compare import compare
    from scorer.calibration.compare_tables import compare_grids, headline
    from scorer.calibration.lines import read_text
    from scorer.outputs.json import parse

    found = compare(parse(read_text(old)), parse(read_text(new)))
    return _laid_out(found, compare_grids(found), format, headline(found))


def _laid_out(found: dict[str, Any], grids: Sequence[Grid], format: str, first: str = "") -> str:  # noqa: A002 - likewise
    from scorer.calibration.grid import as_markdown, as_text

    if format == "json":
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    body = as_markdown(grids) if format == "markdown" else as_text(grids)
    return f"{first}\n\n{body}" if first else body
