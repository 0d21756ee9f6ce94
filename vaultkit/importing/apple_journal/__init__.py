"""Apple Journal: what its pages say of an entry.

`page` reads the HTML of one entry, `assets` knows what each card of it becomes.
"""
