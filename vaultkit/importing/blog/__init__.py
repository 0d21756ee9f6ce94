"""What a post of a blog is, whatever program wrote it: its note, its comments, the files it shows.

Knows no format of an export, and nothing of markup; that is `importing/markup/`.
"""
