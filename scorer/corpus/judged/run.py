"""A selection of a scored corpus judged from end to end: chosen, found again, asked about by batch, and written beside the scores."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from scorer.catalog import load_rubric
from scorer.corpus import manifest
from scorer.corpus.judged.agreement import judgement
from scorer.corpus.judged.choose import SAMPLE, choose
from scorer.corpus.judged.find import dockets
from scorer.corpus.judged.table import rows, schema
from scorer.corpus.query import Results
from scorer.corpus.run import part_names
from scorer.corpus.store import open_store
from scorer.corpus.table import to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorer.corpus.judged.find import Docket
    from scorer.corpus.store import Store
    from scorer.judge.asking import Job
    from scorer.judge.panel import Panel
    from scorer.models.corpus_judgement import CorpusJudgement, Selection

# Tools in one file of results, about.
_PART = 5_000


class Prepared(NamedTuple):
    """A selection ready to be judged: its servers, and the question about each tool."""

    dockets: list[Docket]
    jobs: list[Job]

    @property
    def unfit(self) -> list[str]:
        """Why some tools cannot be judged, one entry a tool."""
        return [job.case.unfit for job in self.jobs if job.case.unfit]


def prepare(location: str, selection: Selection, panel: Panel, source: str | None = None) -> Prepared:
    """Choose tools of a folder of results and find their definitions; nothing is asked yet.

    source: the input, None for where it was when it was scored. Raises ToolmarkError.
    """
    results, rubric = Results(), load_rubric()
    results.add("tools", location)
    found = dockets(open_store(location), source, choose(results, selection, rubric))
    return Prepared(found, [job for docket in found for job in _jobs(docket, panel)])


def claim(location: str, target: str, selection: Selection, model: str) -> Store:
    """The folder for what is judged, claimed for this selection. Raises UsageError when it holds another one."""
    store = open_store(target)
    wanted = {
        "stamp": manifest.stamp(),
        "results": open_store(location).root,
        "model": model,
        "selection": asdict(selection),
    }
    wanted = json.loads(json.dumps(wanted))
    if not part_names(store):
        store.remove(manifest.NAME)  # of a start that came to nothing; whatever it paid for is in the cache
    manifest.begin(store, wanted, "Name another folder with --to; answers that are kept cost nothing there, too.")
    return store


def write(prepared: Prepared, selection: Selection, panel: Panel, store: Store) -> CorpusJudgement:
    """Write what the panel's kept answers say, a row a tool, and the summary beside it; written again the bytes are the same."""
    rubric = load_rubric()
    told = (row for docket in prepared.dockets for row in rows(docket, panel, rubric))
    for number, some in enumerate(_in_parts(told)):
        found = pa.Table.from_pylist(some, schema(rubric))
        store.write(f"part-{number:06d}.parquet", to_bytes(found, {}))
    results = Results()
    results.add("judged", store.address)
    return judgement(results, store.address, selection, rubric)


def labels(prepared: Prepared, store: Store) -> Iterator[str]:
    """The random sample's judged tools as lines of JSON that `toolmark calibrate` reads as labels."""
    from scorer.calibration.entry import DIMENSIONS  # noqa: PLC0415 - only where labels are wanted

    results = Results()
    results.add("judged", store.address)
    columns = ", ".join(DIMENSIONS.values())
    query = (
        f"SELECT server, position, tdqs, model, {columns} FROM judged WHERE judged AND list_contains(why, '{SAMPLE}')"  # noqa: S608 - names of ours
    )
    said = {(server, position): found for server, position, *found in results.rows(query)}
    for docket in prepared.dockets:
        for chosen, tool, siblings in zip(docket.chosen, docket.brought.tools, docket.brought.siblings, strict=True):
            if (chosen.server, chosen.position) in said:
                tdqs, model, *scores = said[chosen.server, chosen.position]
                line: dict[str, Any] = {
                    "server": chosen.server,
                    "set": "judged",
                    "source": "captured",
                    "judge": model,
                    "siblings": sorted(siblings.names - {tool.name}),
                    "scores": {key: score for key, score in zip(DIMENSIONS, scores, strict=True) if score is not None},
                    "tdqs": tdqs,
                    "definition": tool.definition,
                }
                yield json.dumps(line, ensure_ascii=False) + "\n"


def _jobs(docket: Docket, panel: Panel) -> list[Job]:
    tools, signals, siblings = docket.brought
    return panel.jobs(tools, signals, [one.names for one in siblings], whole=False)


def _in_parts(told: Iterable[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    left = iter(told)
    while some := list(islice(left, _PART)):
        yield some
