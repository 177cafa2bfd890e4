"""Django's PostgreSQL engine, which starts an embedded server of its own when DATABASE_URL is not set.

`base` is the engine. `server` starts and stops the server, `places` finds folders for it, `processes` tells a live one
from what a kill -9 left, `binaries` finds PostgreSQL's programs, `roles` makes roles and the database, `grants` says
what the application may do.
"""
