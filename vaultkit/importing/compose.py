"""Entry → the text of its note: properties as Obsidian writes them, then the body.

Knows the order of properties and how labels become tags. Pure; where links lead is settled before.
"""

from __future__ import annotations

from vaultkit.importing.entry import Entry, Value
from vaultkit.importing.note_id import ID
from vaultkit.vault.names import safe_name
from vaultkit.vault.tags import clean_tag
from vaultkit.vault.yaml_write import key_like, scalar_like, write_properties

_QUOTED = '"'


def compose(entry: Entry, id_: str, body: str, kind_tags: tuple[str, ...] = ()) -> str:
    """The whole note with LF line ends. `kind_tags` come before the tags made of the entry's labels."""
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
    text = body.strip("\n")
    return f"---\n{''.join(map(_line, properties))}---\n" + (f"{text}\n" if text else "")


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
    """The entry's aliases, and its title when the file name could not carry it and no alias does."""
    title = entry.title
    if not title or safe_name(title) == title or any(title in alias for alias in entry.aliases):
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
