"""The one fault of the embedded server that its callers know."""


class ServerError(RuntimeError):
    """The embedded server cannot run; the text says what to do."""
