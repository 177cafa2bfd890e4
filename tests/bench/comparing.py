"""The register beside its peers over the same rows: what is asked of each side, and that all answer alike."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.measuring import Figures, Target

YEAR, LIMIT = 2011, 50
OURS, PLAIN, NINJA, FASTAPI, LITESTAR, BARE = (
    "the register", "REST framework", "django-ninja", "FastAPI", "Litestar", "bare psycopg",
)  # fmt: skip
CONSTANT = "constant bytes, Django"
LIST, FILTERED, DETAIL = "list", "list of a year", "detail"


@dataclass(frozen=True)
class Side:
    """Where one side serves a list, that of a year, and one record."""

    target: Target
    list_path: str
    filtered_path: str
    detail_path: str

    def paths(self, ids: list[str]) -> dict[str, Callable[[int], str]]:
        """Return what makes the addresses from the number of a request."""
        return {
            LIST: lambda _: self.list_path,
            FILTERED: lambda _: self.filtered_path,
            DETAIL: lambda number: f"{self.detail_path}/{ids[number % len(ids)]}",
        }


def sides(register: Target, others: dict[str, Target], *, with_ninja: bool) -> dict[str, Side]:
    """Return all sides: those in the register's own server, and those that are served beside it."""
    own = "/api/v1/engagements"
    of_year = f"{own}?limit={LIMIT}&from={YEAR}&until={YEAR}"
    found = {
        OURS: Side(register, f"{own}?limit={LIMIT}", of_year, own),
        PLAIN: Side(register, "/peer/engagements", f"/peer/engagements?year={YEAR}", "/peer/engagements"),
    }
    if with_ninja:
        found[NINJA] = _by_offset(register, "/peer/ninja/engagements")
    found |= {name: _by_offset(target, "/engagements") for name, target in others.items()}
    found[BARE] = _by_offset(register, "/peer/bare")
    return found


def _by_offset(target: Target, path: str) -> Side:
    return Side(target, f"{path}?limit={LIMIT}", f"{path}?limit={LIMIT}&year={YEAR}", path)


def figures_of(found: dict[str, Side], ids: list[str]) -> dict[str, Figures]:
    """Return what is to be measured: of each side list, list of a year and detail; and constant bytes."""
    made = {
        f"{what}, {name}": _figures(side.target, path)
        for what in (LIST, FILTERED, DETAIL)
        for name, side in found.items()
        for path in [side.paths(ids)[what]]
    }
    made[f"{DETAIL}, {CONSTANT}"] = _figures(found[OURS].target, lambda _: "/peer/constant")
    return made


def _figures(target: Target, path: Callable[[int], str]) -> Figures:
    return Figures(target, lambda number: target.request(path(number)))


def require_the_same(found: dict[str, Side], ids: list[str]) -> None:
    """Raise RuntimeError unless all sides answer the same requests with the same bytes."""
    for what in (LIST, FILTERED, DETAIL):
        answers = {}
        for name, side in found.items():
            bodies = [side.target.get(side.paths(ids)[what](number)) for number in range(3)]
            answers[name] = bodies if what == DETAIL else [results_of(body) for body in bodies]
        for name, answer in answers.items():
            if answer != answers[OURS]:
                message = (
                    f"{name} shows another {what}: there is nothing to compare.\n{answer[0]!r}\n{answers[OURS][0]!r}"
                )
                raise RuntimeError(message)


def results_of(body: bytes) -> bytes:
    """Return the bytes of the list inside a page, without the addresses of its neighbors."""
    name = b'"results":'
    text = body[body.index(name) + len(name) :].decode()
    _, end = json.JSONDecoder().raw_decode(text)
    return text[:end].encode()
