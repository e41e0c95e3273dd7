"""The files that ship with the project: `rubrics/` and the report templates, in a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from scorer.errors import RubricError

_PACKAGE = Path(__file__).resolve().parent
# An installed wheel carries them inside the package; a checkout and an editable install have them beside it.
_DATA = _PACKAGE / "_data"
_CHECKOUT = {"rubrics": _PACKAGE.parent / "rubrics", "templates": _PACKAGE.parent / "reports" / "templates"}


def asset_path(relative: str) -> Path:
    """Where an asset is: `rubrics/rubric.yaml`, `templates/card.html.j2` (the path need not exist).

    Raises RubricError for a path that is not below one of the two folders.
    """
    parts = PurePosixPath(relative).parts
    if not parts or parts[0] not in _CHECKOUT or ".." in parts:
        raise RubricError(f"{relative!r} is not an asset", "Assets are files below rubrics/ and templates/.")
    shipped = _DATA.joinpath(*parts)
    return shipped if shipped.exists() else _CHECKOUT[parts[0]].joinpath(*parts[1:])


def read_asset(relative: str) -> str:
    """The text of an asset. Raises RubricError when it is missing or not UTF-8."""
    try:
        return asset_path(relative).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{relative} cannot be read ({type(error).__name__})"
        raise RubricError(message, "Install toolmark again: its own data files are missing or damaged.") from error
