"""vaultkit: exports of diaries and issue trackers in, a tended Obsidian vault out.

Two corridors on one ground floor, and git on the roof.

Importing (`importing.run.run_import` is the walk)::

    export → sources.<format>.read → Entry → place → escape → reference → compose → plan → apply → vault

`export` opens files and folders, a source turns one format into entries, `place` finds a path for each, `escape` makes
accidental syntax harmless, `reference` turns numbers, titles and dates into links, `compose` writes the text, `plan`
compares it with what was imported before (`ledger`) and with the note as it is now (`decide` is the table, `merge`
joins what both sides changed), `apply` writes. What the same exports gave last time is `remembered`; what a text
mentions that is not here is `waiting`; what cannot be joined is kept (`open_conflicts`) until it is settled (`settle`).

Linting (`linting.run.lint` is the walk)::

    vault.tree → vault.parse → Note → vault.index → linting.checks.<check> → Finding → Diagnostic → linting.fix | report

A rule is a YAML file in `rules/`; the check it names is a pure function over a note and the index.

`git/` sends the blobs of git's index down the second corridor. `vault/` is the ground floor: what Obsidian means by
notes, links, tags, names and settings; `cli/` is the only one that prints. What a command changes in a vault goes
through `vault.journal` as one transaction, which is finished after a crash and can be undone; `vault.disk` alone
changes the disk.
`dates/` reads dates as people write them, for both corridors.
Each floor imports only from those below: cli, git, report, linting and importing, config, dates, vault, errors.
"""

__version__ = "0.1.0"
