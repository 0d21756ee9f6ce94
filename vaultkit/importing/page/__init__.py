"""What a page of a static site is: its `fields` (front matter given a meaning) and the `site` it stands in.

Knows nothing of how its text is marked up; that is `importing/markup/`.
"""
