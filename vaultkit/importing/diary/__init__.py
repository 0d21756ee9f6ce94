"""What diary apps have in common beside the text: a title that is only the first line, a place, the weather, a song.

Knows how each is written in a note, for all diaries alike. Knows no format.
"""
