"""Litestar with msgspec over plain SQL by asyncpg: three statements a page, structs, no ORM, no validation of output.

The leanest of the frameworks. It signs in by the register's tokens; it is spared markings and ETags.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Litestar, get
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult, DefineMiddleware

from tests.bench.peers import structs

_NEWEST = "e.sort_day DESC, e.sort_rank, e.sort_at DESC, e.id DESC"
_ROWS = """
    SELECT e.*, n.version, c.code, c.name AS country_name, o.name AS office_name,
        p.name AS principal_name, p.honorific_prefix AS principal_prefix, s.slug, s.label,
        r.name AS represented_name, r.honorific_prefix AS represented_prefix
    FROM engagements_engagement e JOIN records_entry n ON n.id = e.id
    LEFT JOIN directory_country c ON c.code = e.country LEFT JOIN directory_office o ON o.id = e.office_id
    LEFT JOIN directory_person p ON p.id = e.principal_id LEFT JOIN appointments_post s ON s.id = e.principal_post_id
    LEFT JOIN directory_person r ON r.id = e.represented_by_id
    WHERE NOT e.is_in_error AND e.merged_into_id IS NULL
"""
_PARTICIPANTS = """
    SELECT p.*, h.name AS person_name, h.honorific_prefix, o.name AS organization_name, o.acronym
    FROM engagements_participant p LEFT JOIN directory_person h ON h.id = p.person_id
    LEFT JOIN directory_organization o ON o.id = p.organization_id
    WHERE p.engagement_id = ANY($1) ORDER BY p.position
"""
_CAPACITIES = """
    SELECT c.*, o.name AS organization_name, o.acronym, l.code, l.name AS country_name
    FROM engagements_capacity c LEFT JOIN directory_organization o ON o.id = c.organization_id
    LEFT JOIN directory_country l ON l.code = c.country
    WHERE c.engagement_id = ANY($1) ORDER BY c.position
"""
_SIGN_IN = """
    SELECT u.id FROM accounts_accesstoken t JOIN accounts_user u ON u.id = t.user_id
    WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > now() AND u.is_active
"""
_place = {name: os.environ[f"SGOFFICE_BENCH_{name.upper()}"] for name in ("host", "user", "password", "dbname")}


class Authentication(AbstractAuthenticationMiddleware):
    """The register's own bearer tokens."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        secret = connection.headers.get("Authorization", "").removeprefix("Bearer ")
        digest = hashlib.sha256(secret.encode()).digest()
        user = await connection.app.state.pool.fetchval(_SIGN_IN, digest)
        if user is None:
            raise NotAuthorizedException
        return AuthenticationResult(user, None)


class Page(msgspec.Struct):
    results: list[structs.Engagement]
    next: str | None


@get("/engagements")
async def list_engagements(state: State, limit: int = 50, offset: int = 0, year: int | None = None) -> Page:
    """Return a page, newest first."""
    condition, given = "", [limit + 1, offset]
    if year is not None:
        condition = "AND e.held_earliest <= $3 AND e.held_latest >= $4"
        given += [date(year, 12, 31), date(year, 1, 1)]
    rows = await state.pool.fetch(f"{_ROWS} {condition} ORDER BY {_NEWEST} LIMIT $1 OFFSET $2", *given)
    following = f"?limit={limit}&offset={offset + limit}" if len(rows) > limit else None
    return Page(await _with_parts(state.pool, rows[:limit]), following)


@get("/engagements/{engagement_id:uuid}")
async def get_engagement(state: State, engagement_id: UUID) -> structs.Engagement:
    """Return one."""
    rows = await state.pool.fetch(f"{_ROWS} AND e.id = $1", engagement_id)
    if not rows:
        raise NotFoundException
    [found] = await _with_parts(state.pool, rows)
    return found


async def _with_parts(pool: Any, rows: list[Any]) -> list[structs.Engagement]:
    ids = [row["id"] for row in rows]
    participants, capacities = await pool.fetch(_PARTICIPANTS, ids), await pool.fetch(_CAPACITIES, ids)
    held, lines = defaultdict(list), defaultdict(list)
    for row in capacities:
        held[row["participant_id"]].append(structs.capacity(row))
    for row in participants:
        lines[row["engagement_id"]].append(structs.participant(row, held[row["id"]]))
    return [structs.engagement(row, lines[row["id"]]) for row in rows]


async def _read_json(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=msgspec.json.encode,
        decoder=msgspec.json.decode)  # fmt: skip


@asynccontextmanager
async def _pooled(app: Litestar) -> AsyncIterator[None]:
    async with asyncpg.create_pool(
        host=_place["host"], user=_place["user"], password=_place["password"], database=_place["dbname"],
        min_size=1, max_size=8, init=_read_json,
    ) as app.state.pool:  # fmt: skip
        yield


app = Litestar(
    [list_engagements, get_engagement],
    middleware=[DefineMiddleware(Authentication)],
    lifespan=[_pooled],
    openapi_config=None,
)
