"""Which rows belong together: servers, whatever they are called, so that no fold tests on what another one was fitted on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.calibration.table import Floats, Indices

_VERSION = re.compile(r"(?<=[a-z])[\d_]*\d$")
_WORD = re.compile(r"[^\W_]+")
_SAYS_NOTHING = frozenset({"mcp", "server", "the", "a"})


def groups(servers: Sequence[str], keys: Sequence[str]) -> Indices:
    """A group number per row. Rows of one server are one group, those of its older versions, namesakes and copies too.

    Two rows are joined by the same server name, bare of owner, version and "mcp", or by the same rated text.
    """
    names = [bare_name(server) for server in servers]
    known = {node: at for at, node in enumerate(dict.fromkeys([*names, *(f"#{key}" for key in keys)]))}
    ends = ([known[name] for name in names], [known[f"#{key}"] for key in keys])
    graph = coo_matrix((np.ones(len(names)), ends), shape=(len(known), len(known)))
    _, label = connected_components(graph, directed=False)
    return np.asarray(label, dtype=np.intp)[ends[0]]


def bare_name(server: str) -> str:
    """`IBM/chuk-mcp-geocoder` -> `chukgeocoder`, `docxmcp041` -> `docxmcp`."""
    owner, _, name = server.lower().rpartition("/")
    return _bare(name) or _bare(owner) or server.lower()


def _bare(name: str) -> str:
    return "".join(word for word in _WORD.findall(_VERSION.sub("", name)) if word not in _SAYS_NOTHING)


def folds(of_row: Indices, count: int, seed: int) -> Indices:
    """A fold number per row: the groups, shuffled, dealt out in turn."""
    known = np.unique(of_row)
    np.random.default_rng(seed).shuffle(known)
    dealt = {int(group): at % count for at, group in enumerate(known)}
    return np.array([dealt[int(group)] for group in of_row], dtype=np.intp)


def shares(names: Sequence[str], power: float) -> Floats:
    """Weights of sum 1: each row's is one by its server's number of rows to a power (1: servers count alike, 0: rows do)."""
    count = Counter(names)
    weights = np.array([count[name] ** -power for name in names])
    return weights / weights.sum() if len(weights) else weights
