"""`toolmark schema`."""

from __future__ import annotations

import json

from scorer.cli.writing import write_stdout


def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    from scorer.outputs.json import schema as report_schema  # noqa: PLC0415 - pydantic, only here

    write_stdout(json.dumps(report_schema(), indent=2))
