"""Several judgements of one definition become one: the median of every fact."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorer.judge.answers import Said, Vote

if TYPE_CHECKING:
    from collections.abc import Sequence


def median(votes: Sequence[Vote]) -> Vote:
    """What most of the votes that answer say of each fact; a tie is "cannot tell". Quotes and reasons are the first vote's that has them."""
    if len(votes) == 1:
        return votes[0]
    facts = dict.fromkeys(fact for vote in votes for fact in vote.said)
    said = {fact: _middle([vote.said[fact] for vote in votes if fact in vote.said]) for fact in facts}
    voided = Counter(fact for vote in votes for fact in vote.voided)
    return Vote(said, votes[0].reasons, tuple(fact for fact in voided if fact not in said))


def _middle(answers: Sequence[Said]) -> Said:
    yes = [one for one in answers if one.holds]
    no = [one for one in answers if one.holds is False]
    if len(yes) > len(no):
        return yes[0]
    return no[0] if len(no) > len(yes) else Said(holds=None)
