"""What a record is, and the one door through which it changes.

Stands on sgoffice.database alone; every other app stands on it. Services use `changes` (create, change, set_parts),
`entries`, `links` and `corrections`; doorways read through `documents` and `history`.
"""
