"""An entry of a diary app as an `Entry`: what all apps say of one, whatever they call it."""

from __future__ import annotations

from collections.abc import Iterable

from vaultkit.importing.entry import Attachment, Entry, Kind, Value
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.moment import Moment


def diary_entry(
    fields: Fields,
    key: str,
    body: str,
    title: str,
    written: Moment | None,
    *,
    labels: tuple[str, ...],
    properties: Iterable[tuple[str, Value]],
    attachments: tuple[Attachment, ...],
    export: str,
    names: tuple[str, ...] = (),
) -> Entry:
    """The entry of the record `fields` under `key`, which no other entry in the world has. `title`: "" for none;
    `written`: None for an undated one, which is called by its title, else its key. Empty `properties` are left out."""
    return Entry(
        kind=Kind.DIARY,
        key=key,
        is_key_unique=True,
        body=body,
        place=fields.place,
        origin=fields.origin,
        title=title,
        name="" if written else title or key,
        date=written.day if written else None,
        time=written.time if written else None,
        labels=labels,
        properties=tuple(pair for pair in properties if pair[1] not in ("", None)),
        names=names,
        attachments=attachments,
        export=export,
    )
