"""What the columns of Redmine's CSV are called: in English, Japanese, German, French and Spanish.

They are compared without case, blanks and signs; the first one is `#` in every language. Knows nothing of the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.importing.issue.column_names import by_name, plain

_NAMES = {
    "project": "Project|プロジェクト|Projekt|Projet|Proyecto",
    "type": "Tracker|トラッカー|Tipo",
    "parent": "Parent task|親チケット|Übergeordnetes Ticket|Übergeordnete Aufgabe|Tâche parente|Tarea padre",
    "status": "Status|ステータス|Statut|Estado",
    "priority": "Priority|優先度|Priorität|Priorité|Prioridad",
    "title": "Subject|題名|Thema|Sujet|Asunto",
    "author": "Author|作成者|Autor|Auteur",
    "assignee": "Assignee|Assigned to|担当者|Zugewiesen an|Assigné à|Asignado a",
    "updated": "Updated|更新日|Aktualisiert|Mis à jour|Mis-à-jour|Actualizado",
    "category": "Category|カテゴリ|Kategorie|Catégorie|Categoría",
    "version": "Target version|対象バージョン|Zielversion|Version cible|Versión prevista",
    "start": "Start date|開始日|Beginn|Début|Fecha de inicio",
    "due": "Due date|期日|Abgabedatum|Echéance|Échéance|Fecha fin",
    "estimate": "Estimated time|予定工数|Geschätzter Aufwand|Temps estimé|Tiempo estimado",
    "spent": "Spent time|作業時間|Aufgewendete Zeit|Temps passé|Tiempo dedicado",
    "done": "% Done|進捗率|進捗 %|% erledigt|% réalisé|% Realizado",
    "created": "Created|作成日|Angelegt|Créé|Creado",
    "closed": "Closed|終了日|Geschlossen|Fermé|Cerrado|Cerrada",
    "related": "Related issues|関連するチケット|Zugehörige Tickets|Demandes liées|Peticiones relacionadas",
    "files": "Files|ファイル|Dateien|Fichiers|Ficheros",
    "private": "Private|プライベート|Privat|Privée|Privada",
    "body": "Description|説明|Beschreibung|Descripción",
    "note": "Last notes|最新のコメント|最後のコメント|注記|Letzte Kommentare|Dernières notes|Últimas notas",
    "": "Parent task subject|親チケットの題名|Thema der übergeordneten Aufgabe|Total estimated time|合計予定工数"
    "|Summe des geschätzten Aufwands|Temps estimé total|Total spent time|合計作業時間|Summe der aufgewendeten Zeit"
    "|Temps passé total|Last updated by|最終更新者|Zuletzt bearbeitet von|Dernière mise à jour par|Watchers"
    "|ウォッチャー|Beobachter|Observateurs|Seguidores",
}
"""By what they are to us; "" for those that say what others say too, or nothing of the issue."""


_BY_NAME = by_name(_NAMES)
NUMBER, OTHER = "number", "other"
"""The column of the issue's number, and one that no one here knows: a custom field."""


def fields(header: Sequence[str]) -> tuple[str, ...]:
    """What each column of a header holds: a field of `_NAMES`, NUMBER or OTHER."""
    return tuple(NUMBER if name == "#" else _BY_NAME.get(plain(name), OTHER) for name in header)


def is_redmines(header: Sequence[str]) -> bool:
    """Whether these are columns of Redmine: the number comes first."""
    known = fields(header)
    own = {"project", "type", "status", "priority", "author", "updated", "assignee"}
    return known[:1] == (NUMBER,) and "title" in known and len(own.intersection(known)) >= 2
