"""What the calibrate commands do: files read, phases joined, figures laid out. Everything slow is imported in here, late."""
# ruff: noqa: PLC0415 - numpy and its kin take a second to import, and are an extra

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.cli import console, writing
from scorer.errors import InputError, RubricError, UsageError

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


def _if_there(path: Path) -> Path | None:
    return path if path.exists() else None


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


def rubric_folder(given: Path | None) -> Path:
    """Where the rubric's files are. Raises UsageError."""
    from scorer.assets import asset_path

    folder = given or asset_path("rubrics")
    if not (folder / "rubric.yaml").is_file():
        raise UsageError(f"{folder} holds no rubric.yaml", "Name the folder that does with --rubrics.")
    return folder


def rubric_in(folder: Path) -> Rubric:
    """The rubric of a folder."""
    from scorer.catalog import build_rubric

    def read(name: str) -> str:
        try:
            return (folder / name.removeprefix("rubrics/")).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RubricError(f"{name} cannot be read ({type(error).__name__})") from error

    return build_rubric(read)


def fitted(observations: Path, folder: Path, wanted: Wanted) -> dict[str, Any]:
    """The calibration document of a new fit."""
    table = table_of(observations)
    from scorer.calibration.document import Plan, calibrate

    rubric = rubric_in(folder)
    unknown = [name for name in wanted.only if name not in {d.id for d in rubric.tool}]
    if unknown:
        known = ", ".join(d.id for d in rubric.tool)
        raise UsageError(f"{unknown[0]} is no dimension of a tool", f"There are {known}.")
    warn_of_stale(table, rubric)
    plan = Plan(tuple(range(wanted.seeds)), wanted.select, wanted.date, wanted.only)
    return calibrate(table, rubric, _known(folder), plan, console.say)


def _known(folder: Path) -> dict[str, Any]:
    from scorer.calibration.lines import read_json

    path = folder / "calibration.json"
    known = read_json(path) if path.exists() else {}
    if not isinstance(known, dict):
        raise InputError(f"{path} is no calibration document", "Delete it, and fit again.")
    return known


def written(document: dict[str, Any], folder: Path) -> list[str]:
    """Write points, document and pages; the paths below the folder that changed."""
    from scorer.calibration.document import stored
    from scorer.catalog.calibration_page import SOURCE
    from scorer.catalog.pages import write_pages
    from scorer.catalog.points import rewrite_points

    files = {SOURCE: json.dumps(stored(document), indent=1, ensure_ascii=False) + "\n"}
    for key, part in document["dimensions"].items():
        name = f"tool/{key}.yaml"
        points = {fact.partition("/")[2]: one["points"] for fact, one in part["facts"].items()}
        files[name] = rewrite_points((folder / name).read_text(encoding="utf-8"), part["base"], points, name)
    changed = _write_changed(files, folder)
    return changed + _write_changed(write_pages(rubric_in(folder)) | _page(document), folder)


def _page(document: dict[str, Any]) -> dict[str, str]:
    from scorer.catalog.calibration_page import PAGE, calibration_page

    return {PAGE: calibration_page(document)}


def _write_changed(files: dict[str, str], folder: Path) -> list[str]:
    changed = [name for name, text in files.items() if _text_of(folder / name) != text]
    for name in changed:
        writing.write_file(folder / name, files[name])
    return changed


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def shown_fit(document: dict[str, Any], folder: Path, format: str) -> str:  # noqa: A002 - the option's name
    """A fit's marks and points."""
    from scorer.calibration.fit_tables import fit_grids
    from scorer.calibration.tables import corpus_grids

    labels = {d.id: d.label for d in rubric_in(folder).tool}
    corpus = document["agreement"]["corpus"]
    grids = [*fit_grids(document), *(corpus_grids(corpus, labels) if corpus else ())]
    return _laid_out(document, grids, format)


def shown_agreement(table: Table, folder: Path, format: str) -> str:  # noqa: A002 - likewise
    """How far a folder's rubric agrees with a table."""
    from scorer.calibration.agreement import agree
    from scorer.calibration.tables import agreement_grids

    rubric = rubric_in(folder)
    warn_of_stale(table, rubric)
    found = agree(table, rubric)
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
