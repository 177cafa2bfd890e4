"""What can be a name or a title, a link or an address: pure functions that return why a text cannot, or nothing."""

import re
from collections.abc import Iterator, Mapping

_MARKUP = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\b[a-z]{2,10}://", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:.\"]+")
_LINK = re.compile(r"https?://[^\s/?#@<>\"\\]+(?:[/?#][^\s<>\"]*)?|tel:\+?[\d().-]{3,30}", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?i:t[eé]l[^\W\d_]{0,6}[.:\s]*+)?"
    r"(?:(?:\+?\d{1,3}[\s.\u2010-\u2015-]?)?\(?0?8\d\d\)?[\s.\u2010-\u2015-][A-Z\d]+(?:[\s.\u2010-\u2015-][A-Z\d]+)*\s*"
    r"|(?=(?:[^\da-zA-Z]*\d){3})[\d\s()./,;#*+\u2010-\u2015-]+"
    r"(?i:(?:x|ext(?:ension)?|poste|durchwahl)[.:=\s]*\d{1,8}\s*)?)"
    r"(?:\([^()]{1,60}\))?"
)
#: What a browser runs or shows itself instead of going somewhere; it reads past tabs and ends of lines.
_RUNS = re.compile(r"\s*(?:(?:javascript|vbscript|blob)\s*:|data:[\w/+.-]*[;,])", re.IGNORECASE)
_READ_PAST = str.maketrans("", "", "\t\r\n")
_MAIL = "mailto:"


def why_no_title(text: str) -> str:
    """Return why a text cannot be a title: nobody could find it."""
    return "" if any(map(str.isalnum, text)) else "Write it in words: this has no letter and no digit."


def why_no_name(text: str) -> str:
    """Return why a text cannot be the name of somebody or something."""
    if found := _MARKUP.search(text):
        return f"Write it without {found[0][:40]}: a name has no markup."
    return "This is an address, not a name." if _ADDRESS.search(text) else why_no_title(text)


def why_no_email(text: str) -> str:
    """Return why a text cannot be an e-mail address."""
    return "" if _EMAIL.fullmatch(text.strip()) else "This is not an e-mail address."


def why_no_telephone(text: str) -> str:
    """Return why a text cannot be a telephone number."""
    if _TELEPHONE.fullmatch(text.strip()):
        return ""
    return "This is not a telephone number: write one like +33 4 72 44 70 00 ext. 12."


def why_no_link(text: str) -> str:
    """Return why a text cannot be a link: it begins with http, https, mailto or tel."""
    link = text.strip()
    is_mail = link.lower().startswith(_MAIL) and not why_no_email(link[len(_MAIL) :].partition("?")[0])
    return "" if is_mail or _LINK.fullmatch(link) else "This is not a link: write one that begins with https://."


def why_no_place_of_a_file(text: str) -> str:
    """Return why a text cannot say where a file is: an address or a file number."""
    return "An address leads to the file; it is no program." if _RUNS.match(text.translate(_READ_PAST)) else ""


_CONTACTS = {
    "email": why_no_email,
    "fax": why_no_telephone,
    "mobile": why_no_telephone,
    "phone": why_no_telephone,
    "telephone": why_no_telephone,
    "url": why_no_link,
    "website": why_no_link,
}


def wrong_parts(rows: object) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a list of sources, contact details or other names, each with its JSON pointer."""
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, Mapping):
            continue
        texts = {name: value for name, value in row.items() if isinstance(value, str) and value.strip()}
        if "url" in texts and (why := why_no_link(texts["url"])):
            yield f"/{place}/url", why
        check = _CONTACTS.get(str(row.get("type")).strip().lower())
        if check and "value" in texts and (why := check(texts["value"])):
            yield f"/{place}/value", why
