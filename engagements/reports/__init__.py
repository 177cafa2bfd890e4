"""Reports: what the register knows of one counterpart, or of one visit, gathered for a reader. No tables of their own.

An app that stands on the log and on the agreements; nothing may import it.
"""
