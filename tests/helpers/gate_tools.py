"""Small definitions for the gate: good, fair, bad, and worse than before."""

from __future__ import annotations

GOOD = {
    "name": "get_order",
    "description": (
        "Get one order with its lines, state and payments. Use this when the order's id is known; to find an id, "
        "call list_orders. Fails with not-found for an id that does not exist. Changes nothing."
    ),
    "inputSchema": {
        "type": "object",
        "properties": {"id": {"type": "string", "description": "Order id, like O-17, as list_orders returns it."}},
        "required": ["id"],
    },
    "annotations": {"readOnlyHint": True},
}
FAIR = {
    "name": "list_orders",
    "description": "List the orders of a customer, newest first, 50 a page. Call get_order for one of them.",
    "inputSchema": {"type": "object", "properties": {"customer": {"type": "string"}}},
}
BAD = {"name": "process", "description": "Process.", "inputSchema": {"type": "object", "properties": {}}}


def worse(tool):
    return {**tool, "description": tool["description"].split(". ")[0] + "."}
