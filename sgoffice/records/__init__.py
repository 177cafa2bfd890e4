"""What a record is: its models, markings, identifiers, dates and triggers, and the errors that the register raises.

Builds on sgoffice.feed and sgoffice.database. Records are changed through sgoffice.changes only.
"""
