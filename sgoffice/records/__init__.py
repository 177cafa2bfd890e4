"""What a record is: its models, markings, identifiers, dates and triggers, and what the register refuses.

Stands on sgoffice.feed and sgoffice.database. A record changes through sgoffice.changes alone.
"""
