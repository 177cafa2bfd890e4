"""The error of the embedded server."""


class ServerError(RuntimeError):
    """The embedded server cannot run; the text says what to do."""
