"""Tool definitions in any number, of every quality: `python tests/bench/generate.py 300 > tools.json`.

Deterministic, and every word of it is ours. About a third of the tools are documented well, a third thinly, a third hardly.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

THINGS = "invoice order parcel shelf ticket sensor recipe voucher ledger tenant playlist beacon harvest vessel permit quota".split()
PLACES = "warehouse archive region branch workspace catalogue depot season".split()
ACTIONS = {
    "list": ("List the {thing}s of a {place}, newest first, 50 a page.", True),
    "get": (
        "Get one {thing} of a {place} by its id. Returns the whole {thing} with its history; 404 if there is none.",
        True,
    ),
    "create": ("Create a {thing} in a {place}. Fails with a conflict if its number is taken.", False),
    "update": ("Change the fields of a {thing}; those left out stay as they are.", False),
    "delete": ("Delete a {thing} for good, with everything that hangs on it. Needs the admin role.", False),
    "export": ("Write all {thing}s of a {place} into one CSV file and return its link, valid for an hour.", True),
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50, "description": "Most to return, 1-200."},
    "status": {"type": "string", "enum": ["open", "held", "closed"], "description": "Only those in this state."},
    "since": {
        "type": "string",
        "format": "date-time",
        "description": "Only those changed after this moment (ISO 8601).",
    },
    "notify": {"type": "boolean", "default": False, "description": "Send the owner a message when it is done."},
    "labels": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Labels to set, each at most 20 characters.",
    },
    "owner": {
        "type": "object",
        "description": "Who answers for it.",
        "properties": {
            "name": {"type": "string"},
            "email": {"type": "string", "format": "email", "description": "Where to reach them."},
        },
        "required": ["email"],
    },
}


def tool(index: int, dice: random.Random) -> dict[str, Any]:
    """One definition; the same index and dice give the same one."""
    action = dice.choice(list(ACTIONS))
    thing, place = dice.choice(THINGS), dice.choice(PLACES)
    text, reads = ACTIONS[action]
    care = index % 3
    definition: dict[str, Any] = {"name": f"{action}_{place}_{thing}_{index}", "inputSchema": schema(thing, care, dice)}
    if care < 2:
        definition["description"] = text.format(thing=thing, place=place)
    if care == 0:
        definition["description"] += f" Use it when the {place} is known; otherwise call list_{place}s first."
        definition["annotations"] = {"readOnlyHint": reads, "destructiveHint": action == "delete"}
    elif care == 2 and index % 2:
        definition["description"] = f"{action} {thing}"
    return definition


def schema(thing: str, care: int, dice: random.Random) -> dict[str, Any]:
    properties = {
        f"{thing}_id": {"type": "string", "description": f"Id of the {thing}, like {thing[:2].upper()}-1042."}
    }
    for name in dice.sample(list(PARAMETERS), dice.randint(0, 5)):
        properties[name] = dict(PARAMETERS[name])
    if care == 2:
        properties = {
            name: {key: value for key, value in said.items() if key != "description"}
            for name, said in properties.items()
        }
    return {"type": "object", "properties": properties, "required": [f"{thing}_id"], "additionalProperties": False}


def tools(count: int, seed: int = 1) -> dict[str, Any]:
    """A `tools/list` result of so many tools."""
    dice = random.Random(seed)
    return {"tools": [tool(index, dice) for index in range(count)]}


if __name__ == "__main__":
    json.dump(tools(int(sys.argv[1])), sys.stdout)
