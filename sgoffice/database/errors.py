"""The error of the embedded server, and what is known of a transaction that broke off."""


class ServerError(RuntimeError):
    """The embedded server cannot run; the text says what to do."""


def note_unknown_outcome(error: BaseException) -> None:
    """Note on an error that the server was told to commit and never said whether it did."""
    error.__dict__["is_outcome_unknown"] = True


def is_outcome_unknown(error: BaseException) -> bool:
    """Tell whether what failed may have been saved all the same."""
    return bool(error.__dict__.get("is_outcome_unknown"))
