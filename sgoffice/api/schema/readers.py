"""Two documents of one API: what staff use, and what partners' systems pull."""

from typing import Any

_OF_PARTNERS = ("/api/v1/partner/", "/api/v1/oauth/", "/.well-known/")
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
Endpoints = list[tuple[str, str, str, Any]]


def for_staff(endpoints: Endpoints) -> Endpoints:
    """Leave out what only partners' systems call."""
    return [endpoint for endpoint in endpoints if not _is_for_partners(endpoint[0])]


def for_partners(endpoints: Endpoints) -> Endpoints:
    """Keep what only partners' systems call."""
    return [endpoint for endpoint in endpoints if _is_for_partners(endpoint[0])]


def _is_for_partners(path: str) -> bool:
    return f"{path}/".startswith(_OF_PARTNERS)


def with_forms_as_forms(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Describe what is sent as a form or as JSON as the form that RFC 6749 has: generators make one type of the two."""
    for methods in result["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
            if _FORM in content and _JSON in content:
                content[_FORM] |= {"examples": content.pop(_JSON).get("examples", {})}
    return result
