"""Published scores, judgements and jury votes as they lie in files, each joined to the definition that was rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from scorer.calibration.entry import DIMENSIONS, JUDGED, Entry
from scorer.calibration.lines import read_lines
from scorer.calibration.siblings import captured_servers, listed_servers, newest, whole, with_siblings
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scorer.calibration.siblings import Rosters
    from scorer.models.tool import JsonObject


def read_entries(labels: Path, definitions: Path | None = None, servers: Path | None = None) -> list[Entry]:
    """Everything to observe.

    labels: a folder of JSON lines, or one such file; lines are told apart by their keys (a rating has `definition` and
    `scores`, a judgement `key` and lists at `purpose` and `usage`, a jury's line `jury`), others are passed over.
    definitions: the tools that the jury rated, a JSON list of `{serverName, tools}`. servers: a folder of captured tool
    lists; of several versions of a server the newest is observed, all serve as siblings. Raises InputError.
    """
    lines = list(read_lines(labels))
    captured = captured_servers(servers) if servers else {}
    judgements = {line["key"]: line for line in lines if _is_judgement(line)}
    ratings = [_rating(line, judgements) for line in lines if _is_rating(line)]
    listed = listed_servers(definitions) if definitions else {}
    jury = _jury([line for line in lines if isinstance(line.get("jury"), dict)], listed)
    found = [*with_siblings(ratings, captured), *jury]
    if not found:
        raise InputError(f"{labels} holds no labels", "Name a folder with tools.jsonl, or such a file.")
    return [*found, *newest(captured)]


def _is_rating(line: JsonObject) -> bool:
    return isinstance(line.get("scores"), dict) and isinstance(line.get("definition"), dict)


def _is_judgement(line: JsonObject) -> bool:
    return isinstance(line.get("key"), str) and all(isinstance(line.get(name), list) for name in JUDGED)


def _rating(line: JsonObject, judgements: Mapping[str, JsonObject]) -> Entry:
    scores, siblings, tdqs = line["scores"], line.get("siblings"), line.get("tdqs")
    return Entry(
        "rating",
        _text(line, "server"),
        line["definition"],
        key=_text(line, "key"),
        set=_text(line, "set"),
        source=_source(line.get("source")),
        match=_text(line, "match"),
        siblings=tuple(name for name in siblings if isinstance(name, str)) if isinstance(siblings, list) else (),
        published={
            DIMENSIONS[key]: float(value) for key, value in scores.items() if key in DIMENSIONS and _is_score(value)
        },
        tdqs=float(tdqs) if _is_score(tdqs) else None,
        judged=_votes(judgements.get(_text(line, "key"), {})),
    )


def _text(line: JsonObject, key: str) -> str:
    value = line.get(key)
    return value if isinstance(value, str) else ""


def _is_score(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5


def _source(value: object) -> str:
    """How the definition was got, in one word: nothing of where a third party keeps it."""
    if isinstance(value, dict):
        return "repository"
    return "captured" if str(value).startswith("captured") else "page" if value else ""


def _votes(line: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    votes = {name: line[name] for name in JUDGED if isinstance(line.get(name), list)}
    return {DIMENSIONS[name]: tuple(float(v) for v in given if _is_score(v)) for name, given in votes.items()}


def _jury(lines: Iterable[JsonObject], listed: Rosters) -> Iterator[Entry]:
    votes = {(_text(line, "server"), _text(line, "name")): _votes(line["jury"]) for line in lines}
    for server, tools in listed.items():
        for entry in whole(server, tools):
            found = votes.get((server, _text(entry.definition, "name")))
            if found:
                yield entry._replace(kind="jury", jury=found)
