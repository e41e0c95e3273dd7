"""The schemas that the official SDK sends for a signature, made by pydantic as the SDK makes them.

Source of the rules: `func_metadata` of the `mcp` package, 1.30 and 2.3.
"""

from __future__ import annotations

import warnings
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import pydantic
import pydantic_core
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from typing_extensions import is_typeddict

from scorer.sources.python_code.dialects import Dialect
from scorer.sources.python_code.signature import MISSING, Content, Signature
from scorer.sources.python_code.unknowable import Unknowable
from scorer.sources.tree.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import core_schema

    from scorer.models.tool import JsonObject

FAILURES = (
    pydantic.PydanticUserError,
    pydantic_core.SchemaError,
    pydantic.ValidationError,
    TypeError,
    ValueError,
    NameError,
    RecursionError,
    AttributeError,
    KeyError,
)


class Generator(GenerateJsonSchema):
    """Pydantic's generator, silent, without the defaults that are not known."""

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Say nothing."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The schema of a field without a default that could not be read."""
        if isinstance(schema.get("default"), Unknowable):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


class Strict(Generator):
    """Raises where the SDK's generator raises: for a result that JSON cannot carry."""

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Raise ValueError."""
        raise ValueError(f"{kind}: {detail}")


class Arguments(pydantic.BaseModel):
    """The base of every model of arguments."""

    model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)


def input_schema(name: str, signature: Signature) -> JsonObject | None:
    """The schema of a function's arguments; None when pydantic makes none. name: the function's own name."""
    fields: dict[str, Any] = {}
    for parameter in signature.parameters:
        extra: list[Any] = []
        annotation = parameter.annotation
        if annotation is MISSING:
            annotation = Any
            extra.append(pydantic.WithJsonSchema({"title": parameter.name, "type": "string"}))
        key, more = _field_name(parameter.name)
        typed: Any = Annotated[(annotation, *extra, pydantic.Field(**more))]
        fields[key] = typed if parameter.default is MISSING else (typed, parameter.default)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            built = pydantic.create_model(f"{name}Arguments", __base__=Arguments, **fields)
            return built.model_json_schema(by_alias=True, schema_generator=Generator)
    except FAILURES:
        return None


def _field_name(name: str) -> tuple[str, dict[str, Any]]:
    """A name that pydantic's models use themselves goes in under another, with an alias."""
    if hasattr(pydantic.BaseModel, name) and callable(getattr(pydantic.BaseModel, name)):
        return f"field_{name}", {"alias": name}
    return name, {}


def output_schema(name: str, result: Any, dialect: Dialect) -> JsonObject | Unknown | None:
    """The schema of a function's result, None when the SDK sends none, `Unknown` when that cannot be told."""
    if result is MISSING or isinstance(result, Unknown):
        return None if result is MISSING else result
    if result is Content:
        return None if dialect is Dialect.SDK2 else Unknown("is made of the protocol's own types", _NOWHERE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = _output_model(name, result, dialect)
            return None if model is None else _inline_root(_schema_of(model))
    except (*FAILURES, pydantic_core.PydanticOmit):
        return None


_NOWHERE: Any = None


def _schema_of(model: Any) -> JsonObject:
    return pydantic.TypeAdapter(model).json_schema(schema_generator=Strict)


def _output_model(name: str, result: Any, dialect: Dialect) -> Any:
    bare = get_args(result)[0] if get_origin(result) is Annotated else result
    if bare is Any:
        return None
    if bare is None:
        return _wrapped(name, result)
    if isinstance(bare, GenericAlias):
        arguments = get_args(bare)
        if get_origin(bare) is dict and len(arguments) == 2 and arguments[0] is str:
            return Annotated[bare, pydantic.Field(title=f"{name}DictOutput")]
        return _wrapped(name, result)
    if not isinstance(bare, type):
        return _wrapped(name, result)
    if issubclass(bare, pydantic.BaseModel):
        return bare
    if is_typeddict(bare):
        return bare if dialect is Dialect.SDK2 else _of_typed_dict(bare)
    if bare in (str, int, float, bool, bytes, type(None)):
        return _wrapped(name, result)
    hints = getattr(bare, "__annotations__", {})
    return _of_class(bare, hints) if hints else None


def _wrapped(name: str, annotation: Any) -> Any:
    return pydantic.create_model(f"{name}Output", result=annotation)


def _of_class(bare: type, hints: Mapping[str, Any]) -> Any:
    fields: dict[str, Any] = {}
    for key, annotation in hints.items():
        if not key.startswith("_"):
            default = getattr(bare, key, MISSING)
            fields[key] = annotation if default is MISSING else (annotation, default)
    return pydantic.create_model(bare.__name__, __config__=pydantic.ConfigDict(from_attributes=True), **fields)


def _of_typed_dict(bare: Any) -> Any:
    fields: dict[str, Any] = {
        key: annotation if key in bare.__required_keys__ else (_bare_key(annotation), None)
        for key, annotation in bare.__annotations__.items()
    }
    return pydantic.create_model(bare.__name__, **fields)


def _bare_key(annotation: Any) -> Any:
    return get_args(annotation)[0] if "NotRequired" in str(get_origin(annotation)) else annotation


def _inline_root(schema: JsonObject) -> JsonObject:
    """A schema whose root only points at one of its definitions, with that definition at the root."""
    target = schema.get("$ref")
    if not isinstance(target, str) or not target.startswith("#/$defs/"):
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {**schema["$defs"][target.removeprefix("#/$defs/")], **rest}
