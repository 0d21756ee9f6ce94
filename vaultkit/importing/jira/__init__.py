"""Jira's issues: what they are (`ticket`), the forms in which they are exported (`rest`, `table` with its `headers`,
`feed`), the values of custom fields (`custom`), and what they are in the terms of all trackers (`note`).

Knows nothing of which file is which, and of copies of one issue; that is the source's part (`sources.jira`).
"""
