"""GET /partner/digest: what a partner compares its copy with, and the cursor at which it is true."""

import re
from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.api import schemas
from sgoffice.partners.api.exchange import PartnerView, stream_of
from sgoffice.partners.api.kinds import KIND, kinds_of

_BUCKET = re.compile(r"[0-9a-f]{2}")


class DigestView(PartnerView):
    has_etag = True

    @extend_schema(
        operation_id="partner_digest",
        parameters=[
            KIND,
            OpenApiParameter(
                "bucket",
                {"type": "string", "pattern": "^[0-9a-f]{2}$"},
                description="With one `kind`: list the records of this bucket.",
            ),
        ],
        responses=schemas.DigestSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        """Get the digest of your records.

        By kind: the number of records you may get and the sum of their digests, in total and by bucket. The bucket of a
        record is the first two hexadecimal digits of the SHA-256 of its id in lower case. A sum adds the digests as
        hexadecimal numbers, modulo 2**64. All this is true at `cursor`: compare a copy that was pulled to there, or
        take the digest together with the last changes (`/partner/changes?digest=true`). If a bucket differs from your
        copy, request it with `kind` and `bucket` to list the digests of its records, then get the record that differs
        from `/partner/records/{id}`.
        """
        check_parameters(request.query_params, ("kind", "bucket"))
        stream, kinds = stream_of(request), kinds_of(request)
        bucket = request.query_params.get("bucket")
        totals: list[dict[str, Any]] = []
        records: list[dict[str, Any]] = []
        if bucket is None:
            place, buckets = queries.digest_buckets(stream, kinds)
            totals = totals_of(buckets)
        elif not _BUCKET.fullmatch(bucket):
            raise invalid("bucket", "Write two hexadecimal digits in lower case, such as 0f.")
        elif "kind" not in request.query_params or kinds is None or len(kinds) != 1:
            raise invalid("bucket", "Give one `kind` with it.")
        else:
            place, found = queries.digests_in_bucket(stream, kinds[0], bucket)
            records = [{"id": entry, "digest": digest} for entry, digest in found]
        body = {"cursor": services.encode_cursor(stream, place, kinds), "kinds": totals, "records": records}
        return self.answered(request, orjson.dumps(body))


def totals_of(buckets: Iterable[queries.Bucket]) -> list[dict[str, Any]]:
    """Return the sums by kind, with those of its buckets."""
    totals: dict[str, dict[str, Any]] = {}
    for found in buckets:
        total = totals.setdefault(found.kind, {"kind": found.kind, "count": 0, "hash": 0, "buckets": []})
        total["count"] += found.count
        total["hash"] += int(found.hash, 16)
        total["buckets"].append({"bucket": found.bucket, "count": found.count, "hash": found.hash})
    return [total | {"hash": f"{total['hash'] % 2**64:016x}"} for total in totals.values()]
