"""The definitions of the chosen tools, found again in the input that was scored."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scorer import engine
from scorer.corpus import manifest
from scorer.corpus.definitions import listed
from scorer.corpus.inputs import find_files
from scorer.corpus.pieces import read_rows
from scorer.corpus.rows import Server, servers
from scorer.errors import InputError, ToolmarkError, UsageError
from scorer.judging import Brought

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.corpus.inputs import File
    from scorer.corpus.judged.choose import Chosen
    from scorer.corpus.rows import Row
    from scorer.corpus.store import Store

_FROM = "Name the input that these results were made from with --from."


class Docket(NamedTuple):
    """The chosen tools of one server: what the results say of each, and in parallel what the judge and the heuristics read."""

    server: str
    chosen: tuple[Chosen, ...]
    brought: Brought


def dockets(store: Store, source: str | None, chosen: Sequence[Chosen]) -> list[Docket]:
    """What is brought before the judge, server by server, in the order of `chosen`.

    source: the input, None for the one that the results name. Raises UsageError for results of another rubric or version, InputError where
    the definitions are not at hand or are not those that were scored.
    """
    said = manifest.read(store) or {}
    if said.get("stamp") != manifest.stamp():
        raise UsageError(
            f"{store.address} was scored by another rubric or version of toolmark",
            "Score the corpus again, so that both witnesses speak of the same questions.",
        )
    by_server = {name: tuple(some) for name, some in groupby(chosen, key=lambda one: one.server)}
    found = _gather(_files(source, said), by_server.keys(), is_sorted=bool(said.get("sorted")))
    missing = [name for name in by_server if name not in found]
    if missing:
        raise InputError(f"the input does not hold {missing[0][:80]} any more, which was scored", _FROM)
    return [_docket(found[name], some) for name, some in by_server.items()]


def _files(source: str | None, said: dict[str, object]) -> list[File]:
    if source is None and not isinstance(said.get("source"), str):
        raise UsageError("the results do not say where their definitions are", _FROM)
    try:
        return find_files(source or str(said["source"]))
    except ToolmarkError as error:
        raise type(error)(f"the definitions are not at hand: {error}", error.tip if source else _FROM) from None


def _gather(files: Iterable[File], wanted: Iterable[str], *, is_sorted: bool) -> dict[str, Server]:
    """These servers, as the run that scored them saw them. is_sorted: that run brought the rows of a server together first."""
    names = frozenset(wanted)
    rows = (row for file in files for row in read_rows(file))
    if not is_sorted:
        return {server.name: server for server in servers(rows) if server.name in names}
    kept: dict[str, list[Row]] = {}
    for row in rows:
        if row.server in names:
            kept.setdefault(str(row.server), []).append(row)
    return {name: Server(name, tuple(some)) for name, some in kept.items()}


def _docket(server: Server, chosen: tuple[Chosen, ...]) -> Docket:
    found = listed(server)
    tools, signals, siblings = engine.compared(found.tools)
    # By identity: a tool that could not be measured is missing, and the others moved up.
    at = {id(tool.definition): place for place, tool in enumerate(tools)}
    place_of = {
        position: at.get(id(tool.definition)) for position, tool in zip(found.positions, found.tools.tools, strict=True)
    }
    places = [
        place
        for one in chosen
        if (place := place_of.get(one.position)) is not None and signals[place].context.input_hash == one.input_hash
    ]
    if len(places) < len(chosen):
        raise InputError(
            f"the definitions of {server.name[:80]} are not those that were scored",
            "Score the changed input first (--previous makes that quick), or name the old one with --from.",
        )
    return Docket(
        server.name,
        chosen,
        Brought(
            [tools[place] for place in places],
            [signals[place] for place in places],
            [siblings[place] for place in places],
        ),
    )
