"""Records made over HTTP from the document's own examples: each id in an example is put right by making its record."""

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sgoffice.imports import queue
from tests.contract.operations import Operation, ask, operation, operations
from tests.factories.accounts import Register, signed_in

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
#: Which kind of record a field of an example names.
_KINDS = {
    "affiliated_with": "organizations",
    "agreement": "agreements",
    "appointed_by": "bodies",
    "body": "bodies",
    "by_agreement": "agreements",
    "by_body": "bodies",
    "decision": "decisions",
    "engagement": "engagements",
    "mandate": "mandates",
    "organization": "organizations",
    "partner": "partners",
    "party": "organizations",
    "person": "people",
    "post": "posts",
    "proposed_by": "bodies",
    "represented_by": "people",
    "session": "sessions",
    "topics": "topics",
}
#: What must have been done to a new record before the example of an operation makes sense of it.
_BEFORE = {
    "action_items_reopen": ["action_items_complete"],
    "agreements_bring_into_force": ["agreements_sign"],
    "agreements_resume": ["agreements_sign", "agreements_bring_into_force", "agreements_suspend"],
    "agreements_revoke_notice": ["agreements_sign", "agreements_bring_into_force", "agreements_give_notice"],
    "agreements_suspend": ["agreements_sign", "agreements_bring_into_force"],
    "appointments_assume": ["appointments_appoint"],
    "appointments_end": ["appointments_appoint", "appointments_assume"],
    "appointments_extend": ["appointments_appoint", "appointments_assume"],
    "imports_undo": ["imports_commit"],
    "engagements_cancel": ["engagements_accept"],
    "engagements_confirm": ["engagements_accept"],
    "engagements_hold": ["engagements_accept", "engagements_confirm"],
    "engagements_not_held": ["engagements_accept", "engagements_confirm"],
    "engagements_postpone": ["engagements_accept"],
}
# what is read of an attachment is read of one with a file
_BEFORE |= {f"attachments_{read}": ["attachments_upload"] for read in ("retrieve", "history", "links", "content")}
#: Kinds of which examples make one again and again: each is another one.
_MADE_AGAIN = {
    f"{kind}_create"
    for kind in (
        "agreements", "bodies", "countries", "decisions", "engagements", "offices", "organizations", "people",
        "sessions", "topics",
    )
}  # fmt: skip
#: Where an operation starts from another example than the first one.
_FROM = {name: "a_request" for name in _BEFORE if name.startswith("engagements")} | {
    "engagements_accept": "a_request",
    "engagements_decline": "a_request",
    "engagements_delegate": "a_request",
}


#: What the approver of the tests may not do: set up a partner.
_ROLES = {"partners_create": "administrator", "partners_update": "administrator"}


@dataclass
class Stock:
    """What was made before: which record stands for each id of the examples, and one for each operation."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    ready: dict[str, dict[str, Any]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    count: int = 0
    spare_post: str = ""
    importer: Any = None
    #: Who proposes what waits for a second person, and the approver who was there before.
    proposer: Any = None
    chief: Any = None


class Maker:
    """Makes records by the examples of the document, and sends requests that fit them."""

    def __init__(self, client: Register, stock: Stock) -> None:
        self.client = client
        self.stock = stock
        self.colleagues: dict[str, Register] = {}

    def fill_up(self) -> None:
        """Make a record for each id of the examples, and one for each operation on a record that is there."""
        self.stock.chief, self.stock.proposer = signed_in("approver").user, signed_in("officer").user
        self.stock.importer = signed_in("approver").user
        for item in operations():
            for _, body in item.examples() if item.takes_body else ():
                self._fitting(body)
        for item in operations():
            if item.has_key and item.kind != "me":
                self.stock.ready[_shelf(item)] = self._made_for(item)
        self.stock.spare_post = self.made("posts")["id"]
        self.stock.others |= {item.kind: self.made(item.kind)["id"] for item in operations() if "unmerge" in item.id}

    def ready_for(self, item: Operation) -> dict[str, Any]:
        """Return a record that is in the state which the operation asks for."""
        return self._made_for(item) if item.kind == "me" else self.stock.ready[_shelf(item)]

    def ask(self, item: Operation, body: Any = None, *, query: str = "", **headers: str) -> Any:
        """Send a request that nothing is wrong with but what the caller gives: a fitting record, version and body."""
        shown = self.ready_for(item) if item.has_key else {"id": ""}
        if body is None and item.takes_body:
            body = self.body_of(item)
        if item.changes:
            headers = {"If-Match": f'"{shown["version"]}"'} | headers
        return ask(self.client_for(item), item, shown["id"], body, query=query, **headers)

    def client_for(self, item: Operation) -> Register:
        """Return who may do this: somebody else where the one who tests may not."""
        if item.kind == "approvals" and not item.reads:
            return Register(self.stock.proposer if item.id.endswith("_withdraw") else self.stock.chief)
        if item.kind == "imports":  # whoever brought a file goes on with it
            return Register(self.stock.importer)
        role = "auditor" if item.kind == "trace" else _ROLES.get(item.id)
        if role is None:
            return self.client
        if item.id not in self.colleagues:
            self.colleagues[item.id] = signed_in(role)
        return self.colleagues[item.id]

    def body_of(self, item: Operation, example: str = "") -> Any:
        """Return the body that an example shows, once its ids are put right and its unique words are new."""
        shown = dict(item.examples())
        body = self._fitting(shown[example or next(iter(shown))])
        if "other" in body:
            body["other"] = self._other(item)
        return self.with_new_words(item, body)

    def _other(self, item: Operation) -> str:
        """Return what is merged into a record, or was."""
        if item.id.endswith("_unmerge"):
            return self.stock.merged[item.kind]
        return self.stock.others.get(item.kind) or self.made(item.kind)["id"]

    def _fitting(self, body: Any, name: str = "") -> Any:
        """Return an example with ids of records that are there, unlike each other where the example's are."""
        if isinstance(body, dict):
            return {key: self._fitting(value, key) for key, value in body.items()}
        if isinstance(body, list):
            return [self._fitting(value, name) for value in body]
        if not isinstance(body, str) or not _ID.fullmatch(body) or name == "other":
            return body
        kind = _KINDS[name]
        if (kind, body) not in self.stock.known:
            self.stock.known[kind, body] = self.made(kind)["id"]
        return self.stock.known[kind, body]

    def with_new_words(self, item: Operation, body: dict[str, Any]) -> dict[str, Any]:
        """Put another word where each record of the kind needs its own."""
        self.stock.count += 1
        number = self.stock.count
        if item.id == "countries_create":
            body["code"] = f"Q{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
        if item.id in {"appointments_create", "term_rules_create"}:  # one holder and one rule at a time
            body["post"] = self.stock.spare_post or self.made("posts")["id"]
        if item.id in _MADE_AGAIN:
            body["allow_duplicate"] = True
        if item.id == "imports_create":
            body["text"] = body["text"].replace("2016", str(1700 + number % 300))
        if item.id == "topics_create":
            body["name"] += f" {number}"
        if item.id == "sessions_create":
            body["number"] += number
        for name in {"slug", "symbol"} & set(body):
            body[name] += f"-{number}"
        return body

    def made(self, kind: str, example: str = "") -> dict[str, Any]:
        """Make a record of a kind by an example of its operation and return its document."""
        if kind == "approvals":
            item = operation("engagements_create")
            body = self.body_of(item) | {"marking": "public"}
            return json.loads(ask(Register(self.stock.proposer), item, "", body).content)
        made = self._carry_out(operation(f"{kind.replace('-', '_')}_create"), example=example)
        return self._worked_on(made) if kind == "imports" else made

    def _worked_on(self, shown: dict[str, Any]) -> dict[str, Any]:
        """Let a worker do what waits for it, and return the import as it is then."""
        assert queue.work_once(lambda _: None) == []
        return self.client.see(f"imports/{shown['id']}").json()

    def _made_for(self, item: Operation) -> dict[str, Any]:
        if item.kind == "me":
            own = "me/calendar-links" if "calendar_links" in item.id else "me/tokens"
            self._carry_out(operation(f"{own.replace('/', '_').replace('-', '_')}_create"))
            return self.client.see(own).json()["results"][0]
        shown = self.made(item.kind, _FROM.get(item.id, ""))
        before = [f"{item.id.removesuffix('restore')}enter_in_error"] if item.id.endswith("_restore") else []
        if item.id.endswith("_unmerge"):
            before = [item.id.replace("_unmerge", "_merge")]
        for step in _BEFORE.get(item.id, before):
            shown = self._carry_out(operation(step), shown)
            shown = self._worked_on(shown) if item.kind == "imports" else shown
        return shown

    def _carry_out(self, item: Operation, on: dict[str, Any] | None = None, example: str = "") -> dict[str, Any]:
        headers = {"If-Match": f'"{on["version"]}"'} if on else {}
        body = self.body_of(item, example) if item.takes_body else None
        if "other" in (body or {}):
            self.stock.merged[item.kind] = body["other"]
        answer = ask(self.client_for(item), item, on["id"] if on else "", body, **headers)
        assert answer.status_code in {200, 201, 202}, (str(item), answer.content)
        shown = json.loads(answer.content)
        return self._agreed(item, shown, on) if answer.status_code == HTTPStatus.ACCEPTED else shown

    def _agreed(self, item: Operation, proposal: dict[str, Any], on: dict[str, Any] | None) -> dict[str, Any]:
        """Let the second person approve a proposal, and return the record as it is then."""
        header = {"If-Match": f'"{proposal["version"]}"'}
        answer = Register(self.stock.chief).enter(f"approvals/{proposal['id']}/approve", {}, **header)
        assert answer.status_code == HTTPStatus.OK, answer.content
        return self.client.see(f"{item.kind}/{(on or proposal['record'])['id']}").json()


def _shelf(item: Operation) -> str:
    """Return where the record for an operation lies: readers of a kind share one."""
    return item.kind if item.reads else item.id
