"""Partners who may all get the same large documents: `… slow_readers_seed PARTNERS DOCUMENTS BYTES`; prints tokens.

Loaded in bulk, like the feed of the benchmark, whose documents these are, made longer.
"""

import json
import os
import sys
from datetime import UTC, datetime


def main(partners: int, documents: int, size: int) -> list[str]:
    """Load the feed; return a token of each partner."""
    from django.db import connections

    from sgoffice.partners import services
    from sgoffice.records.actors import OFFICE
    from tests.bench import feed_seed
    from tests.factories.directory import organization

    now, tokens, streams = datetime.now(tz=UTC), [], []
    for number in range(partners):
        body = organization(f"Organization of reader {number}")
        entry = services.PartnerEntry(name=f"Reader {number}", slug=f"reader-{number}", organization=body.pk)
        streams.append(services.register_partner(entry, by=OFFICE).pk)
        _, secret = services.issue_secret(streams[-1], by=OFFICE, at=now)
        client = services.find_client(f"reader-{number}", secret, at=now)
        assert client is not None
        tokens.append(services.issue_access_token(client, at=now).token)
    made = feed_seed.main(documents)  # it empties all streams, and fills one
    with connections["owner"].cursor() as cursor:
        for statement in _LOAD:
            cursor.execute(statement, {"model": made["stream"], "streams": streams, "size": size})
        cursor.execute("VACUUM ANALYZE")
    return tokens


#: Letters by chance, so that nothing shrinks on the way to the disk.
_WORDS = "(SELECT string_agg(md5(entry::text || n), '') FROM generate_series(1, %(size)s / 32) AS n)"
_LOAD = (
    "ALTER TABLE feed_published DISABLE TRIGGER USER",
    "ALTER TABLE feed_grant DISABLE TRIGGER USER",
    f"""
    UPDATE feed_published SET body = made.body, lists_at = lists_at + made.more,
        digest = substr(encode(sha256(made.body), 'hex'), 1, 16)
    FROM (SELECT entry AS id, length(words) AS more,
            convert_to(replace(convert_from(body, 'UTF8'), '"title":"', '"title":"' || words), 'UTF8') AS body
          FROM feed_published, LATERAL {_WORDS} AS found (words)
          WHERE entry IN (SELECT entry FROM feed_grant WHERE stream = %(model)s)) AS made
    WHERE entry = made.id
    """,
    """
    INSERT INTO feed_grant (stream, entry)
    SELECT reader, g.entry FROM feed_grant g, unnest(%(streams)s::uuid[]) AS reader WHERE g.stream = %(model)s
    """,
    """
    INSERT INTO feed_streamrow (stream, position, entry, op, changed_at)
    SELECT reader, r.position, r.entry, r.op, r.changed_at
    FROM feed_streamrow r, unnest(%(streams)s::uuid[]) AS reader WHERE r.stream = %(model)s
    """,
    """
    INSERT INTO feed_stream (id, position)
    SELECT reader, s.position FROM feed_stream s, unnest(%(streams)s::uuid[]) AS reader WHERE s.id = %(model)s
    ON CONFLICT (id) DO UPDATE SET position = EXCLUDED.position
    """,
    "ALTER TABLE feed_published ENABLE ALWAYS TRIGGER feed_published_is_noted",
    "ALTER TABLE feed_grant ENABLE ALWAYS TRIGGER feed_grant_is_noted",
)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))) + "\n")
