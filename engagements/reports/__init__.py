"""Reports across the register for one reader: briefs, programmes, deadlines. An app without tables.

It stands on the log and the agreements; nothing may import it.
"""
