"""Spreadsheets that an office brings: read, mapped to fields, tried without a trace, then entered by a worker.

Stands on changes, records and the API's manners. What a row means is declared by the apps above in `<app>/sheets.py`.
"""
