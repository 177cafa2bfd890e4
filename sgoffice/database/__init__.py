"""Django's PostgreSQL engine, which starts an embedded server of its own when DATABASE_URL is not set.

`base` is the engine, `server` starts and stops, `binaries` finds PostgreSQL, `roles` makes roles and the database.
"""
