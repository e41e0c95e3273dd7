"""Words of names that say the same, or say nothing: what the checks on names share."""

from __future__ import annotations

# Verbs that promise the same thing of the same object: an agent cannot tell `find_orders` from `search_orders`.
_SAME_PROMISE = (
    ("get", "fetch", "retrieve", "read", "show", "view", "describe", "obtain", "display", "inspect"),
    ("search", "find", "lookup", "query", "locate"),
    ("list", "enumerate"),
    ("create", "new", "make"),
    ("delete", "remove", "destroy", "erase", "del", "rm"),
    ("update", "edit", "modify", "change", "alter", "revise"),
    ("run", "execute", "exec", "invoke"),
    ("check", "verify", "validate", "test"),
    ("analyze", "analyse", "examine"),
    ("start", "launch", "begin"),
    ("stop", "end", "terminate", "kill", "halt"),
    ("scan", "detect"),
)
# Verbs that one server should choose between. Narrower: reading a file is not getting a record, adding a row is not creating a table.
_SAME_HABIT = (
    ("get", "fetch", "retrieve", "obtain"),
    ("search", "find", "lookup"),
    ("create", "new"),
    ("delete", "remove", "destroy", "erase", "del", "rm"),
    ("update", "edit", "modify", "change", "alter", "revise"),
    ("run", "execute", "exec", "invoke"),
    ("analyze", "analyse", "examine"),
    ("start", "launch", "begin"),
    ("show", "view", "display"),
)
SAME_PROMISE = {verb: group[0] for group in _SAME_PROMISE for verb in group}
SAME_HABIT = {verb: group[0] for group in _SAME_HABIT for verb in group}

# A name made of nothing but these could be any tool's.
CATCH_ALL = frozenset(
    """action api any call command custom data do exec execute general generic handle helper invoke main manage misc
    operation perform process query request run tool universal util utility""".split()
)
# Verbs that say little without what they act on.
NEEDS_OBJECT = frozenset(
    "add aggregate analyze browse check create delete diff fetch find get list open query read remove run scan search show update".split()
)
# What people append when a second tool does nearly what the first does.
QUALIFIERS = frozenset(
    """advanced alt alternative basic beta complete deprecated enhanced ex ext extended fast full improved legacy lite
    new old original plus pro simple""".split()
)
# The same word twice, once cut short.
SHORT_FORMS = {
    "addr": "address", "app": "application", "attr": "attribute", "auth": "authentication", "btn": "button", "calc": "calculate",
    "cfg": "config", "cmd": "command", "conf": "config", "conv": "conversation", "db": "database", "del": "delete", "desc": "description",
    "dev": "device", "dir": "directory", "doc": "document", "env": "environment", "exec": "execute", "gen": "generate", "img": "image",
    "info": "information", "lib": "library", "loc": "location", "mr": "merge request", "msg": "message", "num": "number", "org": "organization",
    "param": "parameter", "perm": "permission", "pic": "picture", "pkg": "package", "pr": "pull request", "pres": "presentation",
    "proj": "project", "qty": "quantity", "ref": "reference", "repo": "repository", "req": "request", "res": "resource", "sub": "subscription",
    "svc": "service", "tx": "transaction", "txn": "transaction", "usr": "user", "ver": "version",
}  # fmt: skip
# What the tool of a demonstration is called, and what may stand beside it.
EXERCISES = frozenset(
    "add bar dice demo dummy echo example foo greet greeter greeting hello hi noop ping pong sum test".split()
)
PADDING = frozenset("a by first for my name number roll sample say the to tool two user world".split())
