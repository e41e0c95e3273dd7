"""Reports beside their baseline and before the gate, and what is said of the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scorer.cli import console, settings
from scorer.cli.earlier import Earlier, read_earlier, refuse_missing
from scorer.errors import UsageError
from scorer.models.gate import Thresholds
from scorer.outputs.escape import folded
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorer.cli.settings import Graded
    from scorer.models.card import Report
    from scorer.models.config import Config, ConfiguredServer, Demands
    from scorer.models.gate import Finding, Gate, Suppression

_LINES = 50
_MESSAGE, _FIX = 280, 180
NOT_MET = 1


def refuse_demands(
    given: Demands,
    servers: Sequence[ConfiguredServer | None],
    config: Config | None,
    baseline: str | None,
    *,
    beside: bool = False,
) -> None:
    """Raises ToolmarkError for what cannot be asked of any input, before one is read or started.

    servers: the configured ones that are graded, None for one that no table is about. beside: an earlier state will be found without `baseline`.
    """
    asked = [settings.thresholds(given, server, config) for server in servers]
    settings.check_suppressions(config)
    if baseline is None and not beside:
        _refuse_drop(asked)
    elif baseline is not None:
        refuse_missing(baseline)


def _refuse_drop(asked: Sequence[Thresholds]) -> None:
    if any(one.max_drop is not None for one in asked):
        raise UsageError(
            "--max-drop needs something to compare with", "Name it with --baseline FILE or --baseline git:HEAD."
        )


def gated(
    graded: Sequence[Graded], given: Demands, config: Config | None, baseline: str | None, *, quiet: bool
) -> list[Report]:
    """The reports with comparison and verdict, as far as a baseline and thresholds were given. Raises ToolmarkError."""
    asked = [settings.thresholds(given, one.server, config) for one in graded]
    settings.check_suppressions(config)
    earlier = read_earlier(baseline, graded, quiet=quiet) if baseline else None
    if earlier is None:
        _refuse_drop(asked)
    reports = [beside(one.report, earlier) if earlier else one.report for one in graded]
    suppressions = config.suppressions if config else ()
    if not suppressions and all(one == Thresholds() for one in asked):
        return reports
    return _judged(reports, asked, suppressions, earlier)


def beside(report: Report, earlier: Earlier) -> Report:
    """The report with what changed since."""
    from scorer.gate import compare, earlier_server  # noqa: PLC0415 - only when asked for

    baseline = earlier.baseline
    version = baseline.rubric_version or report.rubric_version
    return replace(report, comparison=compare(report, earlier_server(baseline, report), earlier.name, version))


def _judged(
    reports: Sequence[Report], asked: Sequence[Thresholds], suppressions: Sequence[Suppression], earlier: Earlier | None
) -> list[Report]:
    from scorer.gate import earlier_server, judge  # noqa: PLC0415 - likewise
    from scorer.gate.judging import Asked  # noqa: PLC0415 - likewise

    pairs = []
    for report, wanted in zip(reports, asked, strict=True):
        known = earlier_server(earlier.baseline, report) if earlier else None
        pairs.append((report, Asked(wanted, suppressions, known, date.fromisoformat(report.generated_at[:10]))))
    return judge(pairs)


def baseline_of(option: str | None, config: Config | None) -> str | None:
    """The baseline that counts: the option's, else the configuration's."""
    if option is not None or config is None or config.baseline is None:
        return option
    return settings.inside(config, config.baseline)


def tell(reports: Sequence[Report], *, quiet: bool) -> bool:
    """Say on stderr what fails, a line each, with counts of what was let through; whether all pass."""
    gates = [report.gate for report in reports if report.gate]
    failing = [finding for gate in gates for finding in gate.findings if finding.suppressed is None]
    for line in _notes(gates) if not quiet else ():
        console.say(line)
    if failing:
        console.say(
            f"error: {counted(len(failing), 'finding')} {'fails' if len(failing) == 1 else 'fail'} the gate{_aside(gates)}"
        )
        for finding in failing[:_LINES]:
            console.say(f"  {line_of(finding)}")
        if len(failing) > _LINES:
            console.say(f"  ... and {len(failing) - _LINES} more, all of them in the JSON report")
    elif gates and not quiet:
        console.say(f"The gate is passed{_aside(gates)}")
    return not failing


def line_of(finding: Finding) -> str:
    """`tools.json:14:21: what is wrong. Fix: what to do`, as compilers write it; never a definition's own words first, which a runner may obey."""
    place = finding.place
    where = f"{place.file}:{place.line}:{place.column or 1}: " if place and place.file else "- "
    # What is wrong may be long; what to do about it must not be cut off behind it.
    fix = f" Fix: {folded(finding.fix, _FIX)}" if finding.fix else ""
    message = folded(finding.message, _MESSAGE)
    message = message if message.endswith((".", "!", "?", "…")) or not fix else f"{message}."
    return f"{where}{message}{fix} [{finding.rule}]"


def _aside(gates: Sequence[Gate]) -> str:
    suppressed = sum(finding.suppressed is not None for gate in gates for finding in gate.findings)
    known = sum(gate.known for gate in gates)
    return f" ({suppressed} suppressed, {known} known to the baseline)"


def _notes(gates: Sequence[Gate]) -> Iterator[str]:
    # Every gate has all of them: they belong to the configuration, not to a server.
    for one in gates[0].expired if gates else ():
        yield f"note: the suppression of {one.fact} on {one.tool} expired on {one.expires} and no longer counts ({one.reason})"
    for one in gates[0].unused if gates else ():
        yield f"note: the suppression of {one.fact} on {one.tool} matches nothing any more: remove it ({one.reason})"


def target_of(config: Config | None, option: Path | None) -> str:
    """Where `toolmark baseline` keeps its file: the option's, else the configuration's, else the usual name."""
    if option is not None:
        return str(option)
    return baseline_of(None, config) or settings.inside(config, "toolmark-baseline.json")
