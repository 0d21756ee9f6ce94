"""What the columns of Jira's CSV are called: in English, Japanese, German, French and Spanish.

The names are those of the exporting person's language, and some changed over the years (`Issue key`, `Work item key`).
They are compared without case, blanks and signs. Knows nothing of the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vaultkit.importing.issue.column_names import by_name, plain

_NAMES = {
    "key": "Issue key|Work item key|Key|課題キー|作業項目キー|Vorgangsschlüssel|Schlüssel|Clé de ticket|Clé"
    "|Clave de incidencia|Clave|Chave da item",
    "id": "Issue id|Work item id|課題ID|作業項目ID|Vorgangs-ID|Vorgangsnummer|ID de ticket|Id. de ticket"
    "|ID de la incidencia|ID de incidencia",
    "title": "Summary|要約|概要|Zusammenfassung|Résumé|Resumen",
    "body": "Description|説明|Beschreibung|Descripción",
    "environment": "Environment|環境|Umgebung|Environnement|Entorno",
    "type": "Issue Type|Work type|課題タイプ|作業タイプ|Vorgangstyp|Type de ticket|Tipo de Incidencia"
    "|Tipo de actividad",
    "status": "Status|ステータス|状況|État|Statut|Estado",
    "category": "Status Category|ステータスカテゴリ|ステータスカテゴリー|Statuskategorie|Catégorie d'état"
    "|Catégorie de statut|Categoría de estado",
    "priority": "Priority|優先度|Priorität|Priorité|Prioridad",
    "resolution": "Resolution|解決状況|Lösung|Résolution|Resolución",
    "assignee": "Assignee|担当者|Bearbeiter|Zugewiesene Person|Zugewiesen|Responsable|Attribution|Persona asignada",
    "assignee id": "Assignee Id|担当者ID|Bearbeiter-ID|ID der zugewiesenen Person|ID de responsable",
    "reporter": "Reporter|報告者|Autor|Melder|Berichterstatter|Rapporteur|Informador",
    "reporter id": "Reporter Id|報告者ID|Autor-ID|Melder-ID|ID de rapporteur|ID de informador",
    "creator": "Creator|作成者|Ersteller|Créateur|Creador",
    "creator id": "Creator Id|作成者ID|Ersteller-ID|ID de créateur|ID de creador",
    "watcher": "Watchers|ウォッチャー|Beobachter|Observateurs|Observadores",
    "watcher id": "Watchers Id|ウォッチャーID|Beobachter-ID|ID d'observateurs|ID de observadores",
    "created": "Created|作成日|作成日時|作成済み|Erstellt|Création|Créé|Creada|Creado",
    "updated": "Updated|更新日|更新日時|更新済み|Aktualisiert|Mise à jour|Mis à jour|Actualizada|Actualizado",
    "closed": "Resolved|解決日|解決日時|解決済み|Erledigt|Gelöst|Résolu|Resolue|Resuelta|Resuelto",
    "due": "Due date|Due|期限|期日|Fälligkeitsdatum|Fällig|Date d'échéance|Échéance|Fecha de vencimiento",
    "label": "Labels|ラベル|Stichwörter|Schlagwörter|Étiquettes|Etiquetas",
    "component": "Component/s|Components|コンポーネント|Komponente/n|Komponente(n)|Komponenten|Composant/s|Composants"
    "|Componente/s|Componentes",
    "version": "Fix Version/s|Fix versions|修正バージョン|Lösungsversion(en)|Lösungsversion/en|Lösungsversionen"
    "|Korrekturversion|Version(s) corrigée(s)|Versions corrigées|Versión de corrección|Versiones de corrección",
    "affected": "Affects Version/s|Affects versions|影響バージョン|対象バージョン|Betrifft Version(en)"
    "|Betroffene Versionen|Affecte la/les version(s)|Versions affectées|Versiones afectadas|Afecta a la versión",
    "sprint": "Sprint|スプリント",
    "parent": "Parent key|親キー|Übergeordneter Schlüssel|Schlüssel des übergeordneten Elements|Clé parente"
    "|Clave principal",
    "parent id": "Parent|Parent id|親|親課題|親ID|親課題ID|Übergeordnet|Übergeordnete ID|Principal|ID parent",
    "epic": "Epic Link|エピックリンク|Epic-Verknüpfung|Epos-Verknüpfung|Lien d'epic|Enlace de epic",
    "comment": "Comment|Comments|コメント|Kommentar|Kommentare|Commentaire|Commentaires|Comentario|Comentarios",
    "file": "Attachment|Attachments|添付ファイル|Anhang|Anhänge|Pièce jointe|Pièces jointes|Adjunto|Archivo adjunto",
    "work": "Log Work|作業ログ|作業の記録|Arbeit protokollieren|Journal de travail|Registrar trabajo",
    "estimate": "Original estimate|初期見積り|初期見積もり|Ursprüngliche Schätzung|Estimation originale"
    "|Estimación original",
    "spent": "Time Spent|消費時間|作業時間|Zeitaufwand|Benötigte Zeit|Temps consacré|Tiempo empleado|Tiempo trabajado",
    "": "Project key|Project name|Project type|Project lead|Project lead id|Project description|Project url|Project"
    "|プロジェクト|プロジェクトキー|プロジェクト名|プロジェクトタイプ|プロジェクトリード|プロジェクトリーダー"
    "|プロジェクトリードID|プロジェクトの説明|プロジェクトURL|Projekt|Projektschlüssel|Projektname|Projekttyp"
    "|Projektleiter|Projektleitung|Projektleiter-ID|ID der Projektleitung|Projektbeschreibung|Projekt-URL"
    "|Clé de projet|Nom de projet|Type de projet|Responsable du projet|Description de projet|Clave del proyecto"
    "|Nombre del proyecto|Tipo de proyecto|Responsable del proyecto|Descripción del proyecto"
    "|Last Viewed|最終表示日|最終閲覧日|Zuletzt angesehen|Dernière consultation|Último visto|Votes|投票|票|Stimmen"
    "|Votos"
    "|Remaining Estimate|残余見積り|残りの見積もり|Verbleibende Schätzung|Estimation restante|Estimación restante"
    "|Work Ratio|作業比率|作業率|Arbeitsverhältnis|Arbeitsquote|Σ Original Estimate|Σ Remaining Estimate|Σ Time Spent"
    "|Σ初期見積り|Σ残余見積り|Σ消費時間|Σ Ursprüngliche Schätzung|Σ Verbleibende Schätzung|Σ Zeitaufwand"
    "|Σ Benötigte Zeit|Security Level|セキュリティレベル|Sicherheitsstufe|Parent summary|親の要約"
    "|Zusammenfassung des übergeordneten Elements"
    "|Status Category Changed|ステータスカテゴリの変更|Statuskategorie geändert",
}
"""By what they are to us; "" for those that say nothing of the issue itself."""


_BY_NAME = by_name(_NAMES)
_CUSTOM = re.compile(
    r"(?:custom field|benutzerdefinierte[ns]? feld(?:er)?|カスタム\s?フィールド|champs? personnalisés?"
    r"|campo personalizado)\s?[(（](?P<name>.+)[)）]",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"(?:(?P<inward>inward (?:issue|work item) link|eingehende (?:vorgangs)?verknüpfung|内向きの?課題リンク"
    r"|内部課題リンク|lien de tickets? entrant|enlace de incidencias? entrante)"
    r"|outward (?:issue|work item) link|ausgehende (?:vorgangs)?verknüpfung|外向きの?課題リンク|外部課題リンク"
    r"|lien de tickets? sortant|enlace de incidencias? saliente)\s?[(（](?P<name>.+)[)）]",
    re.IGNORECASE | re.DOTALL,
)
_NEEDED = ("key", "title")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a field of `_NAMES`, `custom`, `link in`, `link out`, or `other`. `name`: of the custom
    field, of the kind of link, or of a column that nobody here knows."""

    field: str
    name: str = ""


def columns(header: Sequence[str]) -> tuple[Column, ...]:
    """What each column of a header is."""
    return tuple(map(_column, header))


def is_jiras(header: Sequence[str]) -> bool:
    """Whether these are columns of Jira: with a key and a summary, and something that other trackers call otherwise."""
    found = {one.field for one in columns(header)}
    own = {"id", "type", "resolution", "category", "custom", "reporter", "link in", "link out"}
    return found.issuperset(_NEEDED) and not own.isdisjoint(found)


def _column(name: str) -> Column:
    if found := _CUSTOM.fullmatch(name):
        inner = found["name"].strip()
        known = _BY_NAME.get(plain(inner))
        return Column(known) if known in ("epic", "sprint") else Column("custom", inner)
    if found := _LINK.fullmatch(name):
        return Column("link in" if found["inward"] else "link out", found["name"].strip())
    field = _BY_NAME.get(plain(name))
    return Column("other", name) if field is None else Column(field)
