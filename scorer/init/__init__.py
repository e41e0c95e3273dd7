"""What a repository needs to be graded on every commit, proposed from what lies in it; the caller writes what is agreed to."""

from __future__ import annotations

from scorer.init.candidate import Candidate
from scorer.init.inputs import candidates
from scorer.init.proposals import Proposal, propose

__all__ = ["Candidate", "Proposal", "candidates", "propose"]
