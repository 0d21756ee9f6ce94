"""jrnl's text: which lines begin an entry (`heads`), and what an entry is in a note (`note`).

Knows nothing of files; that is `sources/jrnl`'s part.
"""
