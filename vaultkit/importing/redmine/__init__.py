"""Redmine's issues: those of its REST interface (`rest`), those of its CSV (`table`, with the names of its columns in
`headers`), and their notes (`note`). Knows nothing of which file is which; that is `sources.redmine`'s part.
"""
