"""Facts become scores: the only arithmetic, all of it in exact integers of tenths."""

from scorer.scorecard.book import price
from scorer.scorecard.places import locate, locate_set
from scorer.scorecard.plan import plan
from scorer.scorecard.server import grade_server
from scorer.scorecard.shadowing import flag_shadowed
from scorer.scorecard.starts import begun
from scorer.scorecard.tool import grade_tool, rate_tool

__all__ = ["begun", "flag_shadowed", "grade_server", "grade_tool", "locate", "locate_set", "plan", "price", "rate_tool"]
