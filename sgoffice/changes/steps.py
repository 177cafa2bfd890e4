"""Steps: what people do to a record besides correcting it, each declared once, beside the service that takes it.

From its declaration follow the route `POST /{kind}/{id}/{name}` with its body, summary and example, the permission that
the service requires, and the button of the admin with its form.
"""

import functools
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import models

from sgoffice.changes.door import Expected
from sgoffice.changes.references import takes_names
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Record

P = ParamSpec("P")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: `service` is called as service(id, entry, by=, expected=), and `at=` where it asks for the time.

    `columns` is the model whose fields of the same names describe those of the entry. `is_open` says, from the record,
    and `is_due`, from the record and the time, whether the step can be taken; `tone` is the color of its button;
    `not_in_form` are fields that only the API takes.
    """

    name: str
    label: str
    service: Callable[..., Record]
    entry: type[Any]
    summary: str = ""
    description: str = ""
    example: Mapping[str, Any] = field(default_factory=dict)
    permission: str = Permission.WRITE
    columns: type[models.Model] | None = None
    is_open: Callable[[Any], bool] | None = None
    is_due: Callable[[Any, datetime], bool] | None = None
    tone: str = ""
    has_button: bool = True
    not_in_form: frozenset[str] = frozenset()

    def may_be_taken(self, record: Record, *, at: datetime) -> bool:
        """Tell whether the record can take the step now: what cannot be done is offered nowhere."""
        is_open = self.is_open is None or self.is_open(record)
        return is_open and (self.is_due is None or self.is_due(record, at))

    def take(self, record_id: UUID, entry: Any, *, by: Actor, expected: Expected, at: datetime) -> Record:
        more = {"at": at} if "at" in inspect.signature(self.service).parameters else {}
        return self.service(record_id, entry, by=by, expected=expected, **more)


class Steps:
    """The steps of one kind of record, in the order in which people see them."""

    def __init__(self, columns: type[models.Model], *, not_in_form: frozenset[str] = frozenset()) -> None:
        self._columns = columns
        self._not_in_form = not_in_form
        self._declared: list[Step] = []

    def __iter__(self) -> Iterator[Step]:
        return iter(self._declared)

    def declare(
        self,
        name: str,
        label: str,
        *,
        summary: str,
        example: Mapping[str, Any],
        description: str = "",
        permission: str = Permission.WRITE,
        is_open: Callable[[Any], bool] | None = None,
        is_due: Callable[[Any, datetime], bool] | None = None,
        tone: str = "",
        has_button: bool = True,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Declare the decorated service as a step: it asks for the permission, and takes names for ids in its entry."""

        def decorate(service: Callable[P, R]) -> Callable[P, R]:
            permitted = _requiring(permission, service)
            step = Step(
                name=name,
                label=label,
                service=permitted,
                entry=typing.get_type_hints(service)["entry"],
                summary=summary,
                description=description or f"{summary}.",
                example=example,
                permission=permission,
                columns=self._columns,
                is_open=is_open,
                is_due=is_due,
                tone=tone,
                has_button=has_button,
                not_in_form=self._not_in_form,
            )
            self._declared.append(step)
            return permitted

        return decorate


def _requiring(permission: str, service: Callable[P, R]) -> Callable[P, R]:
    found = takes_names(service)

    @functools.wraps(found)
    def permitted(*args: P.args, **kwargs: P.kwargs) -> R:
        typing.cast("Actor", kwargs["by"]).require(permission)
        return found(*args, **kwargs)

    return permitted
