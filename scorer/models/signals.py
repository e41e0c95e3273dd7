"""What is counted about a tool and its siblings, never judged."""

from __future__ import annotations

from dataclasses import field

from scorer.models.base import model
from scorer.models.tool import JsonObject


@model
class AnnotationValues:
    """The four MCP hints as given; None where absent or not a boolean."""

    destructive: bool | None = None
    idempotent: bool | None = None
    open_world: bool | None = None
    read_only: bool | None = None


@model
class ContextSignals:
    """The public specification's context signals, number for number (TDQS v1.2, stage 1).

    Known holes of the specification (root unions count as no parameters, and so on) are kept here on purpose,
    so that cards join with published ones; `DeepSignals` measures what is really there.
    """

    annotation_values: AnnotationValues
    definition_bytes: int
    has_annotations: bool
    has_nested_objects: bool
    has_output_schema: bool
    input_hash: str
    invocation_cost: int
    param_count: int
    params_with_descriptions: int
    params_with_enums: int
    required_field_count: int
    required_param_count: int
    schema_depth: int
    schema_description_coverage: int
    title_is_meaningful: bool
    union_choice_count: int


@model
class Parameter:
    """One parameter of the input (or property of the output) at any depth.

    path: how a person would write it: `filters.status`, `items[].id`, `tree{}.value` for open maps.
    pointer: RFC 6901 pointer of its schema inside the definition ("/inputSchema/properties/limit"); below a `$ref`
    it points to where the words really stand ("/inputSchema/$defs/Addr/properties/street").
    depth: 1 at the top level. types: JSON types it accepts, without "null". nullable: null is accepted too.
    enum: allowed values if closed (const counts as one), None otherwise. description: its words, None if there are none;
    description_pointer: where they stand. constraints: the schema keywords present that bound it ("minimum", "pattern", "format", ...).
    is_leaf: has no parameters below it. schema: the resolved schema object.
    """

    path: str
    name: str
    pointer: str
    depth: int
    required: bool
    types: tuple[str, ...]
    nullable: bool
    enum: tuple[object, ...] | None
    description: str | None
    description_pointer: str | None
    constraints: tuple[str, ...]
    has_default: bool
    is_leaf: bool
    schema: JsonObject


@model
class SchemaFault:
    """A defect of a schema as a schema.

    code: `invalid-schema`, `broken-ref`, `remote-ref`, `required-unknown`, `default-breaks-schema`,
    `example-breaks-schema`, `root-not-object`.
    message: one plain sentence that names the parameter or keyword. pointer: where, inside the definition.
    quote: the few characters to show (a name, a `$ref`, a default), possibly "".
    """

    code: str
    message: str
    pointer: str
    quote: str = ""


@model
class Actions:
    """What the tool says it does, read once for facts and risk.

    name_verb: the verb that leads the name ("delete" in `d1_database_delete`), None when the name has none.
    text_verb: the verb that leads the first sentence, as written and lower-cased; text_verb_span: its offsets in the description.
    resource: stems of the words that the first sentence's verb acts on, in order.
    resource_span: the offsets of the whole clause that says it. classes: effect classes of the deciding verb
    (`text.verbs.VerbClass`), () when no verb was found. mutates: True, False, or None when it cannot be told.
    """

    name_verb: str | None = None
    text_verb: str | None = None
    text_verb_span: tuple[int, int] | None = None
    resource: tuple[str, ...] = ()
    resource_span: tuple[int, int] | None = None
    classes: tuple[str, ...] = ()
    mutates: bool | None = None


@model
class Signals:
    """Everything counted about one tool.

    context: the specification's signals. parameters: every parameter at every depth, in document order, through local
    `$ref`, `oneOf`/`anyOf`/`allOf`, array items and nullable unions, each path once; bounded (`truncated` says that a bound was hit).
    output: likewise for the output schema. tokens: estimated tokens that the definition costs in every prompt
    (see `signals.fingerprint.estimate_tokens`). faults: defects of the input schema as a schema.
    """

    context: ContextSignals
    parameters: tuple[Parameter, ...] = ()
    output: tuple[Parameter, ...] = ()
    tokens: int = 0
    faults: tuple[SchemaFault, ...] = ()
    truncated: bool = False
    actions: Actions = field(default_factory=Actions)


@model
class Overlap:
    """Two tools that an agent may confuse.

    score: 0-1, how much their purposes overlap (see `signals.siblings`). shared: the words both use for it.
    boundary: True when at least one of the two texts names the other.
    costlier: the tool that is shadowed by its much cheaper sibling (cost rule of the specification and overlap), else None.
    """

    a: str
    b: str
    score: float
    shared: tuple[str, ...]
    boundary: bool
    costlier: str | None = None


@model
class Siblings:
    """What one tool's facts may know about the rest of its server.

    names: all tool names of the server, this one's included. overlaps: the pairs this tool is in, strongest first.
    boilerplate: sentences (normalised) that at least three tools of the server share.
    """

    names: frozenset[str] = frozenset()
    overlaps: tuple[Overlap, ...] = ()
    boilerplate: frozenset[str] = field(default_factory=frozenset)
