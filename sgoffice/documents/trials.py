"""What is only tried: it is rolled back, so nobody finds it, and no partner gets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_is_trial: ContextVar[bool] = ContextVar("is_trial", default=False)


@contextmanager
def trying() -> Iterator[None]:
    """Make no partner documents inside, and documents and search rows only of what is looked for by name.

    The caller rolls back.
    """
    token = _is_trial.set(True)
    try:
        yield
    finally:
        _is_trial.reset(token)


def is_trial() -> bool:
    return _is_trial.get()
