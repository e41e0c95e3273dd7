"""A report as the engine would make it, written out in code: one made-up server with every kind of tool a renderer meets."""

from __future__ import annotations

from dataclasses import replace

from scorer.models.card import (
    DimensionText,
    Edit,
    FactText,
    Fix,
    Justification,
    Legend,
    Plan,
    Report,
    Reports,
    ServerScore,
    ServerSummary,
    ShadowingRisk,
    ToolCard,
)
from scorer.models.comparison import Comparison, DimensionChange, ToolChange
from scorer.models.fact import Fact, Place
from scorer.models.judge import Disagreement, JudgeCard, JudgeSummary, JudgeUsage
from scorer.models.risk import PolicyExcerpt, RiskCard, RiskSignal, RiskSummary
from scorer.models.rubric import Corpus
from scorer.models.signals import AnnotationValues, ContextSignals, Overlap
from scorer.models.tool import Origin, Problem, Reference, Unread

DIMENSIONS = (
    DimensionText("purpose_clarity", "Purpose", 25, "Does the description say what the tool does?", "An agent picks a tool by it."),
    DimensionText("usage_guidelines", "Usage Guidelines", 20, "Does it say when to use the tool, and when another?", "It keeps an agent from the wrong tool."),
    DimensionText("behavioral_transparency", "Behavior", 20, "Does it say what happens beyond the annotations?", "Surprises are costly."),
    DimensionText("parameter_semantics", "Parameters", 15, "Can an agent fill in every parameter?", "A wrong value fails the call."),
    DimensionText("conciseness_structure", "Conciseness", 10, "Does every sentence earn its place?", "Every prompt pays for it."),
    DimensionText("contextual_completeness", "Completeness", 10, "Is enough said for the tool's complexity?", "What is missing is guessed."),
)  # fmt: skip
SERVER_DIMENSIONS = (
    DimensionText("disambiguation", "Disambiguation", 25, "Can the tools be told apart?", "Similar tools are mixed up."),
    DimensionText("naming_consistency", "Naming", 25, "Do the names follow one pattern?", "A pattern can be guessed."),
    DimensionText("tool_count_appropriateness", "Tool count", 25, "Is the number of tools right?", "Every tool costs attention."),
    DimensionText("completeness", "Completeness", 25, "Can a task be finished with these tools?", "Gaps end in dead ends."),
)  # fmt: skip

_FACTS = (
    ("purpose/names-verb-and-resource", "purpose_clarity", "merit", "Does the description name an action and what it acts on?", "Open with a verb and the thing it acts on.", "Order helper.", "Finds orders by customer or date."),
    ("purpose/restates-name", "purpose_clarity", "defect", "Does the description only repeat the name?", "Say what the name does not: the resource, the scope and the result.", "Process.", "Charges the card on file for one open order."),
    ("purpose/no-description", "purpose_clarity", "defect", "Is there no description?", "Write one sentence: a verb, the resource, the result.", "(none)", "Lists the warehouses that ship orders."),
    ("usage/says-when", "usage_guidelines", "merit", "Does it give a condition for using the tool?", "Say in which situation this tool is the right one.", "Gets an order.", "Use when you already know the order's id."),
    ("usage/names-alternative", "usage_guidelines", "merit", "Does it name a sibling to use instead?", "Name the sibling that covers the neighbouring case.", "Finds orders.", "For one known id use get_order instead."),
    ("usage/names-unknown-tool", "usage_guidelines", "defect", "Does it name a tool that does not exist?", "Name a tool of this server.", "Then call order_fetch.", "Then call get_order."),
    ("behavior/says-returns", "behavioral_transparency", "merit", "Does it say what comes back?", "Say what the answer holds.", "Gets an order.", "Returns the order with its lines and payment state."),
    ("behavior/contradicts-annotations", "behavioral_transparency", "defect", "Do the words contradict the annotations?", "Set readOnlyHint to false, or stop deleting.", '"readOnlyHint": true', '"readOnlyHint": false, "destructiveHint": true'),
    ("parameters/undocumented", "parameter_semantics", "defect", "Are there parameters without a description?", "Describe the parameter: meaning, unit, limits.", '"limit": {"type": "integer"}', '"limit": {"type": "integer", "description": "Most orders to return, 1-50 (default 20)."}'),
    ("parameters/restates-name", "parameter_semantics", "defect", "Does a parameter's documentation only repeat its name?", "Say what the value means, its unit and its limits.", 'limit: "limit"', 'limit: "Most orders to return, 1-50 (default 20)."'),
    ("concise/front-loaded", "conciseness_structure", "merit", "Does the first sentence carry the point?", "Move the point to the front.", "This powerful tool ...", "Finds orders ..."),
    ("context/explains-errors", "contextual_completeness", "merit", "Does it say what goes wrong and when?", "Name the error and its cause.", "Cancels an order.", "Fails with `already-shipped` once a parcel has left."),
    ("apart/overlapping-pair", "disambiguation", "defect", "Do two tools share a purpose without a boundary?", "Draw the line in both texts.", "Finds orders.", "Finds orders by free text; for filters use search_orders."),
    ("naming/one-pattern", "naming_consistency", "merit", "Do the names follow one pattern?", "Use verb_noun throughout.", "ordersFind", "find_orders"),
)  # fmt: skip

LEGEND = Legend(
    dimensions=DIMENSIONS,
    server_dimensions=SERVER_DIMENSIONS,
    tiers={"A": 3.5, "B": 3.0, "C": 2.0, "D": 1.0},
    facts={
        row[0]: FactText(row[0], row[1], row[2], row[3], f"Why: {row[4]}", row[4], row[5], row[6]) for row in _FACTS
    },
    token_method="estimated as UTF-8 bytes of the definition divided by 4",
    corpus=Corpus(
        1_000,
        3.5,
        {dim.id: 3.0 for dim in DIMENSIONS},
        {dim.id: 25.0 for dim in DIMENSIONS},
        {"A": 50.0, "B": 20.0, "C": 25.0, "D": 5.0},
    ),
)

_DIMENSION_OF = {row[0]: row[1] for row in _FACTS}


def fact(
    name: str, quote: str | None, points: float, pointer: str = "/description", start: int | None = None, **more
) -> Fact:
    """A fact that holds; with `start`, its quote stands there in the string at `pointer`."""
    place = Place(pointer, start, None if start is None else start + len(quote or ""))
    return Fact(name, _DIMENSION_OF[name], True, quote=quote, place=place, points=points, **more)


def absent(name: str) -> Fact:
    return Fact(name, _DIMENSION_OF[name], False)


def fix(name: str, text: str, gain: float, raw_gain: float | None = None) -> Fix:
    known = LEGEND.facts[name]
    return Fix(name, known.dimension, text, gain, gain if raw_gain is None else raw_gain, known.before, known.after)


def signals(**known) -> ContextSignals:
    numbers = {
        "definition_bytes": 480, "invocation_cost": 1, "param_count": 1, "params_with_descriptions": 1, "params_with_enums": 0,
        "required_field_count": 1, "required_param_count": 1, "schema_depth": 1, "schema_description_coverage": 100, "union_choice_count": 0,
    }  # fmt: skip
    flags = {
        "has_annotations": False,
        "has_nested_objects": False,
        "has_output_schema": False,
        "title_is_meaningful": False,
    }
    return ContextSignals(
        annotation_values=AnnotationValues(), input_hash="0123456789abcdef", **{**numbers, **flags, **known}
    )


def tier(score: float | None) -> str | None:
    return None if score is None else next((letter for letter, edge in LEGEND.tiers.items() if score >= edge), "F")


def weighted(scores: tuple[int | None, ...]) -> float | None:
    """The specification's sum in integers; the weight of what is not measurable is shared by the rest."""
    pairs = [(score, dim.weight) for score, dim in zip(scores, DIMENSIONS, strict=True) if score is not None]
    total = sum(weight for _, weight in pairs)
    return (20 * sum(score * weight for score, weight in pairs) + total) // (2 * total) / 10 if pairs else None


def tool(
    name: str, description: str | None, scores: tuple[int | None, ...], reasons: tuple[str, ...], **more
) -> ToolCard:
    """One card: six scores and six reasons in the order of DIMENSIONS; facts, fixes, flags and the rest by name."""
    ids = [dim.id for dim in DIMENSIONS]
    definition = {"name": name, "inputSchema": more.pop("schema", {"type": "object", "properties": {}})}
    if description is not None:
        definition["description"] = description
    tdqs = weighted(scores)
    known = {
        "title": None, "smells": tuple(i for i, s in zip(ids, scores, strict=True) if s is not None and s < 3), "flags": (), "server_flags": (),
        "summary": reasons[0], "context_signals": signals(), "definition": definition, "tokens": len(str(definition)) // 4,
        "complete": None not in scores, "facts": (), "fixes": (), "origin": Origin("orders.json", f"/tools/{name}", 3),
    }  # fmt: skip
    return ToolCard(
        name=name,
        description=description,
        tdqs=tdqs,
        tier=tier(tdqs),
        scores=dict(zip(ids, scores, strict=True)),
        justifications={
            i: Justification(s, r, s and float(s), 3.0) for i, s, r in zip(ids, scores, reasons, strict=True)
        },
        **{**known, **more},
    )


_FOUND = "Finds orders by customer, date or state. Use when the id is not known; for one known id use get_order instead. Returns at most 50 orders, newest first."
_SEARCH_SCHEMA = {
    "type": "object",
    "properties": {
        "filters": {
            "type": "object",
            "description": "What the orders must match; all parts must hold.",
            "properties": {
                "state": {"enum": ["open", "paid", "shipped"], "description": "Where the order stands.", "default": "open"},
                "placed": {"$ref": "#/$defs/Range"},
            },
            "required": ["state"],
        },
        "limit": {"type": ["integer", "null"], "description": "Most orders to return, 1-50.", "default": 20},
        "tags": {"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}}}},
    },
    "required": ["filters"],
    "$defs": {"Range": {"type": "object", "properties": {"from": {"type": "string", "format": "date", "description": "First day, ISO 8601."}}}},
}  # fmt: skip

SEARCH = tool(
    "search_orders", _FOUND, (5, 5, 4, 4, 5, 4),
    ("Names the action and the resource, and draws the line to get_order.", "Says when, and names the alternative.", "Says what comes back and its limit.", "Every parameter but one is documented.", "Short, the point first.", "Returns and limits are said; errors are not."),
    title="Search orders",
    schema=_SEARCH_SCHEMA,
    facts=(
        fact("purpose/names-verb-and-resource", "Finds orders", 1.0, start=0),
        fact("concise/front-loaded", "Finds orders by customer, date or state.", 0.5, start=0),
        fact("usage/says-when", "Use when the id is not known", 1.0, start=41),
        fact("usage/names-alternative", "for one known id use get_order instead", 1.0, start=71, tools=("get_order",)),
        fact("behavior/says-returns", "Returns at most 50 orders, newest first.", 1.0, start=_FOUND.index("Returns")),
        fact("parameters/undocumented", "key", -0.5, "/inputSchema/properties/tags/items/properties/key", detail="`tags[].key` has no description."),
        absent("context/explains-errors"),
    ),
    fixes=(fix("context/explains-errors", "Name the error for a bad date range and its cause.", 0.1),),
    context_signals=signals(param_count=3, has_nested_objects=True),
)  # fmt: skip
GET = tool(
    "get_order", "Gets one order by its id. Returns the order with its lines.", (4, 3, 4, 4, 5, 4),
    ("Names the action and the resource.", "When to use it can be inferred.", "Says what comes back.", "The one parameter is documented.", "Short, the point first.", "Enough for a simple getter."),
    schema={"type": "object", "properties": {"id": {"type": "string", "description": "Order id, like A-1042."}}, "required": ["id"]},
    facts=(fact("behavior/says-returns", "Returns the order with its lines.", 1.0, start=26), absent("usage/names-alternative")),
    fixes=(fix("usage/names-alternative", "Say that search_orders finds an order whose id is not known.", 0.4),),
)  # fmt: skip
PROCESS = tool(
    "process", "Process.", (2, 2, 2, 1, 2, 2),
    ("The description only repeats the name.", "Says neither when to use it nor what else to use.", "Says nothing about effects; no annotations either.", "`data` is undocumented and has no type.", "A placeholder.", "Far too little for a tool that seems to change something."),
    flags=("Tautological Description",),
    schema={"type": "object", "properties": {"data": {}}, "required": ["data", "mode"]},
    facts=(
        fact("purpose/restates-name", "Process.", -1.0, start=0),
        fact("parameters/undocumented", "data", -2.0, "/inputSchema/properties/data", detail="1 of 1 parameters has no description."),
        Fact("context/explains-errors", "contextual_completeness", None, "does-not-apply", "nothing is said about effects"),
    ),
    fixes=(
        fix("purpose/restates-name", "Say what is processed, and what has changed afterwards.", 0.6),
        fix("parameters/undocumented", "Describe `data`: its shape, with an example.", 0.3),
    ),
    errors=(Problem("required-unknown", "`mode` is required but not among the properties", "process", "/inputSchema/required/1"),),
)  # fmt: skip
PURGE = tool(
    "purge_customer", "Permanently deletes a customer and all their orders. Then call order_fetch to check.", (4, 2, 1, 3, 4, 3),
    ("Names the action and the resource.", "The only tool that it names does not exist.", "Deletes, but the annotations say read-only.", "The schema documents the parameter; the text adds nothing.", "Sized right.", "Deletion is said; what comes back is not."),
    flags=("Annotation Contradiction",),
    schema={"type": "object", "properties": {"customer": {"type": "string", "description": "customer"}}},
    facts=(
        fact("behavior/contradicts-annotations", "Permanently deletes", -3.0, start=0),
        fact("usage/names-unknown-tool", "order_fetch", -1.0, start=63),
        fact("parameters/restates-name", "customer", -0.5, "/inputSchema/properties/customer/description", start=0),
    ),
    fixes=(
        fix("behavior/contradicts-annotations", "Set readOnlyHint to false and destructiveHint to true.", 0.4),
        fix("usage/names-unknown-tool", "Name get_order; order_fetch does not exist.", 0.2),
        fix("parameters/restates-name", "Say what identifies the customer.", 0.0, 0.04),
    ),
)  # fmt: skip
SILENT = tool(
    "warehouses", None, (1, 1, 1, 1, 1, 1), ("There is no description.",) * 6, flags=("No Description",),
    facts=(Fact("purpose/no-description", "purpose_clarity", True, points=-2.0, place=Place("")),),
    fixes=(fix("purpose/no-description", "Write one sentence: what it lists, and what for.", 2.1),),
)  # fmt: skip
FIND = tool(
    "find_orders", "Finds orders by free text.", (4, 2, 3, 3, 5, 3),
    ("Names the action and the resource; not told apart from search_orders.", "No word on when to prefer it.", "A plain read.", "The schema documents it.", "Short.", "Simple enough."),
    server_flags=("Shadowing Risk",),
    facts=(fact("purpose/names-verb-and-resource", "Finds orders", 1.0, start=0),),
    fixes=(fix("usage/names-alternative", "Draw the line to search_orders.", 0.4),),
)  # fmt: skip
JAPANESE = tool(
    "注文を取り消して在庫に戻す_キャンセル処理の実行_v2", "指定した注文を取り消し、在庫を戻します。発送済みの注文は取り消せません。", (4, 3, 4, None, 5, None),
    ("Names the action and the resource.", "When to use it can be inferred.", "Says what is undone, and what cannot be.", "The input carries no schema, so this cannot be measured.", "Short.", "The input carries no schema, so this cannot be measured."),
    facts=(Fact("usage/says-when", "usage_guidelines", None, "cannot-tell", "the text is not in English"),),
)  # fmt: skip
LONG = tool(
    "orders_reporting_export_monthly_revenue_by_region_and_customer_segment_to_csv_file_v2", "Writes the month's revenue by region to a CSV file and returns its path.", (5, 3, 4, 4, 5, 4),
    ("Names the action, the resource and the form.", "When to use it can be inferred.", "Says what it writes and returns.", "No parameters.", "Short.", "Enough for its size."),
)  # fmt: skip

TOOLS = (SEARCH, GET, PROCESS, PURGE, SILENT, FIND, JAPANESE, LONG)


def report(tools: tuple[ToolCard, ...] = TOOLS) -> Report:
    """The sample server."""
    return Report(
        schema_version="1.0",
        spec_version="1.3",
        rubric_version="1",
        generated_at="2026-11-21T12:00:00Z",
        graded_by="toolmark 0.1.0 heuristics",
        model=None,
        server=ServerSummary("acme-orders", 9, "1.4.0", "tools/list result", "definitions/orders.json"),
        server_score=SERVER_SCORE,
        tools=tools,
        server_facts=(
            fact("apart/overlapping-pair", "find_orders", -1.0, "", detail="find_orders and search_orders: neither text names the other.", tools=("find_orders", "search_orders")),
            fact("naming/one-pattern", None, 1.0, "", detail="5 of 8 names are verb_noun."),
        ),
        overlaps=(
            Overlap("find_orders", "search_orders", 0.71, ("find", "order"), boundary=False, costlier="search_orders"),
            Overlap("get_order", "search_orders", 0.42, ("order",), boundary=True),
        ),
        plan=PLAN,
        legend=LEGEND,
        tokens=sum(card.tokens for card in tools),
        errors=(Problem("not-an-object", "entry 7 is a string, not a tool definition", "#7", "/tools/6"),),
    )  # fmt: skip


SERVER_SCORE = ServerScore(
    overall_score=2.6,
    overall_tier="C",
    description_quality_score=2.2,
    description_quality_tier="C",
    coherence_score=3.8,
    coherence_tier="A",
    mean_tdqs=3.1,
    min_tdqs=1.0,
    disambiguation=3,
    naming_consistency=4,
    tool_count_appropriateness=5,
    completeness=3,
    coherence_justifications={
        "disambiguation": Justification(
            3, "find_orders and search_orders share a purpose, and neither names the other."
        ),
        "naming_consistency": Justification(4, "Most names are verb_noun; process and warehouses are not."),
        "tool_count_appropriateness": Justification(5, "9 tools are a size that an agent can oversee."),
        "completeness": Justification(3, "Orders can be read and cancelled, but not created."),
    },
    coherence_summary="Good names, one pair to tell apart.",
    scored_tool_count=8,
    tool_count=9,
    shadowing_risks=(
        ShadowingRisk("search_orders", "find_orders", 6, 1, "find_orders costs 1 where search_orders costs 6."),
    ),
)
PLAN = Plan(
    target="B",
    reached=True,
    from_score=2.6,
    to_score=3.0,
    edits=(
        Edit("warehouses", "purpose/no-description", "purpose_clarity", "Write one sentence: what it lists, and what for.", 2.1, 2.8),
        Edit("process", "purpose/restates-name", "purpose_clarity", "Say what is processed, and what has changed afterwards.", 0.6, 2.9),
        Edit("purge_customer", "behavior/contradicts-annotations", "behavioral_transparency", "Set readOnlyHint to false and destructiveHint to true.", 0.4, 3.0),
    ),
)  # fmt: skip


def _risk(category: str, severity: str, quote: str) -> RiskCard:
    rules = (
        PolicyExcerpt("policylayer", "recommended", '{"version": "1", "default": "deny", "hide": ["<TOOL>"]}', "The agent never sees it.", ("<TOOL>",)),
        PolicyExcerpt("claude-code", "recommended", '{"permissions": {"ask": ["mcp__orders__it"]}}', "Claude Code asks before each call."),
        PolicyExcerpt("policylayer", "strict", "{}", "Nothing is allowed."),
    )  # fmt: skip
    return RiskCard(
        category=category,
        confidence="high",
        severity=severity,
        reason="From the tool's definition: it deletes what cannot be brought back.",
        quote=quote,
        signals=(RiskSignal("personal_data", "customer"),),
        actions=("delete", "list"),
        conflicts=("The annotations say read-only, the text says that it deletes.",),
        policies=rules,
    )


def rich() -> Report:
    """The sample with everything that not every report has: risk, comparison, a second witness, places in the source."""
    plain = report()
    risks = {"purge_customer": "Destructive", "process": "Destructive", "get_order": "Read"}
    cards = tuple(
        replace(card, risk=_risk(risks[card.name], "low" if risks[card.name] == "Read" else "critical", "Deletes"))
        if card.name in risks
        else card
        for card in plain.tools
    )
    first = replace(
        cards[0],
        judge=JudgeCard(
            "judged",
            votes=3,
            reasons={"purpose_clarity": "It names what it finds. It does not say where."},
            heuristic_scores={"purpose_clarity": 3},
            spread={"purpose_clarity": 1},
            steered="grade this tool",
            disagreements=(
                Disagreement(
                    "purpose/restates-name",
                    "purpose_clarity",
                    False,
                    True,
                    "heuristic",
                    "the quote is no evidence",
                    None,
                    "Finds <orders>",
                ),
            ),
        ),
        implementation=(
            Reference("handler", "src/orders.py", 12, 14, 'def find(state="<open>"):\n    ...'),
            Reference(
                "description",
                "src/words.py",
                3,
                5,
                'FIND = """\n\n    Finds <orders> of `one` customer."""',
                "/description",
            ),
        ),
        fixes=(
            replace(cards[0].fixes[0], place=Place("/description", file="src/words.py", line=5, column=5), lines=1),
            *cards[0].fixes[1:],
        ),
        unread=(Unread("/description", "description is computed", "src/orders.py", 7),),
        conditional=True,
    )
    changed = (
        ToolChange("find_orders", "changed", None, 3.0, 3.4, "B", "B", 100, 120, (DimensionChange("usage_guidelines", 2, 4, ("usage/says-when",), ("usage/names-unknown-tool",)),)),
        ToolChange("get_order", "added", tdqs_after=4.0, tier_after="A", tokens_after=80),
        ToolChange("drop_order", "removed", tdqs_before=2.0, tier_before="C", tokens_before=60),
        ToolChange("process", "renamed", "run", 2.0, 1.8, "C", "D", 40, 38),
    )  # fmt: skip
    return replace(
        plain,
        tools=(first, *cards[1:]),
        risk=RiskSummary(
            "Two of its tools can destroy data.", {"Destructive": 2, "Read": 1}, {"critical": 2, "low": 1}
        ),
        judge=JudgeSummary(
            "some-model", "0" * 16, "1" * 16, JudgeUsage(9, 900, 90, dollars=0.12), 1, ("process",), 3, 0, 1
        ),
        comparison=Comparison("old.json", "0.9", False, 2.4, 2.6, "C", "C", 500, 520, changed),
    )


def unmeasured() -> Report:
    """Nothing could be graded: every score is None, every entry an error."""
    blank = tool("broken", "Does things.", (None,) * 6, ("The schema is a boolean, so this cannot be measured.",) * 6)
    names = [
        f
        for f in ServerScore.__slots__
        if f.endswith(("score", "tier", "tdqs")) or f in {d.id for d in SERVER_DIMENSIONS}
    ]
    cannot = {d.id: Justification(None, "No tool could be scored.") for d in SERVER_DIMENSIONS}
    score = replace(
        SERVER_SCORE,
        **dict.fromkeys(names),
        coherence_justifications=cannot,
        scored_tool_count=0,
        tool_count=2,
        shadowing_risks=(),
    )
    return replace(
        report((replace(blank, errors=(Problem("boolean-schema", "inputSchema is `false`", "broken", "/inputSchema"),)),)),
        server=ServerSummary("broken-server", 2),
        server_score=score,
        server_facts=(),
        overlaps=(),
        plan=Plan(None, reached=False, from_score=None, to_score=None),
    )  # fmt: skip


def empty() -> Report:
    """A server without tools (`--allow-empty`)."""
    return replace(unmeasured(), tools=(), errors=(), tokens=0, server=ServerSummary("empty-server", 0))


def several() -> Reports:
    """Two servers in one run."""
    return Reports("1.0", (report(), unmeasured()))


def many(count: int) -> Report:
    """A server of `count` tools."""
    return report(tuple(replace(TOOLS[i % len(TOOLS)], name=f"{TOOLS[i % len(TOOLS)].name}_{i}") for i in range(count)))
