"""The rubric's folder as calibration reads and writes it."""
# ruff: noqa: PLC0415 - what a help text does not need is imported late

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.cli import writing
from scorer.errors import InputError, RubricError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from scorer.models.rubric import Rubric


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


def known_document(folder: Path) -> dict[str, Any]:
    """The calibration so far, {} before the first."""
    from scorer.calibration.lines import read_json

    path = folder / "calibration.json"
    known = read_json(path) if path.exists() else {}
    if not isinstance(known, dict) or not isinstance(known.get("dimensions", {}), dict):
        raise InputError(f"{path} is no calibration document", "Delete it, and fit again.")
    return known


def written(document: dict[str, Any], folder: Path) -> list[str]:
    """Write the points that were fitted now, the document and the pages; the paths below the folder that changed."""
    from scorer.calibration.document import fitted_now, stored
    from scorer.catalog.calibration_page import SOURCE
    from scorer.catalog.pages import write_pages
    from scorer.catalog.points import rewrite_points

    files = {SOURCE: json.dumps(stored(document), indent=1, ensure_ascii=False) + "\n"}
    tool, server = document["dimensions"], document.get("sets", {}).get("dimensions", {})
    for room, dimensions in (("tool", tool), ("server", server)):
        for key, part in fitted_now(dimensions).items():
            name = f"{room}/{key}.yaml"
            points = {fact.partition("/")[2]: one["points"] for fact, one in part["facts"].items()}
            files[name] = rewrite_points(_text_of(folder / name), part["base"], points, name)
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


def _text_of(path: Path) -> str:
    """A file's text with its own line ends, "" for none."""
    return path.read_bytes().decode("utf-8") if path.exists() else ""
