"""Lists taken away as files: CSV and XLSX in declared columns, or JSON lines of the documents as they are.

`lists` writes a list into a file, `names` finds the words that stand for ids, `spreadsheets` knows the two formats,
`spools` keeps on disk what is written until it is sent, and `answers` sends it. Doorways find the rows that their
reader may see. Nothing is imported here: what serves requests needs `spools` before there are models.
"""
