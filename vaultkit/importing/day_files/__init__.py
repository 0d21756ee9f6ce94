"""What a folder of Markdown files needs whose names are days: which folders are such, front matter, links between."""
