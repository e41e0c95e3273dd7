"""What a caller opens beyond the leading act: code, stated losses, flags, files, actions to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.code import code
from scorer.risk.losses import flag, stated_losses
from scorer.risk.options import file, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.risk.findings import Finding
    from scorer.risk.subject import Subject


def openings(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Everything that an argument opens. base: what the tool does by itself, None where that cannot be told."""
    yield from code(subject, base)
    yield from stated_losses(subject, base)
    for parameter in subject.top:
        yield from flag(subject, parameter, base)
        yield from file(subject, parameter, base)
        yield from values(subject, parameter, base)
