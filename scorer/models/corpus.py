"""What is said of a whole corpus: spreads beside the published ones, the worst servers, what fixing would add, and what moved."""

from __future__ import annotations

from scorer.models.base import model

CORPUS_SCHEMA_VERSION = "1.0"


@model
class DimensionSpread:
    """How the scores of one dimension are spread.

    counts: tools (or servers) with 1, 2, 3, 4 and 5. unmeasured: those without a score. below_three: percent of the scored ones.
    published_mean, published_below_three: the registry's own, None where it published none.
    """

    id: str
    label: str
    counts: tuple[int, ...]
    unmeasured: int
    mean: float | None
    below_three: float | None
    published_mean: float | None = None
    published_below_three: float | None = None


@model
class TierShare:
    """A tier: tools in it, and percent here and in the registry's own corpus."""

    letter: str
    count: int
    percent: float
    published: float | None


@model
class WorstServer:
    """A server among the lowest, with its lowest tool."""

    server: str
    tools: int
    overall: float
    tier: str
    lowest: float
    lowest_tool: str


@model
class CommonFix:
    """An edit that many tools lack. tools, percent: those that it would lift or that have the defect.

    gain: mean TDQS that it alone adds to each of them; corpus_gain: to the mean of all tools. Both before the last rounding.
    """

    fact: str
    dimension: str
    kind: str
    remedy: str
    tools: int
    percent: float
    gain: float
    corpus_gain: float


@model
class Share:
    """A name, and how many."""

    name: str
    count: int
    percent: float


@model
class Mover:
    """A tool whose TDQS moved."""

    server: str
    tool: str
    before: float
    after: float


@model
class DimensionDrift:
    """How one dimension moved: tools up and down, and the change of the mean over the tools in both."""

    id: str
    label: str
    up: int
    down: int
    mean_change: float


@model
class TierMove:
    """So many tools went from one tier to another."""

    before: str
    after: str
    count: int


@model
class Drift:
    """Two runs compared over the tools that are in both, joined by server and name.

    edited: tools whose definition changed (by input hash); so moved_unedited are those that the rubric, the version or their siblings moved.
    """

    location: str
    rubric_version: str
    shared: int
    added: int
    removed: int
    edited: int
    up: int
    down: int
    moved_unedited: int
    mean_before: float
    mean_after: float
    dimensions: tuple[DimensionDrift, ...]
    tiers: tuple[TierMove, ...]
    movers: tuple[Mover, ...]


@model
class CorpusReport:
    """One corpus. quartiles: the lower quartile, the median and the upper quartile of TDQS. published_mean: the registry's mean TDQS.

    fixes: edits by what they add to the mean of all tools; defects: those that take something away, the commonest first.
    """

    schema_version: str
    location: str
    rubric_versions: tuple[str, ...]
    tools: int
    servers: int
    errors: int
    mean: float | None
    quartiles: tuple[float, ...]
    published_mean: float
    tiers: tuple[TierShare, ...]
    dimensions: tuple[DimensionSpread, ...]
    server_dimensions: tuple[DimensionSpread, ...]
    server_tiers: tuple[Share, ...]
    server_mean: float | None
    flags: tuple[Share, ...]
    risk_categories: tuple[Share, ...]
    risk_severities: tuple[Share, ...]
    worst: tuple[WorstServer, ...]
    fixes: tuple[CommonFix, ...]
    defects: tuple[CommonFix, ...] = ()
    error_rows: tuple[Share, ...] = ()
    drift: Drift | None = None
