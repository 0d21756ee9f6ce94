"""The vault's own settings in `.obsidian/`: daily notes, attachments, templates, link style, property types.

Knows the keys vaultkit needs and Obsidian's defaults for them. Reads text handed to it; never writes a setting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.vault.daily import format_date, parse_daily
from vaultkit.vault.names import normalize_path

if TYPE_CHECKING:
    import datetime as dt


class Settings(NamedTuple):
    """What `.obsidian/` says, with Obsidian's defaults where it says nothing."""

    daily_folder: str = ""
    daily_format: str = "YYYY-MM-DD"
    has_daily_notes: bool = False
    """Whether the vault says anything about daily notes."""
    attachment_folder: str = "/"
    templates_folder: str = ""
    daily_template: str = ""
    ignore: tuple[str, ...] = ()
    """`userIgnoreFilters`: hidden from search and lists, but still link targets. Prefixes, or `/regex/`."""
    link_format: str = "shortest"
    markdown_links: bool = False
    types: Mapping[str, str] = {}
    """Property types by name in lower case: text, multitext, number, checkbox, date, datetime, tags, aliases."""
    problems: tuple[str, ...] = ()
    """Files that could not be read, each with the reason."""

    def daily_path(self, date: dt.date) -> str:
        """Vault path of the daily note of `date`."""
        return normalize_path(f"{self.daily_folder}/{format_date(date, self.daily_format)}.md")

    def daily_date(self, path: str) -> dt.date | None:
        """The date of the note at `path` when it is a daily note (below the folder, name in the format), else None."""
        folder = f"{self.daily_folder}/" if self.daily_folder else ""
        if not path.startswith(folder) or not path.lower().endswith(".md"):
            return None
        return parse_daily(path[len(folder) : -3], self.daily_format)

    def ignored(self, path: str) -> bool:
        """Whether the user excluded `path` from lists."""
        for rule in self.ignore:
            if len(rule) > 2 and rule.startswith("/") and rule.endswith("/"):
                try:
                    if re.search(rule[1:-1], path):
                        return True
                except re.error:
                    continue
            elif path.startswith(rule):
                return True
        return False


def read_settings(read: Callable[[str], bytes | None]) -> Settings:
    """Settings from the files of the configuration folder; `read("app.json")` gives bytes, or None when absent."""
    problems: list[str] = []

    def load(name: str) -> dict[str, Any]:
        data = read(name)
        if data is None:
            return {}
        try:
            value = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as e:
            problems.append(f"{name}: is not valid JSON ({e})")
            return {}
        return value if isinstance(value, dict) else {}

    def text(value: Any, default: str = "") -> str:
        return value if isinstance(value, str) and value else default

    app, daily, templates, types = (load(f"{name}.json") for name in ("app", "daily-notes", "templates", "types"))
    ignore = app.get("userIgnoreFilters")
    known = types.get("types")
    return Settings(
        daily_folder=normalize_path(text(daily.get("folder"))),
        daily_format=text(daily.get("format"), "YYYY-MM-DD"),
        has_daily_notes=bool(daily.get("folder") or daily.get("format")),
        attachment_folder=text(app.get("attachmentFolderPath"), "/"),
        templates_folder=normalize_path(text(templates.get("folder"))),
        daily_template=normalize_path(text(daily.get("template"))),
        ignore=tuple(str(rule) for rule in ignore) if isinstance(ignore, list) else (),
        link_format=text(app.get("newLinkFormat"), "shortest"),
        markdown_links=app.get("useMarkdownLinks") is True,
        types={str(k).lower(): str(v) for k, v in known.items()} if isinstance(known, dict) else {},
        problems=tuple(problems),
    )
