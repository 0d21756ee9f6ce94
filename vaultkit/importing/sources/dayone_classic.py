"""Day One classic: a folder `Journal.dayone` with a property list for each entry, as the first Day One kept them.

How to get it: the journal lies in `Dropbox/Apps/Day One/Journal.dayone`, in `iCloud Drive`, or where a backup of Day
One classic put it (*File → Backup Database*). It is a folder, which macOS shows as one file: give it as it is, or
zipped, or a single `.doentry`. What jrnl writes for `type: dayone` is the same.

Knows the files of such a journal. What a record says is known by `dayone/classic`. Entries bear the ids that Day One 2
gave them when it took them over, so that its export, imported later, continues these notes.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from vaultkit.errors import ExportError
from vaultkit.importing.dayone.classic import entry
from vaultkit.importing.entry import Attachment, Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "dayone-classic"
LABEL = "Day One classic journals (.dayone, .doentry)"
NAME = "dayone"
EXTENSIONS = ".doentry"
KEPT = "photos, tags, dates in the zone of the entry, stars, places, weather, music"
NOT_KEPT = "devices"

_SUFFIX = ".doentry"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".heic")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BROKEN = (ExpatError, plistlib.InvalidFileException, ValueError, OverflowError, LookupError, TypeError, RecursionError)
"""What the library raises for property lists that are none. (AttributeError: a date of another form.)"""


def identify(export: Export) -> Verdict:
    """Ours is a file `….doentry`, and a folder or archive that holds one."""
    if any(file.path.suffix.lower() == _SUFFIX for file in export.files):
        return CLAIMED
    return declined("no `.doentry` in it" if export.is_folder else "its name does not end in `.doentry`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each `.doentry`, in the order of their names. One that is no property list is FAILED."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, options.date_order)
    for export in exports:
        pictures = {
            (file.path.parent.parent, file.path.stem.upper()): file.path
            for file in export.files
            if file.path.suffix.lower() in _PICTURES and file.path.parent.name == "photos"
        }
        for file in export.files:
            if file.path.suffix.lower() != _SUFFIX:
                continue
            record = _record(file)
            if isinstance(record, Notice):
                yield record
                continue
            stem = file.path.stem
            picture = pictures.get((file.path.parent.parent, stem.upper()))
            if picture is None and not export.is_folder:
                beside = file.path.parent.parent / "photos"
                picture = next((p for s in _PICTURES if export.find(str(p := beside / f"{stem}{s}"))), None)
            photo = Attachment(picture.name, str(picture)) if picture else None
            made = entry(Fields(record, str(file.path), "line 1", notices), stem, photo, export.name, clock)
            yield from notices
            notices.clear()
            yield made
            pictures.pop((file.path.parent.parent, stem.upper()), None)
        if pictures:
            message = f"{len(pictures)} of its photos are of no entry; they were not copied"
            yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(map(str, pictures.values())))


def _record(file: ExportFile) -> dict[str, object] | Notice:
    """The property list of a file, in XML or binary."""
    try:
        data = file.load()
    except ExportError as e:
        return Notice(NoticeKind.FAILED, str(file.path), str(e))
    try:
        found = plistlib.loads(data if data.startswith(b"bplist") else _CONTROL.sub(b"", data))
    except (*_BROKEN, AttributeError) as e:
        line = getattr(e, "lineno", 1)
        message = f"is no property list that can be read ({e}); not imported"
        return Notice(NoticeKind.FAILED, f"{file.path}: line {line}", message, data.decode("utf-8", "replace"))
    if not isinstance(found, dict):
        message = "holds no record of an entry; not imported"
        return Notice(NoticeKind.FAILED, f"{file.path}: line 1", message, data.decode("utf-8", "replace"))
    return found
