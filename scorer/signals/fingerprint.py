"""What identifies a definition and what it costs: canonical bytes, input hash, estimated tokens."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from scorer.signals.canonical import canonical

if TYPE_CHECKING:
    from scorer.models.tool import Tool

TOKEN_METHOD = "estimated from name, description and inputSchema: 4 ASCII characters a token, 3 bytes of others"  # noqa: S105 - a sentence


class Fingerprint(NamedTuple):
    """size: UTF-8 bytes of the canonical text. digest: first 16 hex digits of its SHA-256. schema: the canonical text of inputSchema alone."""

    size: int
    digest: str
    schema: str


def fingerprint(tool: Tool) -> Fingerprint:
    """The fingerprint over the six fields that the specification names; an absent field is null."""
    get = tool.definition.get
    schema = canonical(get("inputSchema"))
    data = (
        f'{{"annotations":{canonical(get("annotations"))},"description":{canonical(get("description"))},"inputSchema":{schema},'
        f'"name":{canonical(get("name"))},"outputSchema":{canonical(get("outputSchema"))},"title":{canonical(get("title"))}}}'
    ).encode()
    return Fingerprint(len(data), hashlib.sha256(data).hexdigest()[:16], schema)


def estimate_tokens(tool: Tool) -> int:
    """The tokens that name, description and input schema take in every prompt that offers the tool; see `TOKEN_METHOD`."""
    schema = tool.definition.get("inputSchema")
    return count_tokens(tool, "" if schema is None else canonical(schema))


def count_tokens(tool: Tool, schema: str) -> int:
    """Like `estimate_tokens`, for a schema that is already written out ("" or "null" for none)."""
    text = f"{tool.name}{tool.description or ''}{'' if schema == 'null' else schema}"
    if text.isascii():
        return -(-len(text) // 4)
    data = text.encode("utf-8", "surrogatepass")
    plain = sum(1 for byte in data if byte < 0x80) if len(data) < 1000 else len(text.encode("ascii", "ignore"))
    return -(-plain // 4) + -(-(len(data) - plain) // 3)
