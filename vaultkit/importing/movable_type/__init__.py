"""The text that Movable Type exports, and with it Hatena Blog, TypePad and others.

`records` reads it, `post` gives it a meaning.
"""
