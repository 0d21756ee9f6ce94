"""GitLab's issues and merge requests: whose they are (`project`), what a record says (`records`, `notes`, `sheet`), how
they come together (`tracker`), and what they are in the terms of all trackers (`note`).

Knows nothing of files and of the ways in which issues are exported; that is the source's part.
"""
