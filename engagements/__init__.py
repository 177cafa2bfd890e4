"""Second floor: the engagement log, with agreements and reports inside.

May import appointments and sgoffice, which must not import it.
"""
