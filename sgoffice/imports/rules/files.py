"""Which reader a file takes, by what it begins with: its name is not believed."""

import re

from sgoffice.imports.rules.sheets import Sheet, UnreadableFile, filled_down
from sgoffice.imports.rules.texts import read_text
from sgoffice.imports.rules.workbooks import read_workbook

_MARK_OF_UTF_8 = b"\xef\xbb\xbf"
_WORKBOOK = b"PK\x03\x04"
#: What is refused by name, with what to do instead.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "This is a workbook of before 2007, or one with a password. Save it as XLSX without one.",
    b"%PDF": "This is a PDF. Send the spreadsheet that it was made from.",
    b"{\\rtf": "This is a letter. Send a spreadsheet: CSV, XLSX or ODS.",
}
#: A page, or what programs write of a table and call a workbook.
_MARKUP = re.compile(rb"<(?:!doctype|!--|\?xml|html|head|meta|body|table|div|style)[\s>/?-]?", re.IGNORECASE)
_PAGE = "This is a page, whatever its name says. Open it in a spreadsheet program and save it as XLSX or CSV."


def read_file(content: bytes, *, sheet: str = "", encoding: str = "", separator: str = "") -> Sheet:
    """Return the rows of a spreadsheet, what is merged down in each of its rows; raises UnreadableFile."""
    if not content.strip():
        raise UnreadableFile("The file is empty. Choose another one.")
    if content.startswith(_WORKBOOK):
        return filled_down(read_workbook(content, sheet=sheet))
    refusal = next((words for mark, words in _OTHERS.items() if content.lstrip()[: len(mark)] == mark), "")
    if not refusal and _MARKUP.match(content.removeprefix(_MARK_OF_UTF_8).lstrip()):
        refusal = _PAGE
    if refusal:
        raise UnreadableFile(refusal)
    return read_text(content, encoding=encoding, separator=separator)
