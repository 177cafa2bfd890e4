"""Which passwords are too easy to guess, said to who chooses one; what a user name may be; roles by claims."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from sgoffice.accounts.vocabulary import GIVEN_BY_TWO, Role

SHORTEST, LONGEST = 12, 128
#: How many guesses somebody needs who knows the person and the register.
FEWEST_GUESSES = 10**10
#: How many letters and digits must be left when all that others would guess first is taken out.
_LEAST_LEFT = 6
#: zxcvbn reads no more, and takes time that grows with the square of the length.
_READ = 72
#: What people near this register think of first, in its languages; a text, because a list would fill a page.
_WORDS = """
    interpol icpo oipc ocrpo secretary secretariat general secretario secretaria secretaire sgoffice office bureau
    oficina register registre registro police policia policier lyon password passwort passcode motdepasse
    contrasena welcome bienvenue bienvenido admin administrator administrateur viewer officer approver auditor
    letmein changeme azerty qwerty qwertz secret spring summer autumn winter printemps hiver primavera verano
    january february march april june july august september october november december janvier fevrier avril
    juillet septembre octobre novembre decembre enero febrero abril julio agosto septiembre octubre noviembre
    diciembre monday tuesday wednesday thursday friday saturday sunday
"""
#: As Django's own forms take them.
_USERNAME = re.compile(r"[\w.@+-]{1,150}")
_LOOKALIKES = str.maketrans("0134578@$!€|", "oieastbasiei")


def is_username(name: str) -> bool:
    """Tell whether somebody can be called so: at least one character, and only letters, digits and @ . + - _."""
    return _USERNAME.fullmatch(name) is not None


def faults_of_password(password: str, own_words: Iterable[str]) -> list[str]:
    """Return what is wrong with a password, nothing if it may be used.

    `own_words` are texts about the person (names, mail address): neither they nor words that belong to this register
    make a password, with whatever years and signs beside them.
    """
    if len(password) < SHORTEST:
        return [f"Use at least {SHORTEST} characters: three or four words that have nothing to do with each other."]
    if len(password) > LONGEST:
        return [f"Use at most {LONGEST} characters."]
    words = sorted({*_WORDS.split(), *_parts(own_words)}, key=len, reverse=True)
    if _left_without(password, words) < _LEAST_LEFT:
        return ["It is made of words, names or dates that others would try first. Choose words without any connection."]
    if min(_guesses(password, words), _guesses(_folded(password), words)) < FEWEST_GUESSES:
        return ["It is easy to guess. Add a word or two that have nothing to do with the rest."]
    return []


def _guesses(text: str, words: list[str]) -> int:
    from zxcvbn import zxcvbn  # its lists of words take 11 MB, and few processes are told a password

    return int(zxcvbn(text[:_READ], user_inputs=list(words))["guesses"])


def _left_without(password: str, words: list[str]) -> int:
    """Return how many different letters and digits are left when words, years and other numbers are taken out."""
    least = SHORTEST
    for text in {_folded(password), _plain(password)}:
        rest = text
        for word in words:
            rest = rest.replace(word, " ").replace(word[::-1], " ")
        least = min(least, len(set(re.sub(r"[\W\d_]+", "", rest))))
    return least


def _parts(texts: Iterable[str]) -> Iterator[str]:
    """Return the words of texts; those of one or two letters stand in too many others."""
    for text in texts:
        yield from (word for word in re.split(r"[\W\d_]+", _plain(text)) if len(word) > 2)  # noqa: PLR2004 - said above


def _plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _folded(text: str) -> str:
    """Return a plain text with letters for the digits and signs that people put in their place."""
    return _plain(text).translate(_LOOKALIKES)


def role_by_claims(role: str, claimed: AbstractSet[str]) -> str:
    """Return the role that somebody has once a provider claims these: one that two people gave only stays.

    Without a claim it is that of who has just been invited.
    """
    if role in claimed & GIVEN_BY_TWO:
        return role
    return Role.OFFICER if Role.OFFICER in claimed else Role.VIEWER
