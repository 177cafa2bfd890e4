"""What success looks like: each operation of the document shows an answer that the register once gave.

`make answers` records them, one for each shape of an answer; a page shows one record of its shape.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_name("answers.json")
_SHAPES, _EXAMPLES = "#/components/schemas/", "#/components/examples/"
_JSON = "application/json"
_LINES = "application/x-ndjson"


def show_answers(result: dict[str, Any]) -> None:
    """Give each JSON answer that succeeds an example of its shape, unless it has one of its own."""
    components = result["components"]
    shown: dict[str, Any] = {}
    for path in result["paths"].values():
        for operation in path.values():
            for name, content in successes(operation):
                if "examples" not in content and (value := answer_of(name, components["schemas"])) is not None:
                    shown[name] = {"value": value}
                    content["examples"] = {"success": {"$ref": f"{_EXAMPLES}{name}"}}
    components["examples"] = dict(sorted(shown.items()))


def answer_of(name: str, shapes: dict[str, Any]) -> Any:
    """Return the recorded answer of that shape; of a list without one, a list of what is recorded of its records."""
    if name in _recorded():
        return _recorded()[name]
    members = shapes[name].get("properties", {})
    kind = members.get("results", {}).get("items", {}).get("$ref", "").removeprefix(_SHAPES)
    if kind not in _recorded():
        return None
    return {"results": [_recorded()[kind]]} | {name: None for name in ("next", "previous") if name in members}


def successes(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return shape and content of each answer of the operation that succeeds with JSON."""
    return [
        (content["schema"]["$ref"].removeprefix(_SHAPES), content)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media_type, content in answer.get("content", {}).items()
        if media_type in {_JSON, _LINES} and "$ref" in content["schema"]
    ]


@cache
def _recorded() -> dict[str, Any]:
    return json.loads(RECORDED.read_bytes())
