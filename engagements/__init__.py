"""Second floor: whom the office meets and what was agreed; agreements/ stands here.

Stands on appointments and sgoffice; nothing of theirs may look up to it.
"""
