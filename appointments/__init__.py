"""First floor: who holds which post, by which decision of which body.

May import sgoffice, not engagements.
"""
