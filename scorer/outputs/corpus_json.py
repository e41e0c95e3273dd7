"""The report of a corpus as JSON: the fields of `scorer.models.corpus.CorpusReport`, in camelCase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorer.outputs.json import plain

if TYPE_CHECKING:
    from scorer.models.corpus import CorpusReport


def render(report: CorpusReport) -> str:
    """The report as indented JSON, the same text for the same results."""
    return json.dumps(plain(report), indent=2, ensure_ascii=False) + "\n"
