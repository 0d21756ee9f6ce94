"""The least that the disk costs, as a program of its own: `python floor.py stat|read FOLDER`.

Looks at what Obsidian looks at (nothing whose name begins with a dot). Knows nothing of Markdown.
"""

import os
import sys


def walk(root: str, read: bool) -> tuple[int, int]:
    """Stat every file below `root`; with `read`, read every byte of them, too. How many files, and bytes read."""
    files = read_bytes = 0
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                entry.stat()
                files += 1
                if read:
                    with open(entry.path, "rb", buffering=0) as file:
                        read_bytes += len(file.read())
    return files, read_bytes


if __name__ == "__main__":
    walk(sys.argv[2], read=sys.argv[1] == "read")
