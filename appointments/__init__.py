"""First floor: who holds which post, by which decision of which body.

Stands on sgoffice; knows nothing of engagements.
"""
