"""The schemas that FastMCP sends: pydantic's, without titles and references, with what the docstring says of the parameters.

Source of the rules: `ParsedFunction` and `compress_schema` of the `fastmcp` package, 2.14 and 4.2.
"""

from __future__ import annotations

import dataclasses
import re
import warnings
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import pydantic
from pydantic.json_schema import GenerateJsonSchema

from scorer.sources.python_code.dialects import Dialect
from scorer.sources.python_code.schema import FAILURES, Arguments, Generator
from scorer.sources.python_code.signature import MISSING, Content, Signature
from scorer.sources.tree.marks import aligned, cut, marked
from scorer.sources.tree.values import Unknown

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject
    from scorer.sources.tree.found import Found
    from scorer.sources.tree.values import Scalar, Spot

_SCHEMA = frozenset({"type", "properties", "$ref", "items", "allOf", "oneOf", "anyOf", "required"})
_META = frozenset({"title", "description", "deprecated", "readOnly", "writeOnly"})
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies")
_LITERAL = frozenset({"default", "const", "examples", "example", "enum"})
_DEEPEST = 50


def input_schema(name: str, signature: Signature) -> JsonObject | None:
    """The schema of a function's arguments; None when pydantic makes none."""
    fields: dict[str, Any] = {}
    for index, parameter in enumerate(signature.parameters):
        annotation = Any if parameter.annotation is MISSING else parameter.annotation
        more = pydantic.Field(alias=parameter.name)
        typed: Any = Annotated[_described(annotation), more]
        fields[f"p{index}"] = typed if parameter.default is MISSING else (typed, parameter.default)
    del name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            built = pydantic.create_model("call", __base__=Arguments, **fields)
            raw = built.model_json_schema(by_alias=True, schema_generator=Generator)
    except FAILURES:
        return None
    # FastMCP asks pydantic for a function's schema, which is closed and has no name.
    raw = {
        "additionalProperties": False,
        "properties": {},
        **{key: value for key, value in raw.items() if key != "title"},
    }
    return _with_own_titles(_untitled(raw), raw)


def _described(annotation: Any) -> Any:
    """`Annotated[float, "What it is."]` is a description to FastMCP."""
    parts = get_args(annotation) if get_origin(annotation) is Annotated else ()
    if len(parts) == 2 and isinstance(parts[1], str):
        return Annotated[parts[0], pydantic.Field(description=parts[1])]
    return annotation


def _with_own_titles(schema: JsonObject, raw: JsonObject) -> JsonObject:
    derive = GenerateJsonSchema().get_title_from_name
    for name, prop in raw.get("properties", {}).items():
        title = prop.get("title") if isinstance(prop, dict) else None
        if isinstance(title, str) and title != derive(name) and name in schema["properties"]:
            schema["properties"][name]["title"] = title
    return schema


def compress(schema: JsonObject) -> JsonObject:
    """A schema without titles, its references replaced by what they point at unless they go in circles."""
    return inline(_untitled(schema))


def inline(plain: JsonObject) -> JsonObject:
    """A schema with what its references point at in their place, as it is when they go in circles."""
    defs = plain.get("$defs", {})
    if not defs:
        return {key: value for key, value in plain.items() if key != "$defs"}
    try:
        inlined = _inlined({key: value for key, value in plain.items() if key != "$defs"}, defs, ())
    except RecursionError:
        return plain
    return inlined  # type: ignore[no-any-return]


def _untitled(node: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST or not isinstance(node, dict):
        return node
    kept = dict(node)
    if isinstance(node.get("title"), str) and (_SCHEMA & node.keys() or node.keys() <= _META):
        del kept["title"]
    for key, value in kept.items():
        if key in _MAPS and isinstance(value, dict):
            kept[key] = {name: _untitled(inner, depth + 1) for name, inner in value.items()}
        elif key not in _LITERAL:
            kept[key] = (
                [_untitled(v, depth + 1) for v in value] if isinstance(value, list) else _untitled(value, depth + 1)
            )
    return kept


def _inlined(node: Any, defs: JsonObject, path: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_inlined(item, defs, path) for item in node]
    if not isinstance(node, dict):
        return node
    target = node.get("$ref")
    rest = {key: _inlined(value, defs, path) for key, value in node.items() if key not in ("$ref", "discriminator")}
    if not isinstance(target, str) or not target.startswith("#/$defs/"):
        return rest
    name = target.removeprefix("#/$defs/")
    if name in path or name not in defs:
        raise RecursionError
    return {**_inlined(defs[name], defs, (*path, name)), **rest}


def output_schema(name: str, result: Any, dialect: Dialect) -> JsonObject | Unknown | None:
    """The schema of a function's result, None when FastMCP sends none, `Unknown` when that cannot be told."""
    del name
    if result is MISSING or isinstance(result, Unknown):
        return None if result is MISSING else result
    if (
        result is Content
        or result is None
        or result is Any
        or _holds_bytes(result)
        or (dialect is Dialect.FASTMCP and _says_nothing(result))
    ):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = _schema_of(result)
            if made.get("type") != "object" and not _is_object(made):
                wrapped = _wrapped(result)
                made = {**_schema_of(wrapped), "x-fastmcp-wrap-result": True}
        return compress(made)
    except FAILURES:
        return None


def _wrapped(result: Any) -> Any:
    return dataclasses.make_dataclass("_WrappedResult", [("result", result)])


def _schema_of(result: Any) -> JsonObject:
    return pydantic.TypeAdapter(result, config=None).json_schema(
        mode="serialization", by_alias=False, schema_generator=Generator
    )


def _is_object(schema: JsonObject) -> bool:
    target = schema.get("$ref", "")
    return (
        "properties" in schema
        or schema.get("$defs", {}).get(target.removeprefix("#/$defs/"), {}).get("type") == "object"
    )


def _holds_bytes(result: Any) -> bool:
    if result is bytes:
        return True
    return get_origin(result) in (Union, Annotated) and any(_holds_bytes(part) for part in get_args(result))


def _says_nothing(result: Any) -> bool:
    bare = get_args(result)[0] if get_origin(result) is Annotated else result
    if bare in (list, tuple):
        return True
    inner = get_args(bare)
    return get_origin(bare) in (list, tuple) and (not inner or all(part is Any or part is ... for part in inner))


def describe(found: Found, doc: Scalar | None, dialect: Dialect, *, described: bool) -> None:
    """Put what the docstring says of the parameters into the schema, and only the rest into the description, as FastMCP 3 and later do.

    described: the tool has a description of its own, so that the docstring is not shown.
    """
    if dialect is Dialect.FASTMCP and doc is not None:
        _describe(found, doc, described=described)
    _title(found.definition, dialect)
    if "inputSchema" in found.definition:
        found.definition["inputSchema"] = inline(found.definition["inputSchema"])


def _title(definition: JsonObject, dialect: Dialect) -> None:
    """A tool without a title gets its annotations', from FastMCP 4 on else one made of its name."""
    title = definition.get("title") or definition.get("annotations", {}).get("title")
    if not title and dialect is Dialect.FASTMCP:
        title = definition["name"].replace("_", " ").replace("-", " ").title()
    if title:
        definition["title"] = title


def _describe(found: Found, doc: Scalar, *, described: bool) -> None:
    from scorer.sources.python_code.docstrings import sections  # noqa: PLC0415 - griffe is needed for FastMCP alone

    text = str(doc.value)
    description, parameters = sections(text)
    properties = found.definition.get("inputSchema", {}).get("properties", {})
    for name, words in parameters.items():
        if name in properties and "description" not in properties[name]:
            properties[name]["description"] = words
            found.notes.place(f"/inputSchema/properties/{name}/description", _of_parameter(name, words, text, doc.spot))
    if not described:
        found.definition["description"] = description
        found.notes.place("/description", aligned(doc.spot, description or "", text, doc.spot))


def _of_parameter(name: str, words: str, doc: str, spot: Spot) -> Spot:
    """Where the docstring describes a parameter."""
    head = rf"^[ \t]*(?::param[ \t]+(?:\w+[ \t]+)?)?\**{re.escape(name)}\b[ \t]*(?:\(.*?\))?[ \t]*:"
    for match in re.finditer(head, doc, re.MULTILINE):
        if words.split("\n", maxsplit=1)[0].strip() in doc[match.end() :]:
            behind = marked(spot, cut(spot, doc, match.end(), len(doc)))
            return aligned(spot, words, doc[match.end() :], behind)
    return aligned(spot, words, doc, spot)
