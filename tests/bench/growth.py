"""What reads cost when the register grows: the same requests to registers of several sizes, served side by side."""

from typing import Any
from urllib.parse import quote

from tests.bench import comparing
from tests.bench.measuring import Figures, Target

TENTH, LAST, COUNTERPART, SEARCH, BRIEF = (
    "tenth page", "last page", "list of a counterpart", "search", "brief of a counterpart",
)  # fmt: skip


def figures_of(target: Target, said: dict[str, Any], cursors: dict[str, str]) -> dict[str, Figures]:
    """Return what is to be measured of one size, by one client."""
    ids, questions, body = said["engagements"], said["questions"], said["bodies"][0]
    side = comparing.sides(target, {}, with_ninja=False)
    own, bare = side[comparing.OURS], side[comparing.BARE]
    paths = own.paths(ids) | {
        TENTH: lambda _: f"{own.list_path}&cursor={cursors['tenth']}",
        LAST: lambda _: f"{own.list_path}&cursor={cursors['last']}",
        COUNTERPART: lambda _: f"{own.list_path}&organization={body}",
        SEARCH: lambda number: f"/api/v1/search?q={quote(questions[number * 7 % len(questions)])}",
        BRIEF: lambda _: f"/api/v1/counterparts/organization/{body}/brief",
        **{f"{what}, {comparing.BARE}": bare.paths(ids)[what] for what in (comparing.LIST, comparing.DETAIL)},
    }
    return {
        name: Figures(target, lambda number, path=path: target.request(path(number)), clients=(1,))
        for name, path in paths.items()
    }
