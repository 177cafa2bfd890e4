"""The register whole: everything that people entered, in one file that another, empty register takes in.

`contents` says what is in it and in which shape, `packages` how the file is made, `checks` reads one and refuses it,
`schemas` describes its lines, `writing` and `bringing` carry it out and in. For operators: docs/operations.md.
`whole_register` lets one approver take it whom another one allowed to, by `api` and `desk`.
"""
