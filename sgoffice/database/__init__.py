"""Django's PostgreSQL engine, which starts an embedded server if DATABASE_URL is not set.

`base` is the engine. `server` starts and stops the server, `places` finds its folders, `processes` distinguishes a live
server from the remains of a killed one, `binaries` finds PostgreSQL's programs, `roles` creates roles and the database,
`grants` sets the rights of the application. `upgrades` is how `migrate` treats a database in use, `schema` compares
what a database has with what this version needs.
"""
