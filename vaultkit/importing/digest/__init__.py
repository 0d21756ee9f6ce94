"""Notes about papers that someone keeps as issues and publishes as pages: what a note is (`note`), how the pages are
told from others (`shape`), and the two forms that name the issues: pages of HTML (`pages`) and XML (`entries`).
"""
