"""Two approvers, and what one proposes and the other decides."""

from typing import Any

WHY = {"purpose": "A copy for the archives"}


def decided(client: Any, proposal: str, step: str = "approve", **body: str) -> Any:
    """Decide a proposal over the API; return the answer."""
    shown = client.see(f"approvals/{proposal}")
    return client.enter(f"approvals/{proposal}/{step}", body, **{"If-Match": shown["ETag"]})
