"""What schemathesis does beside its own checks: from where each request comes, and what a refusal must say."""

from itertools import count
from typing import Any

import schemathesis

_numbers = count(1)
_INVALID = "/problems/invalid"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    """Send each request from another network: wrong credentials wait by network."""
    number = next(_numbers)
    case.headers["X-Forwarded-For"] = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"


@schemathesis.check
def refusals_name_what_to_mend(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """A schema cannot say that a country is unknown: a body that fits it is refused with pointer and reason."""
    if response.status_code != 400:
        return
    problem = response.json()
    assert problem.get("detail"), "it does not say what is wrong"
    assert problem.get("advice"), "it does not say what to do"
    if problem.get("type") == _INVALID:
        assert problem.get("errors"), "it names no place"
        assert all(f"{error['pointer']}/"[0] == "/" and error["detail"] for error in problem["errors"])
