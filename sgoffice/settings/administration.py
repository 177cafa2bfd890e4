"""How the admin looks and what its sidebar offers."""

from typing import Any

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Register of the Office",
    "SITE_HEADER": "Register of the Office",
    "SITE_SYMBOL": "account_balance",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
}
