"""The message of a ping and its signatures (Standard Webhooks). It says that there is news, never what."""

import base64
import hmac
import json
from collections.abc import Sequence
from datetime import datetime

from sgoffice.partners.services import Delivery


def body(delivery: Delivery) -> bytes:
    """Return the message: the same bytes for each attempt with the same id, in one life of the register."""
    message = {
        "type": "stream.advanced",
        "timestamp": delivery.noticed_at.isoformat().replace("+00:00", "Z"),
        "data": {"stream": delivery.stream, "cursor": delivery.cursor},
    }
    return json.dumps(message, separators=(",", ":")).encode()


def headers(message_id: str, message: bytes, secrets: Sequence[bytes], *, at: datetime) -> dict[str, str]:
    """Return the headers of an attempt, with one signature per secret."""
    second = str(int(at.timestamp()))
    signed = b"%b.%b.%b" % (message_id.encode(), second.encode(), message)
    signatures = [f"v1,{base64.b64encode(hmac.digest(secret, signed, 'sha256')).decode()}" for secret in secrets]
    return {"webhook-id": message_id, "webhook-timestamp": second, "webhook-signature": " ".join(signatures)}
