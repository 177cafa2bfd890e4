"""Pure functions for reports: one line of a text, what to do by a day."""

from datetime import date

from engagements.vocabulary import Owing
from sgoffice.records.date_words import day_in_words

_LONGEST_LINE = 300


def line_of(*texts: str) -> str:
    """Return the first line of the first of these texts that has one, cut to a length that can be read aloud."""
    for text in texts:
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        if len(line) > _LONGEST_LINE:
            return line[:_LONGEST_LINE].rsplit(" ", 1)[0] + " …"
        if line:
            return line
    return ""


def of_item(text: str, owed_by: str, day: date | None) -> str:
    """Return what to do about an action item."""
    start = "Ask for what they owe" if owed_by == Owing.THEIRS else "Do what was promised"
    return f"{start} by {day_in_words(day)}: {line_of(text)}"


def of_mandate(text: str, paragraph: str, decision: str, day: date | None) -> str:
    """Return what to do about a mandate; `decision` is empty when the reader may not see it."""
    where = f"paragraph {paragraph}" if paragraph else "what is asked"
    whose = f" of {decision}" if decision else ""
    return f"Carry out {where}{whose} by {day_in_words(day)}, and record what shows it: {line_of(text)}"


def of_term(person: str, post: str, follower: str, when: str, *, is_over: bool, may_go_on: bool) -> str:
    """Return what to do about a term of office that runs out, or ran out without a record of its end."""
    if is_over:
        return f"Record how the term of {person} as {post} ended: it was to end {when}."
    if follower == person:
        return f"Prepare the next term of {person} as {post} before it ends {when}."
    if follower:
        return f"Prepare the handover {when}: {follower} follows {person} as {post}."
    if may_go_on:
        return (
            f"Have a successor proposed and appointed, or {person} reappointed: "
            f"the term of {person} as {post} ends {when}."
        )
    return f"Have a successor proposed and appointed: the term of {person} as {post} ends {when}."


def of_reply(title: str, day: date | None) -> str:
    """Return what to do about a request."""
    return f"Answer the request by {day_in_words(day)}: {line_of(title)}"
