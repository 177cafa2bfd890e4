"""Partner systems: who they are, what is released to them, their credentials, and the exchange that they pull.

Stands on the directory, the records and the feed. A partner is a stream of the feed by its own id.
"""
