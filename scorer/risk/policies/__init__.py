"""Access policies: the rule that should stand between a tool and an agent, in the formats that proxies and clients read."""

from scorer.risk.policies.document import PolicyDocument, excerpts, policy
from scorer.risk.policies.rule import FORMATS
from scorer.risk.policies.stance import PROFILES

__all__ = ["FORMATS", "PROFILES", "PolicyDocument", "excerpts", "policy"]
