"""States and territories by any of their codes and names, in every language that public tables have.

`codes` says what a code stands for, `names` whom a name means, `suggestions` what somebody may be typing. The tables in
`data/` are compiled by `gathering`; nothing is read before it is asked for.
"""
