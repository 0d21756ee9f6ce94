"""GitHub's issues: what they are (`records`), and what they are in the terms of all trackers (`note`).

Knows nothing of files and of the ways in which issues are exported; that is the sources' part.
"""
