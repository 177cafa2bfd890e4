"""The API of retention; redactions are proposed at the address of their record (sgoffice/api/redactions.py)."""
