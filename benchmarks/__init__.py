"""How fast vaultkit is, against rumdl and against what the disk alone costs: `python -m benchmarks`.

The way through: `__main__` reads the options, `figures` says what is measured, on which of the `vaults` (unpacked, or
made of the notes in `generated`) and with which of the `contestants`; `measure` runs them by turns, `table` prints.
`python -m benchmarks merge` (`merging`, `edits`) measures no time but how often a merge needs a person, beside git's.
Nothing here is part of the installed program.
"""
