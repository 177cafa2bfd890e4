"""What a text may be: prose and tables, not a script that somebody is asked to rename."""

import re

#: How scripts of all kinds begin, and files that Windows or an office program acts on.
_BEGINNING = re.compile(
    r"#!|@?echo off\b|@echo\b|@?rem\s|<\?php|<%|on error resume next|option explicit|set-executionpolicy"
    r"|import-module\s|param\s*\(|windows registry editor|regedit4|\[(autorun|internetshortcut|\.shellclassinfo)\]"
    r"|\{\\rtf|mime-version:|dim \w+|var \w+\s*=\s*new activexobject|function main\b"
    r"|import (os|sys|subprocess|socket)\b|from (os|subprocess) import"
    r"|attrib\s[+-]|start\s+/b|reg\s+add\b|curl\s.*\|\s*(ba)?sh|wget\s.*\|\s*(ba)?sh",
)
#: What only scripts say, anywhere; by a word that is looked for first, because that is a hundred times faster.
_ANYWHERE = {
    word: re.compile(pattern)
    for word, pattern in {
        "createobject": r"\bcreateobject\s*\(",
        "wscript.": r"wscript\.(shell|sleep|echo)",
        "activexobject": r"activexobject\s*\(",
        "invoke-": r"\binvoke-(expression|webrequest|command)\b",
        "iex": r"\biex\s*[(\"'$]",
        "frombase64string": r"frombase64string",
        "cmd": r"\bcmd(\.exe)?\s+/[ck]\b",
        "powershell": r"\bpowershell(\.exe)?\s+-\w",
        "shell_exec": r"\bshell_exec\s*\(",
        "mshta": r"\bmshta(\.exe)?\s",
        "regsvr32": r"\bregsvr32(\.exe)?\s+/",
        "rundll32": r"\brundll32(\.exe)?\s",
        "certutil": r"\bcertutil(\.exe)?\s+-",
        "-encodedcommand": r"-encodedcommand\b",
        "os.system": r"\bos\.system\s*\(",
        "subprocess.": r"\bsubprocess\.(run|call|popen)\s*\(",
        "rm -": r"\brm -rf?\s+[/~*]",
        "del /": r"\bdel /[fsq]\b",
    }.items()
}
#: A cell of a table that starts a program (DDE).
_CELL = re.compile(r"(?m)(^|[,;\t])[\"']?[=+@-][^\r\n,;\t|]{0,200}\|[^\r\n!]{0,300}![A-Za-z]")


def is_script(text: str) -> bool:
    """Tell whether a text does something under another name."""
    lowered = text.lower()
    lines = (line.strip() for line in lowered.splitlines())
    first = next((line for line in lines if line and not line.startswith(("::", "'", "//", "# "))), "")
    return (
        _BEGINNING.match(first) is not None
        or any(pattern.search(lowered) for word, pattern in _ANYWHERE.items() if word in lowered)
        or ("|" in text and "!" in text and _CELL.search(text) is not None)
    )
