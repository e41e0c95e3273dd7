from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scorer.scorecard.dimension import Scale
from scorer.scorecard.ladder import climb, flip
from scorer.scorecard.profile import best_by_edits
from scorer.scorecard.tally import rounded

RULES = st.lists(
    st.one_of(
        st.tuples(st.just("merit"), st.integers(0, 15), st.none(), st.none()),
        st.tuples(st.just("defect"), st.integers(-15, 0), st.none() | st.integers(1, 4), st.none() | st.integers(1, 4)),
        st.tuples(st.just("note"), st.integers(-9, 9), st.none() | st.integers(1, 5), st.none() | st.integers(1, 5)),
    ),
    max_size=7,
)


@given(RULES, st.integers(10, 40), st.integers(0, 127), st.integers(0, 127))
def test_no_set_of_edits_beats_the_ladder(bench, rules, base, bits, told):
    """Against every subset of the edits that there are."""
    made = [
        bench.rule(f"usage/f-{i}", kind, points / 10, cap=cap, gate=gate)
        for i, (kind, points, cap, gate) in enumerate(rules)
    ]
    scale = Scale(bench.rubric(made, base / 10).tool[1])
    told &= (1 << len(made)) - 1
    holds = bits & told
    flips = [
        row
        for row in scale.rows
        if row.rule.kind != "note" and told & row.bit and (row.rule.kind == "defect") == bool(holds & row.bit)
    ]
    best = {}
    for count in range(len(flips) + 1):
        for chosen in combinations(flips, count):
            after = holds
            for row in chosen:
                after = flip(after, row)
            best.setdefault(rounded(scale.raw(after)), count)
    rungs = climb(scale, holds, told)
    now = rounded(scale.raw(holds))
    reachable = sorted(score for score in best if score > now)
    assert [rung.score for rung in rungs] == [
        s for s in reachable if all(best[s] < best[t] for t in reachable if t > s)
    ]
    for rung in rungs:
        after = holds
        for row in rung.edits:
            after = flip(after, row)
        assert rounded(scale.raw(after)) == rung.score
        assert len(rung.edits) == best[rung.score]


PRICES = st.lists(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 3)), max_size=3), max_size=4)


@given(PRICES)
def test_the_knapsack_is_exact(prices):
    rising = tuple(
        tuple((sum(g for g, _ in ladder[: i + 1]), sum(c for _, c in ladder[: i + 1])) for i in range(len(ladder)))
        for ladder in prices
    )
    table = best_by_edits(rising)

    def brute(ladders, edits):
        if not ladders:
            return 0
        offers = [(0, 0), *ladders[0]]
        return max(gain + brute(ladders[1:], edits - cost) for gain, cost in offers if cost <= edits)

    for edits, (gain, rungs) in enumerate(table):
        assert gain == brute(rising, edits)
        taken = [ladder[rung - 1] for ladder, rung in zip(rising, rungs, strict=True) if rung]
        assert sum(g for g, _ in taken) == gain
        assert sum(c for _, c in taken) <= edits
