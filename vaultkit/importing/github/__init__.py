"""GitHub's issues: what they are (`records`), how JSON fields are read (`fields`), how a note is made of them (`note`).

Knows nothing of files and of the ways in which issues are exported; that is the sources' part.
"""
