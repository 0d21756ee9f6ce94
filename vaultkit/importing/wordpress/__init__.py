"""The XML that WordPress exports (WXR): `site` is what must be known before the first post, `shortcodes` is its markup,
`item` makes posts of it.
"""
