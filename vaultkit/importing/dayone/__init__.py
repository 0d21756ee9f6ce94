"""What Day One makes of text, photos and links, and what becomes of it in a note.

Knows the fields and the markup of an entry, of both generations; knows no files (`sources/dayone`, `dayone_classic`).
"""
