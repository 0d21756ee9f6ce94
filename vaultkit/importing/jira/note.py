"""What an issue of Jira is in the terms of all trackers (`issue.model`), its texts as Markdown.

Knows what only Jira means: categories of statuses, resolutions, fields made for one site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vaultkit.importing.entry import Entry, Notice, NoticeKind, Value
from vaultkit.importing.issue import model, note
from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.issue.files import resolver, section
from vaultkit.importing.jira.custom import found, is_epic
from vaultkit.importing.jira.ticket import Markup, Remark, Section, Text, Ticket
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.from_adf import from_adf
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.from_jira import from_jira
from vaultkit.importing.markup.markdown import escape

_DONE = frozenset(
    "done complete completed 完了 完了済み fertig erledigt terminé terminée listo terminado hecho finalizado"
    " concluído готово 完成 완료 closed resolved クローズ クローズ済み 解決済み geschlossen gelöst fermé fermée résolu"
    " résolue cerrado cerrada resuelto resuelta fechado resolvido".split()
)
"""Names of the category, and of the statuses that Jira itself has in it."""
_UNRESOLVED = frozenset(
    {
        *("unresolved", "未解決", "nicht erledigt", "unerledigt", "nicht gelöst", "ungelöst", "non résolu"),
        *("non résolue", "sin resolver", "não resolvido", "未解决", "해결되지 않음", "none"),
    }
)


def resolution(word: str) -> str:
    """Why an issue was closed; "" for the words by which Jira says that it was not."""
    return "" if word.strip().casefold() in _UNRESOLVED else word.strip()


def state(category: str, resolution: str, is_resolved: bool) -> str:
    """`open` or `closed`: by the category of the status, `done` or its name in any language (or by the status itself,
    of an export that says no more), else by the resolution."""
    if category:
        return "closed" if category.strip().casefold() in _DONE else "open"
    return "closed" if resolution or is_resolved else "open"


def scope_of(key: str) -> str:
    """`SHOP` of `SHOP-12`."""
    return key.rpartition("-")[0]


class Notes:
    """Makes the notes of one run. `people`: shown names by names and ids; `names`: those of custom fields by id."""

    def __init__(self, people: Mapping[str, str], names: Mapping[str, str], notices: list[Notice]) -> None:
        self._people = people
        self._names = names
        self._notices = notices
        self.nameless: dict[str, str] = {}
        """Values of the custom fields whose names nobody says."""

    def entry(self, ticket: Ticket, remarks: Iterable[Remark]) -> Entry:
        """The note of `ticket` with all of `remarks`."""
        issue, parent = ticket.issue, ticket.issue.parent
        sections, properties = list(ticket.sections), dict(issue.more)
        for field in ticket.custom:
            name = field.name or self._names.get(field.id, "")
            if is_epic(field, name):
                parent = parent or str(field.value)
                continue
            became = found(field, name or field.id)
            if became.section:
                sections.append(became.section)
            elif became.name and not name:
                self.nameless.setdefault(field.id, f"{issue.number}: {became.value}")
            elif became.name:
                properties.setdefault(became.name, became.value)
        body = [
            f"## {escape(one.title)}\n\n{text}" if one.title else text for one, text in self._texts(ticket, sections)
        ]
        comments = [self._comment(ticket, one) for one in remarks]
        written = "\n\n".join([*body, *(one.body for one in comments)])
        if files := section(ticket.files, written):
            body.append(files)
        more: tuple[tuple[str, Value], ...] = tuple(properties.items())
        whole = replace(issue, parent=parent, body="\n\n".join(body), comments=tuple(comments), more=more)
        return note.entry(whole)

    def markdown(self, ticket: Ticket | None, text: Text, place: str) -> str:
        """`text` of `ticket` as Markdown; what had no place in it becomes a notice."""
        resolve = resolver(ticket.files if ticket else ())
        if text.markup is Markup.ADF:
            done = from_adf(text.content, resolve)
        elif text.markup is Markup.HTML:
            done = from_html(str(text.content), resolve)
        elif text.markup is Markup.WIKI:
            done = from_jira(str(text.content), resolve, self._people)
        else:
            done = Converted(str(text.content))
        for lost in done.lost:
            message = "this has no place in a note and was left out"
            self._notices.append(Notice(NoticeKind.UNPLACED, place, message, lost))
        return done.text

    def person(self, name: str) -> str:
        """How the user is called whom the export names by an id."""
        return without_host(self._people.get(name, name))

    def _texts(self, ticket: Ticket, sections: Iterable[Section]) -> Iterable[tuple[Section, str]]:
        place = f"{ticket.issue.origin}: {ticket.issue.place}"
        for one in sections:
            if text := self.markdown(ticket, one.text, place):
                yield one, text

    def _comment(self, ticket: Ticket, one: Remark) -> model.Comment:
        url = f"{ticket.issue.url}?focusedCommentId={one.id}" if ticket.issue.url and one.id.isdecimal() else ""
        text = self.markdown(ticket, one.text, f"{one.origin}: {one.place}")
        author = self.person(one.author)
        return model.Comment(id=one.id, body=text, author=author, created=one.created, url=url, is_system=one.is_system)
