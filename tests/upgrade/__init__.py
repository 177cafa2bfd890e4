"""A register of each release is migrated to today's schema; a migration that landed never changes.

`python -m tests.upgrade.landed` records new migrations, `python -m tests.upgrade.schema` the schema that they make,
`python -m tests.upgrade.dump` a small register of this version, once for each release.
"""
