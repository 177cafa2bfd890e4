"""What the client reads of the API's answers, by the names and types of its document; a test holds them to it."""

from typing import TypedDict


class Mention(TypedDict):
    """A record that a line comes from."""

    label: str
    reference: str
    url: str


class DeadlineLine(TypedDict):
    """What the office has to do, and by when."""

    day: str | None
    is_overdue: bool
    sentence: str
    record: Mention


class Deadlines(TypedDict):
    """What the office has to do until a day."""

    until: str
    count: int
    results: list[DeadlineLine]


class ContactLine(TypedDict):
    """An engagement with a counterpart."""

    record: Mention
    held: str | None
    status: str
    city: str
    country: str


class OpenItem(TypedDict):
    """An open action item."""

    record: Mention
    due_on: str | None
    is_overdue: bool


class OwedItems(TypedDict):
    """What both sides still owe."""

    ours: list[OpenItem]
    theirs: list[OpenItem]


class AgreementLine(TypedDict):
    """An agreement and why it stands where it stands."""

    record: Mention
    sentence: str


class Brief(TypedDict):
    """What is known of a counterpart on a day."""

    counterpart: Mention
    marking: str
    contacts_total: int
    last_contacts: list[ContactLine]
    next_contact: ContactLine | None
    action_items: OwedItems
    agreements: list[AgreementLine]


class Suggestion(TypedDict):
    """A record that a word may mean."""

    id: str
    kind: str
    name: str


class SuggestionList(TypedDict):
    """The records that a word may mean, the best first."""

    results: list[Suggestion]


class Engagement(TypedDict):
    """An engagement that was logged."""

    id: str
    reference: str
    title: str


class Import(TypedDict):
    """A spreadsheet and what became of it."""

    id: str
    reference: str
    version: int
    state: str


class ProblemShown(TypedDict):
    """What is wrong with a row."""

    row: int
    column: str
    detail: str


class ImportReport(TypedDict):
    """What would come of each row."""

    state: str
    failure: str
    counts: dict[str, int]
    open_questions: int
    problems: list[ProblemShown]
    next_after: int | None


class Me(TypedDict):
    """Who is signed in."""

    username: str
    role: str
