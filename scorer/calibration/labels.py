"""Published scores, judgements and jury votes as they lie in files, each joined to the definition that was rated."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorer.models.tool import JsonObject

# The short names of dimensions in label files.
DIMENSIONS = {
    "purpose": "purpose_clarity",
    "usage": "usage_guidelines",
    "behavior": "behavioral_transparency",
    "parameters": "parameter_semantics",
    "conciseness": "conciseness_structure",
    "completeness": "contextual_completeness",
}
JUDGED = ("purpose", "usage")
Kind = Literal["rating", "jury", "captured"]
_LARGEST = 200_000_000  # bytes of a label file
_VERSION = re.compile(r"(?<=[a-z])[\d_]*\d$")


class Entry(NamedTuple):
    """One definition, where it came from, and what was said of it.

    kind: a published rating, a jury's votes, or a captured server's tool without scores. key: of the rated text, "" to take
    the definition's input hash. siblings: names of the other tools, as far as known; beside: their definitions, likewise.
    published: scores 1-5 by dimension id; tdqs beside them. judged, jury: votes by dimension id.
    """

    kind: Kind
    server: str
    definition: JsonObject
    key: str = ""
    set: str = ""
    source: str = ""
    match: str = ""
    siblings: tuple[str, ...] = ()
    beside: tuple[JsonObject, ...] = ()
    published: Mapping[str, float] = {}
    tdqs: float | None = None
    judged: Mapping[str, tuple[float, ...]] = {}
    jury: Mapping[str, tuple[float, ...]] = {}


def read_entries(labels: Path, definitions: Path | None = None, servers: Path | None = None) -> list[Entry]:
    """Everything to observe.

    labels: a folder of JSON lines, or one such file; lines are told apart by their keys (a rating has `definition` and `scores`, a
    judgement `purpose` and `usage` as lists, a jury's line `jury`), others are passed over. definitions: the tools that the jury rated, a JSON
    list of `{serverName, tools}`. servers: a folder of captured tool lists; of several versions of a server the newest is
    observed, all serve as siblings. Raises InputError.
    """
    lines = [line for file in _files(labels) for line in _lines(file)]
    captured = _captured(servers) if servers else {}
    ratings = _with_siblings([_rating(line) for line in lines if _is_rating(line)], captured)
    judgements = {line["key"]: line for line in lines if _is_judgement(line)}
    rated = [entry._replace(judged=_votes(judgements.get(entry.key, {}))) for entry in ratings]
    jury = _jury([line for line in lines if isinstance(line.get("jury"), dict)], _rosters(definitions))
    newest = [name for name in captured if not is_older(name, captured)]
    found = [*rated, *jury, *(entry for name in newest for entry in _whole(name, captured[name]))]
    if not found:
        raise InputError(f"{labels} holds no labels", "Name a folder with tools.jsonl, or such a file.")
    return found


def is_older(name: str, names: Iterable[str]) -> bool:
    """Whether a captured server is an older version of another: its name is that one's and a number, or without its "head"."""
    known = set(names)
    base = _VERSION.sub("", name)
    return (base != name and base in known) or f"{name}head" in known


def _files(labels: Path) -> list[Path]:
    files = sorted(labels.glob("*.jsonl")) if labels.is_dir() else [labels]
    if not files:
        raise InputError(f"{labels} holds no .jsonl files", "Name a folder of labels, or one file of them.")
    return files


def _lines(file: Path) -> Iterator[JsonObject]:
    for number, text in enumerate(_text(file).splitlines(), 1):
        if text.strip():
            value = _parsed(text, f"{file}, line {number}")
            if not isinstance(value, dict):
                raise InputError(f"{file}, line {number}: not a JSON object", "A label is one JSON object per line.")
            yield value


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError(f"{file} is larger than {_LARGEST // 1_000_000} MB", "Split the labels.")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {error}", "Name a UTF-8 file or a folder of them.") from None


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}", "Labels are JSON, one object per line.") from None


def _is_rating(line: JsonObject) -> bool:
    return isinstance(line.get("scores"), dict) and isinstance(line.get("definition"), dict)


def _is_judgement(line: JsonObject) -> bool:
    return isinstance(line.get("key"), str) and all(isinstance(line.get(name), list) for name in JUDGED)


def _rating(line: JsonObject) -> Entry:
    scores = {DIMENSIONS[key]: value for key, value in line["scores"].items() if key in DIMENSIONS and _is_score(value)}
    tdqs = line.get("tdqs")
    return Entry(
        "rating",
        str(line.get("server") or ""),
        line["definition"],
        key=str(line.get("key") or ""),
        set=str(line.get("set") or ""),
        source=_source(line.get("source")),
        match=str(line.get("match") or ""),
        siblings=tuple(name for name in line.get("siblings") or () if isinstance(name, str)),
        published=scores,
        tdqs=float(tdqs) if _is_score(tdqs) else None,
    )


def _is_score(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5


def _source(value: object) -> str:
    """How the definition was got, in one word: nothing of where a third party keeps it."""
    if isinstance(value, dict):
        return "repository"
    return "captured" if str(value).startswith("captured") else "page" if value else ""


def _votes(line: Mapping[str, Any], names: Sequence[str] = JUDGED) -> dict[str, tuple[float, ...]]:
    return {DIMENSIONS[n]: tuple(float(v) for v in line[n] if _is_score(v)) for n in names if line.get(n)}


def _captured(folder: Path) -> dict[str, list[JsonObject]]:
    """Tool lists by file stem."""
    rosters = ((file.stem, _tools(_parsed(_text(file), str(file)))) for file in sorted(folder.glob("*.json")))
    return {name: tools for name, tools in rosters if tools}


def _tools(value: object) -> list[JsonObject]:
    tools = value.get("tools") if isinstance(value, dict) else None
    return [tool for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []


def _rosters(definitions: Path | None) -> dict[str, list[JsonObject]]:
    listed = _parsed(_text(definitions), str(definitions)) if definitions else []
    if not isinstance(listed, list):
        raise InputError(f"{definitions}: not a list of servers", "It is a JSON list of {serverName, tools}.")
    return {str(one.get("serverName")): _tools(one) for one in listed if isinstance(one, dict)}


def _jury(lines: Iterable[JsonObject], rosters: Mapping[str, list[JsonObject]]) -> Iterator[Entry]:
    votes = {(line.get("server"), line.get("name")): _votes(line["jury"]) for line in lines}
    for server, tools in rosters.items():
        for entry in _whole(server, tools):
            found = votes.get((server, entry.definition.get("name")))
            if found:
                yield entry._replace(kind="jury", jury=found)


def _whole(server: str, tools: Sequence[JsonObject]) -> Iterator[Entry]:
    """Every tool of a server, its siblings known in full."""
    for tool in tools:
        yield Entry("captured", server, tool, beside=tuple(other for other in tools if other is not tool))


def _with_siblings(ratings: Sequence[Entry], captured: Mapping[str, list[JsonObject]]) -> list[Entry]:
    """Ratings with the definitions of their siblings: the captured server's, or those that other ratings show."""
    shown: dict[str, dict[Any, JsonObject]] = {}
    for entry in ratings:
        shown.setdefault(entry.server, {}).setdefault(entry.definition.get("name"), entry.definition)
    return [entry._replace(beside=_beside(entry, captured, shown[entry.server])) for entry in ratings]


def _beside(
    entry: Entry, captured: Mapping[str, list[JsonObject]], shown: Mapping[Any, JsonObject]
) -> tuple[JsonObject, ...]:
    own = entry.definition.get("name")
    if entry.server in captured:
        return tuple(tool for tool in captured[entry.server] if tool.get("name") != own)
    listed = set(entry.siblings)
    return tuple(tool for name, tool in shown.items() if name != own and (not listed or name in listed))
