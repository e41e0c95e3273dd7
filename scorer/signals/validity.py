"""Whether a schema is a schema, and whether a value fits one. jsonschema-rs answers; jsonschema finds the words. Nothing is fetched."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from scorer.signals.refs import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.tool import JsonObject
    from scorer.signals.refs import Refs

# Drafts by `$schema`, without scheme and trailing "#": the name of their validator class, and their meta-schema's URI.
_DRAFTS = {
    "json-schema.org/draft/2020-12/schema": ("Draft202012Validator", "https://json-schema.org/draft/2020-12/schema"),
    "json-schema.org/draft/2019-09/schema": ("Draft201909Validator", "https://json-schema.org/draft/2019-09/schema"),
    "json-schema.org/draft-07/schema": ("Draft7Validator", "http://json-schema.org/draft-07/schema#"),
    "json-schema.org/draft-06/schema": ("Draft6Validator", "http://json-schema.org/draft-06/schema#"),
    "json-schema.org/draft-04/schema": ("Draft4Validator", "http://json-schema.org/draft-04/schema#"),
}
_DEFAULT = "json-schema.org/draft/2020-12/schema"
_ROOT = "urn:toolmark:root"
_MAX_WORDS = 160
# What the bindings raise for Python values that they cannot take over.
_UNREADABLE = (ValueError, SystemError)


class Draft(NamedTuple):
    """validator: class name in jsonschema_rs and jsonschema alike; uri: of the meta-schema."""

    validator: str
    uri: str


def draft_of(schema: JsonObject) -> Draft:
    """The draft that `$schema` declares; 2020-12, MCP's own, where it declares none that is known."""
    declared = schema.get("$schema")
    key = (
        declared.removeprefix("https://").removeprefix("http://").rstrip("#") if isinstance(declared, str) else _DEFAULT
    )
    return Draft(*_DRAFTS.get(key, _DRAFTS[_DEFAULT]))


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is outside the definition")


@cache
def _meta_validator(draft: Draft) -> Any:
    import jsonschema_rs  # noqa: PLC0415 - only grading needs it

    return getattr(jsonschema_rs, draft.validator)({"$ref": draft.uri}, retriever=_refuse, validate_formats=False)


def is_schema(schema: JsonObject) -> bool:
    """Whether a schema satisfies its draft's meta-schema. Not for schemas nested deeper than a few hundred levels.

    True where that cannot be told: half a surrogate pair, or in older versions a number beyond 64 bits, is nothing the validator reads.
    """
    try:
        return bool(_meta_validator(draft_of(schema)).is_valid(schema))
    except _UNREADABLE:
        return True


def why_invalid(schema: JsonObject, *, large: bool = False) -> tuple[str, str]:
    """(pointer, sentence) of the most telling offence of a schema that is not one; of a large schema the first."""
    if large:
        first = next(_meta_validator(draft_of(schema)).iter_errors(schema))
        return _told(first.instance_path, first.message)
    import jsonschema  # noqa: PLC0415 - slow to import, and rarely needed
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    kind = getattr(jsonschema, draft_of(schema).validator)
    error = best_match(kind(kind.META_SCHEMA).iter_errors(schema))
    return _told(error.absolute_path, error.message) if error else ("", "The schema is not valid JSON Schema.")


_JSON = {"None": "null", "True": "true", "False": "false"}
_PYTHON = re.compile(r"\b(?:None|True|False)\b")


def _told(path: Iterable[str | int], message: str) -> tuple[str, str]:
    return "".join(f"/{escape(str(token))}" for token in path), f"Not valid JSON Schema: {_short(message)}."


def _short(message: str) -> str:
    # The library speaks Python where the reader has JSON.
    line = _PYTHON.sub(lambda m: _JSON[m.group()], " ".join(message.split()))
    return line if len(line) <= _MAX_WORDS else f"{line[: _MAX_WORDS - 1]}…"


class Values:
    """Checks values against the parts of one root schema."""

    def __init__(self, root: JsonObject, refs: Refs) -> None:
        self.root, self.refs, self.draft = root, refs, draft_of(root)
        self._registry: Any = None

    def offence(self, value: object, schema: JsonObject, pointer: str, *, refers: bool) -> str | None:
        """Why `value` does not fit `schema`, which stands at `pointer` of the root; None if it does or that cannot be told.

        refers: the schema contains references, which are resolved against the root. Patterns run on an engine with linear
        time; one that it cannot compile (look-around, huge repetition) leaves the question open.
        """
        import jsonschema_rs  # noqa: PLC0415

        options: dict[str, Any] = {"retriever": _refuse, "validate_formats": False}
        options["pattern_options"] = jsonschema_rs.RegexOptions(size_limit=200_000, dfa_size_limit=200_000)
        try:
            if refers:
                options["registry"] = self._registered()
            subject = {"$ref": f"{_ROOT}#{quote(pointer, safe='/~$')}"} if refers else schema
            validator = getattr(jsonschema_rs, self.draft.validator)(subject, **options)
            if validator.is_valid(value):
                return None
            return _short(next(validator.iter_errors(value)).message)
        except (*_UNREADABLE, jsonschema_rs.ReferencingError):
            return None

    def _registered(self) -> Any:
        import jsonschema_rs  # noqa: PLC0415

        if self._registry is None:
            # Without its own name and dialect the root answers to ours.
            plain = {key: value for key, value in self.root.items() if key not in ("$id", "id", "$schema")}
            draft = getattr(jsonschema_rs, self.draft.validator.removesuffix("Validator"))
            self._registry = jsonschema_rs.Registry([(_ROOT, plain)], draft=draft, retriever=_refuse)
        return self._registry
