"""The types that an annotation may name: of Python, typing and pydantic. Each is data, none acts when a schema is made."""

from __future__ import annotations

import collections.abc
import datetime as dt
import decimal
import pathlib
import re
import typing
import uuid
from typing import Any

import pydantic

_PLAIN: dict[str, Any] = {
    "str": str, "int": int, "float": float, "bool": bool, "bytes": bytes, "list": list, "dict": dict, "set": set, "frozenset": frozenset,
    "tuple": tuple, "object": Any, "None": None, "Any": Any, "complex": complex,
    "datetime.datetime": dt.datetime, "datetime.date": dt.date, "datetime.time": dt.time,
    "datetime.timedelta": dt.timedelta, "decimal.Decimal": decimal.Decimal, "uuid.UUID": uuid.UUID, "pathlib.Path": pathlib.Path,
    "re.Pattern": re.Pattern, "types.NoneType": type(None),
}  # fmt: skip
GENERIC: dict[str, Any] = {
    "List": list, "Dict": dict, "Set": set, "FrozenSet": frozenset, "Tuple": tuple, "Type": type, "list": list, "dict": dict, "set": set,
    "frozenset": frozenset, "tuple": tuple, "type": type, "Sequence": collections.abc.Sequence, "Iterable": collections.abc.Iterable,
    "Mapping": collections.abc.Mapping, "MutableMapping": collections.abc.MutableMapping, "Collection": collections.abc.Collection,
    "MutableSequence": collections.abc.MutableSequence, "DefaultDict": collections.defaultdict, "defaultdict": collections.defaultdict,
    "OrderedDict": collections.OrderedDict, "Deque": collections.deque, "deque": collections.deque, "AbstractSet": collections.abc.Set,
    "Callable": collections.abc.Callable, "Awaitable": collections.abc.Awaitable, "Iterator": collections.abc.Iterator,
}  # fmt: skip
# Types of pydantic that an annotation may name; each is data, none acts when a schema is made.
_PYDANTIC = frozenset(
    "AnyUrl AnyHttpUrl HttpUrl FileUrl EmailStr NameEmail IPvAnyAddress PositiveInt NegativeInt NonNegativeInt NonPositiveInt PositiveFloat "
    "NegativeFloat NonNegativeFloat NonPositiveFloat FiniteFloat StrictStr StrictInt StrictFloat StrictBool SecretStr SecretBytes UUID1 UUID3 "
    "UUID4 UUID5 FilePath DirectoryPath NewPath Json ByteSize PastDate FutureDate AwareDatetime NaiveDatetime PastDatetime FutureDatetime "
    "JsonValue".split()
)
CONSTRAINED = frozenset("conint constr confloat conlist conset condecimal conbytes condate confrozenset".split())
_SPECIAL = {
    "Any": Any,
    "Text": str,
    "Hashable": collections.abc.Hashable,
    "LiteralString": str,
    "NoReturn": typing.NoReturn,
    "AnyStr": str,
}


def named_type(name: str) -> Any:
    """The type of a dotted name. Raises LookupError for one that is not known."""
    package, _, last = name.rpartition(".")
    if name in _PLAIN:
        return _PLAIN[name]
    if package in ("typing", "typing_extensions", "collections.abc", "collections"):
        if last in GENERIC:
            # `typing.Dict` and `dict` differ in the output schema that they lead to.
            return getattr(typing, last, None) if package == "typing" else GENERIC[last]
        if last in _SPECIAL:
            return _SPECIAL[last]
    if package.split(".")[0] == "pydantic" and (last in _PYDANTIC or last == "BaseModel"):
        return getattr(pydantic, last)
    raise LookupError(name)
