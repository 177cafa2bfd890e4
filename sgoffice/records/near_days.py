"""Days that people name from today: “yesterday”, “next Tuesday”, “mardi prochain”."""

from datetime import date, timedelta

_WORDS = {
    "today": 0, "aujourd'hui": 0, "hoy": 0, "اليوم": 0, "yesterday": -1, "hier": -1, "ayer": -1, "امس": -1,
    "tomorrow": 1, "demain": 1, "manana": 1, "غدا": 1, "day before yesterday": -2, "avant-hier": -2, "anteayer": -2,
    "day after tomorrow": 2, "apres-demain": 2, "pasado manana": 2,
}  # fmt: skip
_NAMES = (
    "monday mon lundi lunes الاثنين", "tuesday tue tues mardi martes الثلاثاء",
    "wednesday wed mercredi miercoles الاربعاء",
    "thursday thu thurs jeudi jueves الخميس", "friday fri vendredi viernes الجمعة", "saturday sat samedi sabado السبت",
    "sunday sun dimanche domingo الاحد",
)  # fmt: skip
_WEEKDAYS = {name: place for place, names in enumerate(_NAMES) for name in names.split()}
_AHEAD = frozenset(["next", "coming", "prochain", "proximo", "القادم", "القادمة", "المقبل", "المقبلة"])
_BACK = frozenset(["last", "past", "dernier", "pasado", "الماضي", "الماضية"])
_FILLERS = frozenset(["the", "on", "this", "le", "el", "يوم"])
_WEEK = 7


def near_day(plain: str, *, today: date) -> date | None:
    """Return the day that folded words mean today; None for any other text.

    “Next Tuesday” is the first one after today, “last Tuesday” the one before; “Tuesday” alone may be either.
    """
    words = [word for word in plain.split() if word not in _FILLERS]
    if (steps := _WORDS.get(" ".join(words))) is not None:
        return today + timedelta(days=steps)
    weekdays = [_WEEKDAYS[word] for word in words if word in _WEEKDAYS]
    others = {word for word in words if word not in _WEEKDAYS}
    if len(weekdays) != 1 or len(others) != 1:
        return None
    if others <= _AHEAD:
        return today + timedelta(days=(weekdays[0] - today.weekday() - 1) % _WEEK + 1)
    if others <= _BACK:
        return today - timedelta(days=(today.weekday() - weekdays[0] - 1) % _WEEK + 1)
    return None
