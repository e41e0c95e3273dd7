"""Which library, and which version of it, writes the JSON Schema of a zod schema."""

from __future__ import annotations

import re
from dataclasses import dataclass

DRAFT_7, DRAFT_2020 = "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Style:
    """Which converter writes the schema. zod: its major version. output: whether what comes out is described, with defaults filled in."""

    zod: int = 4
    draft: str = DRAFT_7
    output: bool = False


SDK1_ZOD4, SDK1_ZOD3, SDK2, FASTMCP = Style(4), Style(3), Style(4, DRAFT_2020), Style(4, DRAFT_2020, output=True)


def style_of(sdk: str, zod: str) -> Style:
    """The converter for the versions that a package.json asks for ("^1.12.1", "^3.22.4")."""
    major = int(match.group(1)) if (match := re.search(r"(\d+)", zod)) else 0
    if sdk == "2":
        return SDK2
    return SDK1_ZOD3 if major == 3 else SDK1_ZOD4
