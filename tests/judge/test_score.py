"""The judge as second witness, end to end through the vendor's real client."""

from __future__ import annotations

from judges import CRATES, SHELVES, TOOLS, WHEN
from messages_server import Trouble, answers, shown

from scorer import load, score
from scorer.outputs import render
from scorer.outputs.json import parse


def reads_shelves(body):
    definition = shown(body)
    if isinstance(definition, dict) and definition["name"] == "list_shelves":
        return answers(
            body,
            yes={
                "usage/says-when-not": WHEN,
                "usage/implied-by-working": WHEN,
                "purpose/names-verb-and-resource": "List the shelves of a warehouse.",
            },
        )
    return answers(
        body, yes={"purpose/names-verb-and-resource": "Find a crate"} if isinstance(definition, dict) else ()
    )


def cards(report):
    return {card.name: card for card in report.tools}


def test_a_quoted_merit_that_the_heuristics_do_not_see_counts(judged):
    report, _ = judged(TOOLS, reads_shelves)
    card, plain = cards(report)["list_shelves"], cards(score(load(TOOLS)))["list_shelves"]
    fact = next(fact for fact in card.facts if fact.id == "usage/says-when-not")
    assert (fact.holds, fact.witness, fact.quote) == (True, "judge", WHEN)
    assert SHELVES["description"][fact.place.start : fact.place.end] == WHEN
    assert card.justifications["usage_guidelines"].raw > plain.justifications["usage_guidelines"].raw
    assert card.judge.heuristic_scores == plain.scores
    different = next(one for one in card.judge.disagreements if one.fact == "usage/says-when-not")
    assert (different.heuristic, different.judge, different.counted, different.judge_quote) == (
        False,
        True,
        "judge",
        WHEN,
    )


def test_one_call_per_tool_and_one_for_the_set(judged):
    report, server = judged(TOOLS, reads_shelves)
    assert len(server.bodies) == 3
    assert report.judge.usage.calls == 3
    assert (report.judge.judged, report.judge.heuristics_only, report.model) == (2, (), "claude-haiku-5-5")


def test_the_request_is_what_current_models_accept(judged):
    _, server = judged(TOOLS, reads_shelves)
    body = server.bodies[0]
    assert body["thinking"] == {"type": "disabled"}
    assert body["system"][0]["cache_control"] == {"type": "ephemeral"}
    assert not {"temperature", "top_p", "top_k", "tools"} & body.keys()
    assert len(body["messages"]) == 1
    assert "cache_control" not in body["messages"][0]["content"][-1]


def test_the_fence_has_a_mark_of_its_own_in_every_call(judged):
    _, server = judged(TOOLS, reads_shelves)
    texts = [body["messages"][0]["content"][-1]["text"] for body in server.bodies]
    marks = {text.split("\n----- ")[1].split("\n")[0] for text in texts}
    assert len(marks) == len(texts)
    assert all(text.count(mark) == 3 for mark in marks for text in texts if mark in text)


def test_the_second_tool_reads_the_vendors_cache(judged):
    report, _ = judged(
        TOOLS * 1 + [CRATES | {"name": f"find_crate_{n}"} for n in range(12)], reads_shelves, concurrency=4
    )
    assert report.judge.usage.cache_read_tokens > 10 * 3000


def test_a_quote_that_is_not_there_voids_the_answer(judged):
    def invents(body):
        return answers(
            body, yes={"usage/says-when": "Use it on Mondays only."} if isinstance(shown(body), dict) else ()
        )

    report, _ = judged(TOOLS, invents)
    assert report.judge.voided == 2
    assert not any(f.holds for card in report.tools for f in card.facts if f.id == "usage/says-when")


def test_a_refusal_leaves_the_tool_to_the_heuristics(judged):
    def refuses(body):
        definition = shown(body)
        if isinstance(definition, dict) and definition["name"] == "find_crate":
            return Trouble(stop="refusal", details={"type": "refusal", "category": "cyber", "explanation": None})
        return answers(body)

    report, _ = judged(TOOLS, refuses)
    card = cards(report)["find_crate"]
    assert (card.judge.status, card.judge.reason) == ("heuristics-only", "the judge refused (cyber)")
    assert card.scores == cards(score(load(TOOLS)))["find_crate"].scores
    assert report.judge.heuristics_only == ("find_crate",)


def test_an_answer_that_does_not_validate_is_asked_for_once_more(judged):
    seen = []

    def stumbles(body):
        seen.append(body)
        return Trouble(stop="max_tokens", text='{"yes": [') if len(seen) == 1 else answers(body)

    report, _ = judged([CRATES], stumbles)
    assert len(seen) == 2
    assert report.judge.usage.calls == 2
    assert report.tools[0].judge.status == "judged"


def test_twice_cut_off_is_not_judged(judged):
    report, server = judged([CRATES], lambda body: Trouble(stop="max_tokens", text="{"))
    assert report.tools[0].judge.reason == "the answer was cut off"
    assert len(server.bodies) == 2


def test_no_description_no_call(judged):
    report, server = judged([{"name": "mute", "inputSchema": {"type": "object"}}], answers)
    assert server.bodies == []
    assert report.tools[0].scores["purpose_clarity"] == 1
    assert report.tools[0].judge.reason == "there is no description to judge"


def test_a_judge_that_affirms_the_control_question_does_not_count(judged):
    def says_yes(body):
        return answers(
            body,
            yes=dict.fromkeys(
                [*body["output_config"]["format"]["schema"]["$defs"]["fact"]["enum"]], "List the shelves"
            ),
        )

    report, _ = judged([SHELVES], says_yes)
    assert report.tools[0].judge.status == "heuristics-only"
    assert report.tools[0].scores == score(load([SHELVES])).tools[0].scores


def test_the_report_says_it_in_every_format_and_reads_back(judged):
    report, _ = judged(TOOLS, reads_shelves)
    assert parse(render(report, "json")) == report
    for name in ("text", "markdown"):
        said = " ".join(render(report, name).replace("\\", "").split())
        assert "Judged by claude-haiku-5-5: 2 of 2 tools" in said
    assert "heuristics no, judge yes" in " ".join(render(report, "markdown").replace("\\", "").split())
