"""Signing in: the password, then a second factor from whom one is asked. Before it a session is nobody's."""
