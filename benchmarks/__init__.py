"""How fast vaultkit is, against rumdl and against what the disk alone costs: `python -m benchmarks`.

The way through: `__main__` reads the options, `figures` says what is measured, on which of the `vaults` (unpacked, or
made of the notes in `generated`) and with which of the `contestants`; `measure` runs them by turns, `table` prints.
`python -m benchmarks merge` (`merging`, `driving`, `edits`) measures how often a merge needs a person, beside git's,
and what a call of the merge driver costs. Nothing here is part of the installed program.
"""
