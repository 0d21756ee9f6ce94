"""Entry → the text of its note: properties as Obsidian writes them, then the body.

Knows the order of properties and how labels become tags. Pure; where links lead is settled before.
"""

from __future__ import annotations

from vaultkit.importing.entry import Entry, Kind, Value
from vaultkit.importing.note_id import ID
from vaultkit.vault.names import safe_name
from vaultkit.vault.tags import clean_tag
from vaultkit.vault.yaml_write import key_like, scalar_like, write_properties

_QUOTED = '"'


def compose(entry: Entry, id_: str, body: str, kind_tags: tuple[str, ...] = ()) -> str:
    """The whole note with LF line ends. `kind_tags` come before the tags made of the entry's labels."""
    return with_body(compose_head(entry, id_, kind_tags), body)


def with_body(head: str, body: str) -> str:
    """The note that begins with `head`."""
    text = body.strip("\n")
    return f"{head}{text}\n" if text else head


def compose_head(entry: Entry, id_: str, kind_tags: tuple[str, ...] = ()) -> str:
    """The front matter of the note, with its fences."""
    properties: list[tuple[str, Value]] = [(ID, id_)]
    if aliases := note_aliases(entry):
        properties.append(("aliases", aliases))
    properties += [pair for pair in entry.properties if pair[0] not in (ID, "aliases", "tags")]
    if entry.date and "date" not in dict(entry.properties):
        properties.append(("date", entry.date))
    tags, changed = note_tags(entry.labels, kind_tags)
    if tags:
        properties.append(("tags", tags))
    if changed:
        properties.append(("labels", changed))
    text = write_properties(properties)
    return f"---\n{''.join(map(_line, properties)) if '<%' in text else text}---\n"


def _line(pair: tuple[str, Value]) -> str:
    """One property. Templater runs `<% … %>` wherever it stands in a new note: its `%` is written in YAML's own way,
    `"<\\u0025 … %>"`, which reads the same."""
    key, value = pair
    text = write_properties([pair])
    if "<%" not in text:
        return text
    name = key_like(key, _QUOTED if "<%" in key else "")  # the id must be found by its plain name
    if isinstance(value, tuple):
        text = f"{name}:\n" + "".join(f"  - {scalar_like(item, _QUOTED)}\n" for item in value)
    else:
        text = f"{name}: {scalar_like(value, _QUOTED)}\n"
    return text.replace("<%", "<\\u0025")


def note_aliases(entry: Entry) -> tuple[str, ...]:
    """The entry's aliases, and its title when the file name does not carry it and no alias does. The name of a day's
    note is the day; what tells it from another, as the folder of its file, is no title."""
    title = entry.title
    is_day = entry.kind is Kind.DIARY and entry.date and not entry.name and ("title", title) in entry.properties
    is_name = title == str(entry.date) if is_day else safe_name(title) == title
    if not title or is_name or any(title in alias for alias in entry.aliases):
        return entry.aliases
    return (*entry.aliases, title)


def note_tags(labels: tuple[str, ...], kind_tags: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Valid tags for `labels`, each once whatever the case; and the labels that a tag could not carry to the letter."""
    tags: dict[str, str] = {tag.lower(): tag for tag in kind_tags}
    changed: dict[str, None] = {}
    for label in labels:
        tag = clean_tag(label)
        if tag:
            tags.setdefault(tag.lower(), tag)
        if tag != label and label.strip():
            changed[label] = None
    return tuple(tags.values()), tuple(changed)
