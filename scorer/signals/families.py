"""Verbs that an agent takes for each other, and words that tell nothing apart."""

from __future__ import annotations

from scorer.text.words import stem

# Verbs that promise the same of the same object. Getting many things is listing them, so `get_orders` meets `list_orders`.
_FAMILIES = (
    "get fetch retrieve show view describe display obtain",
    "read load",
    "find search lookup look query locate",
    "list enumerate browse",
    "create add new make insert",
    "delete remove destroy erase del rm",
    "update edit modify change alter revise",
    "run execute exec invoke",
    "check verify validate",
    "analyze analyse examine assess evaluate",
    "start launch begin",
    "stop end terminate kill halt",
    "copy duplicate clone",
)
FAMILY = {verb: family.split()[0] for family in _FAMILIES for verb in family.split()}
# Families that differ in how, not in what for: they overlap only where the sentences agree too.
READING = frozenset({"get", "read", "find", "list"})
# Words of a name or a sentence that tell no object from another.
VAGUE = frozenset(
    stem(word)
    for word in """tool data info information detail details detailed item entry result record object content complete full new
    my specific specified given single one existing available comprehensive description the a an of for and or this that its""".split()
)
ALL = frozenset({"all", "any", "every"})
