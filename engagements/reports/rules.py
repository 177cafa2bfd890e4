"""Pure functions for reports: the order of precedence, one line of a text, what to do by a day."""

import re
from datetime import date

from engagements.vocabulary import Level, Owing
from sgoffice.directory.rules import fold
from sgoffice.records.date_words import day_in_words

_LONGEST_LINE = 300
#: A head of State needs no office beside the title; a president of something else is the head of that.
_STATE = re.compile(r"^(his |her )?(majesty |holiness )?(king|queen|emir|amir|sultan|pope|grand duke|head of state)\b")
_PRESIDENT = re.compile(r"^president\b")
_OF_REPUBLIC = re.compile(r"^president of the (republic|federation|union|united states|state)\b")
_DEPUTY = re.compile(r"\b(deputy|vice|assistant|under)\b")
#: What a title holds, the level that it speaks of, and that of a deputy.
_TITLES = tuple(
    (re.compile(rf"\b({words})\b"), level, of_deputy)
    for words, level, of_deputy in (
        ("advis[eo]r|representing|cabinet|coordinator|spokes.*", Level.WORKING_LEVEL, Level.WORKING_LEVEL),
        ("prime minister|chancellor|head of government|premier", Level.HEAD_OF_GOVERNMENT, Level.MINISTER),
        (
            "minister|secretary of state|home secretary|secretary of homeland security|attorney general",
            Level.MINISTER,
            Level.DEPUTY_MINISTER,
        ),
        ("permanent secretary|state secretary", Level.DEPUTY_MINISTER, Level.DIRECTOR),
        ("ambassador|permanent representative|nuncio", Level.AMBASSADOR, Level.AMBASSADOR),
        (
            r"(chief|commissioner|commander|(director|inspector) general)\b.*\bpolice|police (chief|commissioner)",
            Level.CHIEF_OF_POLICE,
            Level.DIRECTOR,
        ),
        ("judge|prosecutor|justice|registrar", Level.JUDICIARY, Level.JUDICIARY),
        ("speaker|senator|member of parliament", Level.PARLIAMENT, Level.PARLIAMENT),
        ("mayor|governor|prefect", Level.LOCAL_AUTHORITY, Level.LOCAL_AUTHORITY),
        (
            r"(secretary|director) general|executive (director|secretary)|president|commissioner|chair\w*",
            Level.HEAD_OF_ORGANIZATION,
            Level.DIRECTOR,
        ),
        ("director|head", Level.DIRECTOR, Level.WORKING_LEVEL),
    )
)
_ORDER = list(Level)


def level_of(title: str, *, is_of_state: bool = False) -> str:
    """Return the level that a title implies, or an empty text.

    `is_of_state`: the title is of a State itself, so its president is its head. The title is all that is known, so the
    result orders a list of names and is no protocol.
    """
    said = fold(title).replace("-", " ")
    is_deputy = _DEPUTY.search(said) is not None
    if not is_deputy and (
        _STATE.search(said) or _OF_REPUBLIC.search(said) or (is_of_state and _PRESIDENT.search(said))
    ):
        return Level.HEAD_OF_STATE
    for pattern, level, of_deputy in _TITLES:
        if pattern.search(said):
            return of_deputy if is_deputy else level
    return ""


def precedence(level: str) -> int:
    """Return the place of a level in the order of precedence; no level comes last."""
    return _ORDER.index(Level(level)) if level else len(_ORDER)


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


def of_term(person: str, post: str, follower: str, when: str, *, is_over: bool) -> str:
    """Return what to do about a term of office that runs out, or ran out without a record of its end."""
    if is_over:
        return f"Record how the term of {person} as {post} ended: it was to end {when}."
    if follower == person:
        return f"Prepare the next term of {person} as {post} before it ends {when}."
    if follower:
        return f"Prepare the handover {when}: {follower} follows {person} as {post}."
    return f"Have a successor proposed and appointed: the term of {person} as {post} ends {when}."


def of_reply(title: str, day: date | None) -> str:
    """Return what to do about a request."""
    return f"Answer the request by {day_in_words(day)}: {line_of(title)}"
