"""What is Logseq's own: its graph on the disk, its outlines, and how its links become names of entries."""
