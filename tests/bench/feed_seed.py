"""Fills the exchange with copies of one agreement: `… feed_seed COUNT`; prints a token and the size of a line.

The feed is loaded in bulk by its owner: through the services a million agreements would take half a day. One in ten
mentions the one before it, so that its document is put together for the partner when it is read.
"""

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

MENTIONING = 10  # one in so many
PAGE, PLACES = 1_000, 20


def main(count: int) -> dict[str, Any]:
    """Load the feed, and the same lines ready-made into a table of the bare peer's own."""
    from django.db import connections

    from sgoffice.feed import queries, statements
    from sgoffice.partners import services
    from sgoffice.partners.services import encode_cursor
    from sgoffice.records.actors import OFFICE
    from tests.factories.directory import organization

    now = datetime.now(tz=UTC)
    model = _agreement()
    body = organization("Organization of the partner")
    partner = services.register_partner(
        services.PartnerEntry(name="Bench", slug="bench", organization=body.pk), by=OFFICE
    )
    _, secret = services.issue_secret(partner.pk, by=OFFICE, at=now)
    client = services.find_client(partner.slug, secret, at=now)
    assert client is not None
    issued = services.issue_access_token(client, at=now)
    with connections["owner"].cursor() as cursor:
        for statement in _LOAD:
            cursor.execute(statement, {"count": count, "model": model, "stream": partner.pk, "every": MENTIONING})
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(_LINES.format(statements.page(count, statements.ROWS, 2**62)), [partner.pk, 0, partner.pk])
        cursor.execute("VACUUM ANALYZE bench_line")
        cursor.execute("SELECT avg(octet_length(line))::int FROM bench_line")
        line = cursor.fetchone()[0]
    epoch = queries.current_position(partner.pk).epoch
    cursors = [encode_cursor(partner.pk, queries.StreamPosition(epoch, place)) for place in places_of(count)]
    return {"token": issued.token, "stream": str(partner.pk), "line": line, "cursors": cursors}


def places_of(count: int) -> list[int]:
    """Return where the pages begin that are measured: from one end of the stream to the other."""
    return [(count - PAGE) * number // PLACES for number in range(PLACES)]


def _agreement() -> Any:
    from engagements.agreements import services
    from tests.factories.agreements import act, agreement, parties

    made = agreement(
        act("signature", "2009-03-26", place_city="Lyon"),
        act("entry_into_force", "2009-04-26", source="Article 9"),
        title="Cooperation agreement on the exchange of information and on training",
        scope=("information_exchange", "training"),
        marking="public",
        parties=parties(),
        duration="P5Y",
        tacit_renewal="P1Y",
        notice_period="P6M",
        authentic_languages=("en", "fr"),
        focal_points=(services.FocalPointEntry(unit="External Relations"),),
    )
    return made.pk


_LINES = """
    INSERT INTO bench_line (position, line)
    SELECT position, convert_to('{{"op":"upsert","changed_at":"' || changed_at || '",', 'UTF8') || lead || convert_to(
        ',"digest":"' || coalesce(digest, substr(encode(sha256(body), 'hex'), 1, 16)) || '","document":', 'UTF8')
        || body || '}}'::bytea
    FROM ({}) AS found (position, changed_at, lead, survivor, digest, body) WHERE body IS NOT NULL
"""
_IDS = "('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
_COPY = f"""
    convert_to(replace(replace(convert_from(p.{{}}, 'UTF8'), p.entry::text, {_IDS}::text), e.reference, 'A-' || n),
        'UTF8')
"""
_LOAD = (
    "ALTER TABLE feed_published DISABLE TRIGGER USER",
    "ALTER TABLE feed_publishedreference DISABLE TRIGGER USER",
    "ALTER TABLE feed_grant DISABLE TRIGGER USER",
    "DELETE FROM feed_grant",
    "DELETE FROM feed_streamrow",
    f"""
    INSERT INTO feed_published (entry, kind, schema, renderer, op, is_stale, names, lists, digest, lead, body, lists_at)
    SELECT entry, kind, schema, renderer, op, false, names, lists, substr(encode(sha256(body), 'hex'), 1, 16), lead,
        body, CASE WHEN n %% %(every)s = 0 THEN position(',"relations":[]'::bytea IN body) - 1 END
    FROM (
        SELECT n, {_IDS} AS entry, p.kind, p.schema, p.renderer, p.op, p.names, p.lists, {_COPY.format("lead")} AS lead,
            {_COPY.format("body")} AS body
        FROM feed_published p JOIN records_entry e ON e.id = p.entry, generate_series(1, %(count)s::int) AS n
        WHERE p.entry = %(model)s
    ) AS made ORDER BY n
    """,
    f"""
    INSERT INTO feed_publishedreference (source, member, target, place, body)
    SELECT {_IDS}, 'relations', {_IDS.replace("(n)", "(n - 1)")}, 0,
        convert_to('{{"id":"' || {_IDS.replace("(n)", "(n - 1)")} || '","reference":"A-' || (n - 1)
            || '","relation":"implements"}}', 'UTF8')
    FROM generate_series(%(every)s::int, %(count)s::int, %(every)s::int) AS n
    """,
    f"INSERT INTO feed_grant (stream, entry) SELECT %(stream)s, {_IDS} FROM generate_series(1, %(count)s::int) AS n",
    f"""
    INSERT INTO feed_streamrow (stream, position, entry, op, changed_at)
    SELECT %(stream)s, n, {_IDS}, 'upsert', '2026-01-01T00:00:00.000000Z' FROM generate_series(1, %(count)s::int) AS n
    """,
    """
    INSERT INTO feed_stream (id, position) VALUES (%(stream)s, %(count)s)
    ON CONFLICT (id) DO UPDATE SET position = EXCLUDED.position
    """,
    "ALTER TABLE feed_published ENABLE ALWAYS TRIGGER feed_published_is_noted",
    "ALTER TABLE feed_publishedreference ENABLE ALWAYS TRIGGER feed_reference_is_noted",
    "ALTER TABLE feed_grant ENABLE ALWAYS TRIGGER feed_grant_is_noted",
    "CREATE TABLE bench_line (position bigint PRIMARY KEY, line bytea NOT NULL)",
    "GRANT SELECT ON bench_line TO PUBLIC",
)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
