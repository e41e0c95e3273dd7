"""The report as JSON, the format that everything else can be made from: written, read back, and described by a schema."""
# ruff: noqa: PLC0415 - pydantic is imported when JSON is asked for

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from scorer.errors import InputError
from scorer.models.base import to_camel
from scorer.models.card import SCHEMA_VERSION, Report, Reports
from scorer.outputs.escape import folded

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"
_SURROGATE = re.compile("[\ud800-\udfff]")
# Keys of a fact that need not be written, with the value that a reader takes for granted.
_OPTIONAL: dict[str, Any] = {
    "status": "answered",
    "reason": None,
    "quote": None,
    "place": None,
    "detail": None,
    "tools": [],
}
_SCORE_AGAIN = "Run `toolmark score` on the definitions to get a report that this version reads."


def render(report: Report | Reports) -> str:
    r"""The report as indented JSON, encodable as UTF-8, the same text for the same report.

    A lone surrogate in a definition becomes its JSON escape (`\ud800`), a number beyond floats becomes null.
    """
    from pydantic_core import PydanticSerializationError, to_json

    try:
        document = _adapter(many=isinstance(report, Reports)).dump_python(report, mode="json")
        return to_json(_sparing(document), indent=2).decode() + "\n"
    except (PydanticSerializationError, ValueError):  # too deep, or half a surrogate pair
        return _careful(report)


def parse(text: str) -> Report | Reports:
    """The report that `render` wrote. Raises InputError for anything else, saying what it is instead."""
    from pydantic import ValidationError

    data = _loaded(text)
    adapter: TypeAdapter[Report | Reports] = _adapter(many=_is_many(data))
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise InputError(f"the report is damaged: {_first(error)}", _SCORE_AGAIN) from None


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `render` writes: the report of one server or of several."""
    from pydantic import TypeAdapter

    body = TypeAdapter(Report | Reports).json_schema(mode="serialization")
    return {"$schema": SCHEMA_ID, "title": f"Toolmark report {SCHEMA_VERSION}", **body}


@cache
def _adapter(*, many: bool) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Reports if many else Report)


def _sparing(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what says nothing: optional keys of facts and unknown parts of places, a quarter of the whole."""
    for server in document.get("servers", [document]):
        if not server["server"]["notRead"]:
            del server["server"]["notRead"]
        for fact in (*server["serverFacts"], *(fact for tool in server["tools"] for fact in tool["facts"])):
            for key in [key for key, nothing in _OPTIONAL.items() if fact[key] == nothing]:
                del fact[key]
            if "place" in fact:
                fact["place"] = _known(fact["place"])
        for fix in (fix for tool in server["tools"] for fix in tool["fixes"]):
            if fix["place"]:
                fix["place"] = _known(fix["place"])
            if fix["lines"] is None:
                del fix["lines"]
        for part in (part for tool in server["tools"] for part in tool["implementation"] if not part["pointer"]):
            del part["pointer"]
    return document


def _known(place: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in place.items() if value is not None}


def _careful(report: Report | Reports) -> str:
    """Slower, for definitions that pydantic refuses: nested deeper than it goes, or with half a surrogate pair."""
    try:
        # Once around, because JSON knows no infinity and Python's writer only knows how to refuse it.
        finite = _sparing(json.loads(json.dumps(plain(report)), parse_constant=lambda _: None))
        text = json.dumps(finite, indent=2, ensure_ascii=False)
    except RecursionError:
        raise InputError("a definition is nested too deeply to be written as JSON") from None
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def plain(value: Any) -> Any:
    """A value of the models as JSON has it: maps with camelCase keys, lists and scalars."""
    if is_dataclass(value):
        return {to_camel(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict) and any(map(is_dataclass, value.values())):
        return {key: plain(item) for key, item in value.items()}
    return value


def _loaded(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"the report is not valid JSON: {error.msg} ({where})", _SCORE_AGAIN) from None
    except RecursionError:
        raise InputError("the report is nested too deeply", _SCORE_AGAIN) from None
    except ValueError:
        raise InputError("the report holds a number that is too long", _SCORE_AGAIN) from None


def _refuse(name: str) -> NoReturn:
    raise InputError(f"the report is not valid JSON: {name} is not a number there", _SCORE_AGAIN)


def _is_many(data: object) -> bool:
    """Whether it is the report of several servers; InputError if it is no report."""
    if not isinstance(data, dict):
        raise InputError("this is not a toolmark report but " + _called(data), _SCORE_AGAIN)
    version = data.get("schemaVersion")
    if not isinstance(version, str):
        raise InputError("this is not a toolmark report: " + _lookalike(data), _SCORE_AGAIN)
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError(
            f"the report has schema version {folded(version, 20)}; this program reads {SCHEMA_VERSION}", _SCORE_AGAIN
        )
    return "servers" in data


def _called(data: object) -> str:
    names = {list: "a JSON array", str: "a JSON string", bool: "true or false", type(None): "null"}
    return names.get(type(data), "a number")


def _lookalike(data: dict[str, Any]) -> str:
    if "specVersion" in data and "serverScore" in data:
        return "it is a TDQS score report, which lacks the facts and definitions"
    if "tools" in data or "inputSchema" in data or "result" in data:
        return "it looks like tool definitions"
    return "it has no schemaVersion"


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return folded(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", 200)
