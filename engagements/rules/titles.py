"""The table of titles in `engagements/data/titles.tsv`: which level a title speaks of, and of what body.

Its rows are editorial: each keeps its source, its doubt, and the row of the collected facts that it comes from.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engagements.vocabulary import Level
from sgoffice.directory.rules import fold
from sgoffice.directory.vocabulary import Classification as Class

TABLE = Path(__file__).resolve().parents[1] / "data" / "titles.tsv"
Words = tuple[str, ...]

_INTERNATIONAL = frozenset({
    Class.INTERNATIONAL_BODY, Class.REGIONAL_BODY, Class.ORGAN, Class.COURT, Class.POLICE_BODY,
})  # fmt: skip
_INDEPENDENT = _INTERNATIONAL | {Class.FOUNDATION, Class.SPORTS_BODY, Class.NON_GOVERNMENTAL}
_OF_A_STATE = frozenset({
    Class.GOVERNMENT, Class.MINISTRY, Class.POLICE, Class.NATIONAL_CENTRAL_BUREAU, Class.NATIONAL_AGENCY,
    Class.LOCAL_AUTHORITY, Class.ACADEMIC_BODY,
})  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Where somebody has a title: what sort of organization it is, if one is named, of which country, and its name."""

    classification: str = ""
    country: str = ""
    body: str = ""

    @property
    def is_of_state(self) -> bool:
        """Whether it is an office of a State itself."""
        return bool(self.country) and not self.classification

    def is_one_of(self, classes: Iterable[str], *, or_state: bool = False) -> bool:
        return self.classification in frozenset(classes) or (or_state and self.is_of_state)


#: What each `when` of the table asks of the office.
_WHEN: Mapping[str, Callable[[Office], bool]] = {
    "State": lambda office: office.is_of_state,
    "Government of Monaco": lambda office: office.country == "MC",
    "United States": lambda office: office.country == "US",
    "United Kingdom": lambda office: office.country == "GB",
    "Germany, Austria": lambda office: office.country in {"DE", "AT"},
    "ministry": lambda office: office.is_one_of({Class.GOVERNMENT, Class.MINISTRY}, or_state=True),
    "police force": lambda office: office.is_one_of({Class.POLICE}),
    "academy, bureau, department": lambda office: office.is_one_of(_OF_A_STATE),
    "parliament or parliamentary committee": lambda office: office.is_one_of({Class.PARLIAMENT}),
    "international organization": lambda office: office.is_one_of(_INTERNATIONAL),
    "commission of an international organization": lambda office: office.is_one_of(_INTERNATIONAL),
    "assembly or council of an international organization": lambda office: office.is_one_of(_INTERNATIONAL),
    "international agency such as Europol": lambda office: office.is_one_of(_INTERNATIONAL),
    "international organization or agency": lambda office: office.is_one_of(_INDEPENDENT),
}
#: Offices of a State as a whole, which a body below it or beside it does not have.
OF_THE_STATE = frozenset({
    Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.DEPUTY_HEAD_OF_STATE, Level.DEPUTY_HEAD_OF_GOVERNMENT,
})  # fmt: skip
_STATE_ITSELF = frozenset({"", Class.GOVERNMENT, Class.MINISTRY, Class.OTHER})
#: Offices of a government, which no part of a State, no embassy and no other body has.
OF_A_GOVERNMENT = frozenset({Level.MINISTER, Level.DEPUTY_MINISTER})
_NO_GOVERNMENT = frozenset({Class.LOCAL_AUTHORITY, Class.ACADEMIC_BODY, Class.COMPANY, Class.NON_GOVERNMENTAL})
OF_AN_ORGANIZATION = frozenset({Level.HEAD_OF_ORGANIZATION, Level.DEPUTY_HEAD_OF_ORGANIZATION})
_NO_ORGANIZATION = frozenset({
    Class.GOVERNMENT, Class.MINISTRY, Class.POLICE, Class.NATIONAL_CENTRAL_BUREAU, Class.PARLIAMENT,
    Class.LOCAL_AUTHORITY,
})  # fmt: skip

#: Other forms of words of the table: feminine, plural and other spellings.
_SAME_WORDS = {
    "advisor": "adviser", "councillor": "councilor", "ministers": "minister", "commissioners": "commissioner",
    "ambassadors": "ambassador", "prosecutors": "prosecutor", "judges": "judge", "mayors": "mayor",
    "chairwoman": "chairman", "chairperson": "chairman", "congresswoman": "congressman",
    "directrice": "directeur", "generale": "general", "nationale": "national", "cheffe": "chef",
    "ambassadrice": "ambassadeur", "conseillere": "conseiller", "procureure": "procureur",
    "senatrice": "senateur", "deputee": "depute", "deleguee": "delegue", "prefete": "prefet", "federale": "federal",
    "chanceliere": "chancelier", "premiere": "premier",
    "presidente": "president", "presidenta": "president", "directora": "director",
    "ministra": "ministro", "viceministra": "viceministro", "primera": "primer", "embajadora": "embajador",
    "secretaria": "secretario", "subsecretaria": "subsecretario", "comisaria": "comisario", "jefa": "jefe",
    "alcaldesa": "alcalde", "gobernadora": "gobernador", "jueza": "juez", "diputada": "diputado",
    "senadora": "senador", "consejera": "consejero", "asesora": "asesor",
    "وزيره": "وزير", "سفيره": "سفير", "مديره": "مدير", "رئيسه": "رئيس", "ملكه": "ملك",
}  # fmt: skip
#: Offices that have one level in some States, whatever the language in which they are named.
_IN_ENGLISH: Mapping[Words, Words] = {
    ("secretaire", "d", "etat"): ("secretary", "of", "state"),
    ("secretario", "de", "estado"): ("secretary", "of", "state"),
    ("chancelier",): ("chancellor",),
}
#: Where the parts of the State have premiers, and the State a prime minister.
_PREMIERS_OF_PARTS = frozenset({"AU", "CA"})
_PREMIER: Words = ("premier",)
_ARTICLE = "ال"  # Arabic writes it as one word with its noun


#: Titles as they are cut short beside a body: UN SG.
_CUT_SHORT = {
    "ASG": "Assistant Secretary-General",
    "CEO": "Chief Executive Officer",
    "DDG": "Deputy Director General",
    "DED": "Deputy Executive Director",
    "DG": "Director General",
    "DSG": "Deputy Secretary General",
    "ED": "Executive Director",
    "HR": "High Representative",
    "PR": "Permanent Representative",
    "SG": "Secretary General",
    "SRSG": "Special Representative of the Secretary-General",
    "USG": "Under-Secretary-General",
    "VP": "Vice-President",
}


@dataclass(frozen=True)
class Row:
    """A row of the table: what a title speaks of, of what office, and what is doubtful about it."""

    level: Level
    language: str
    when: str
    doubt: str

    def fits(self, office: Office) -> bool:
        """Tell whether the office can have it, as far as the row and the level say."""
        if self.when:
            return _WHEN[self.when](office)
        if self.level in OF_THE_STATE:
            return office.classification in _STATE_ITSELF
        if self.level in OF_A_GOVERNMENT:
            return office.classification not in _NO_GOVERNMENT
        if self.level in OF_AN_ORGANIZATION:
            return not office.is_of_state and office.classification not in _NO_ORGANIZATION
        return True


def words_of(text: str) -> Words:
    """Return the folded words of a title, each in one form."""
    return tuple(_one_form(word) for word in fold(text).split())


def spelled_out(title: str) -> str:
    """Return a title that is cut short to capital letters in full; nothing for any other."""
    return _CUT_SHORT.get(title.replace(".", "").strip(), "")


def _one_form(word: str) -> str:
    bare = word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 1 else word
    return _same_words().get(bare, bare)


@lru_cache(maxsize=1)
def _same_words() -> Mapping[str, str]:
    """Return the other forms as folding leaves them."""
    return {fold(word): fold(other) for word, other in _SAME_WORDS.items()}


@lru_cache(maxsize=1)
def table() -> Mapping[Words, Sequence[Row]]:
    """Return the rows of each title, in the order of the file."""
    found: dict[Words, list[Row]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        next(file)  # what the columns are, for its readers
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            doubt = line["note"] if line["doubt"] else ""
            row = Row(Level(line["level"]), line["language"], line["when"], doubt)
            found[words_of(line["title"])].append(row)
    return found


def row_for(title: Words, office: Office) -> Row | None:
    """Return the row of a title that the office chooses: one that names such an office, else one that names none."""
    if title == _PREMIER and office.country in _PREMIERS_OF_PARTS:
        return None
    rows = table().get(title, ())
    english = _IN_ENGLISH.get(title)
    there = [row for row in table().get(english, ()) if row.when and row.fits(office)] if english else []
    if there:
        return there[0]
    fitting = sorted((row for row in rows if row.fits(office)), key=lambda row: not row.when)
    if fitting:
        return fitting[0]
    is_alone = office == Office() and len({row.level for row in rows}) == 1
    return rows[0] if is_alone else None
