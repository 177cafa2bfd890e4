"""FastAPI with SQLAlchemy's asynchronous ORM, as their manuals show it: response models, joined and select-in loading.

It signs in by the register's tokens; it is spared markings and ETags.
"""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import URL, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload, selectinload

from tests.bench.peers import shapes
from tests.bench.peers.tables import AccessToken, Capacity, Engagement, Participant, User

_place = {name: os.environ[f"SGOFFICE_BENCH_{name.upper()}"] for name in ("host", "user", "password", "dbname")}
_engine = create_async_engine(
    URL.create(
        "postgresql+asyncpg",
        username=_place["user"],
        password=_place["password"],
        database=_place["dbname"],
        query={"host": _place["host"]},
    ),
    pool_size=8,
)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)
_bearer = HTTPBearer()
app = FastAPI(docs_url=None, openapi_url=None)


async def session() -> AsyncIterator[AsyncSession]:
    """Give the session of a request."""
    async with _sessions() as made:
        yield made


Session = Annotated[AsyncSession, Depends(session)]


async def token(
    session: Session, credentials: Annotated[HTTPAuthorizationCredentials, Depends(_bearer)]
) -> AccessToken:
    """Return the valid token of the caller."""
    digest = hashlib.sha256(credentials.credentials.encode()).digest()
    statement = select(AccessToken).join(User).where(AccessToken.digest == digest, User.is_active)
    found = await session.scalar(
        statement.where(AccessToken.revoked_at.is_(None), AccessToken.expires_at > datetime.now(tz=UTC))
    )
    if found is None:
        raise HTTPException(401)
    return found


def _rows() -> Any:
    held = selectinload(Participant.held_capacities)
    return (
        select(Engagement)
        .where(~Engagement.is_in_error, Engagement.merged_into_id.is_(None))
        .options(
            joinedload(Engagement.country),
            joinedload(Engagement.office),
            joinedload(Engagement.principal),
            joinedload(Engagement.principal_post),
            joinedload(Engagement.represented_by),
            selectinload(Engagement.lines).options(
                joinedload(Participant.person),
                joinedload(Participant.organization),
                held.options(joinedload(Capacity.organization), joinedload(Capacity.country)),
            ),
        )
    )


@app.get("/engagements", dependencies=[Depends(token)])
async def list_engagements(
    session: Session, limit: int = 50, offset: int = 0, year: int | None = None
) -> shapes.Page[shapes.Engagement]:
    """Return a page, newest first."""
    rows = _rows().order_by(
        Engagement.sort_day.desc(), Engagement.sort_rank, Engagement.sort_at.desc(), Engagement.id.desc()
    )
    if year is not None:
        rows = rows.where(Engagement.held_earliest <= date(year, 12, 31), Engagement.held_latest >= date(year, 1, 1))
    found: Any = (await session.scalars(rows.limit(limit + 1).offset(offset))).all()
    return shapes.Page(results=found[:limit], next=shapes.next_of(limit, offset, has_more=len(found) > limit))


@app.get("/engagements/{engagement_id}", dependencies=[Depends(token)])
async def get_engagement(session: Session, engagement_id: UUID) -> shapes.Engagement:
    """Return one."""
    found: Any = await session.scalar(_rows().where(Engagement.id == engagement_id))
    if found is None:
        raise HTTPException(404)
    return found
