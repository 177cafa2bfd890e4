"""Reminders by mail: who wants which, what each says, and the worker that sends it once.

It stands on the reports; nothing may import it.
"""
