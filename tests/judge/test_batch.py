"""Judging by batch: half the price, resumed after a stop, never paid twice."""

from __future__ import annotations

import pytest
from judges import DATE, RULES, TOOLS, WHEN, make_panel
from messages_server import Trouble, answers, shown

from scorer import engine, load
from scorer.judge.batch import BatchRun
from scorer.judge.cache import open_cache
from scorer.judge.client import AnthropicBatches, AnthropicJudge
from scorer.judge.ledger import Ledger


class StoppedError(Exception):
    pass


@pytest.fixture
def bench(serve, tmp_path):
    class Bench:
        """A server, a cache and a ledger; each `run` is a run of its own."""

        def __init__(self, answer=answers):
            self.server = serve(answer)
            self.said = []

        def run(self, *, wait=True, tools=TOOLS, break_at=None):
            cache, ledger = open_cache(tmp_path / "c.sqlite"), Ledger(tmp_path / "c.sqlite.batches")
            panel = make_panel(self.server, cache=cache)
            batches = AnthropicBatches(AnthropicJudge(panel.model, "test", RULES.limits, base_url=self.server.url))
            if break_at:
                breaking(batches if hasattr(batches, break_at) else ledger, break_at)
            try:
                run = BatchRun(panel, cache, batches, ledger, say=self.said.append, pause=lambda _: None)
                return run.run(panel.jobs(*engine.measured(load(tools))), wait=wait)
            finally:
                cache.close()
                ledger.close()

        def report(self):
            cache = open_cache(tmp_path / "c.sqlite")
            try:
                return engine.score(load(TOOLS), generated_at=DATE, panel=make_panel(None, cache=cache))
            finally:
                cache.close()

    return Bench


def breaking(thing, name):
    def stop(*_args, **_more):
        raise StoppedError

    setattr(thing, name, stop)


def test_a_batch_fills_the_cache_for_a_later_score(bench):
    def reads(body):
        definition = shown(body)
        named = isinstance(definition, dict) and definition["name"] == "list_shelves"
        return answers(body, yes={"usage/says-when-not": WHEN} if named else ())

    one = bench(reads)
    taken = one.run()
    assert (taken.answered, taken.waiting, dict(taken.without)) == (3, 0, {})
    report = one.report()
    assert report.judge.judged == 2
    assert next(f for f in report.tools[0].facts if f.id == "usage/says-when-not").witness == "judge"


def test_it_costs_half(bench, judged):
    one = bench()
    halved = one.run().usage
    report, _ = judged(TOOLS, answers)
    whole = report.judge.usage
    each = lambda usage: usage.dollars / (usage.input_tokens + 5 * usage.output_tokens)  # noqa: E731
    assert halved.calls == whole.calls
    assert each(halved) < 0.75 * each(whole)


def test_a_second_run_hands_in_nothing(bench):
    one = bench()
    one.run()
    assert one.run().answered == 0
    assert len(one.server.batches) == 1


def test_without_waiting_the_next_run_takes_the_answers(bench):
    one = bench()
    assert one.run(wait=False).waiting == 3
    one.server.batches[next(iter(one.server.batches))]["polls"] = 0
    taken = one.run(wait=False)
    assert (taken.answered, taken.waiting) == (3, 0)
    assert len(one.server.batches) == 1


@pytest.mark.parametrize("moment", ["sent", "state", "results", "ended"])
def test_stopped_at_any_step_it_goes_on_and_pays_once(bench, moment):
    one = bench()
    with pytest.raises(StoppedError):
        one.run(break_at=moment)
    one.run()
    assert len(one.server.batches) == 1
    assert one.report().judge.judged == 2


def test_stopped_before_it_was_handed_in_it_is_handed_in_once(bench):
    one = bench()
    with pytest.raises(StoppedError):
        one.run(break_at="submit")
    assert one.server.batches == {}
    assert one.run().answered == 3


def test_only_what_is_new_is_handed_in(bench):
    one = bench()
    one.run(tools=[TOOLS[0]])
    before = len(one.server.bodies)
    one.run(tools=[TOOLS[0]])
    assert len(one.server.bodies) == before


def test_what_expired_or_failed_is_counted_and_asked_again(bench):
    trouble = [Trouble(status=1, stop="expired"), Trouble(status=500), Trouble(status=1, stop="canceled")]
    one = bench(lambda body: trouble.pop() if trouble else answers(body))
    taken = one.run()
    assert dict(taken.without) == {"expired": 1, "errored": 1, "canceled": 1}
    assert one.run().answered == 3
