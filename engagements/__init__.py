"""Second floor: the engagement log, whom the office meets and what came of it; agreements/ stands on it.

Stands on appointments and sgoffice; nothing below may import it.
"""
