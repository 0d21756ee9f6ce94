"""The registry of formats: one line each. mypy holds every module against the `Source` protocol."""

from __future__ import annotations

from vaultkit.errors import ExportError, UsageError
from vaultkit.importing.export import Export
from vaultkit.importing.source import Source
from vaultkit.importing.sources import (
    apple_journal,
    blogger,
    dated_text,
    day_files,
    daylio,
    dayone,
    dayone_classic,
    diarium,
    diaro,
    github_issues,
    gitlab_issues,
    google_keep,
    issue_digest,
    jira,
    journey,
    jrnl,
    linear_csv,
    logseq,
    markdown_page,
    movable_type,
    org,
    paper_pages,
    redmine,
    rednotebook,
    titled_text,
    wordpress,
)

SOURCES: dict[str, Source] = {
    dated_text.FORMAT: dated_text,
    day_files.FORMAT: day_files,
    titled_text.FORMAT: titled_text,
    issue_digest.FORMAT: issue_digest,
    paper_pages.FORMAT: paper_pages,
    markdown_page.FORMAT: markdown_page,
    github_issues.FORMAT: github_issues,
    logseq.FORMAT: logseq,
    org.FORMAT: org,
    jira.FORMAT: jira,
    linear_csv.FORMAT: linear_csv,
    redmine.FORMAT: redmine,
    dayone.FORMAT: dayone,
    journey.FORMAT: journey,
    jrnl.FORMAT: jrnl,
    dayone_classic.FORMAT: dayone_classic,
    movable_type.FORMAT: movable_type,
    wordpress.FORMAT: wordpress,
    blogger.FORMAT: blogger,
    gitlab_issues.FORMAT: gitlab_issues,
    rednotebook.FORMAT: rednotebook,
    google_keep.FORMAT: google_keep,
    diaro.FORMAT: diaro,
    diarium.FORMAT: diarium,
    apple_journal.FORMAT: apple_journal,
    daylio.FORMAT: daylio,
}


def source_for(export: Export, format_: str = "") -> Source:
    """The source that claims `export`, or the one named `format_`.

    Raises UsageError for an unknown name; ExportError when no source claims it (with each one's reason) or two do.
    """
    if format_:
        if format_ not in SOURCES:
            raise UsageError(f"--format {format_}: is unknown; known are {', '.join(SOURCES)}")
        return SOURCES[format_]
    if not any(file.head for file in export.files):
        raise ExportError(f"{export.name}: is empty")
    verdicts = {name: source.identify(export) for name, source in SOURCES.items()}
    claimed = [name for name, verdict in verdicts.items() if verdict.claimed]
    if len(claimed) == 1:
        return SOURCES[claimed[0]]
    if claimed:
        raise ExportError(f"{export.name}: could be {' or '.join(claimed)}; say which with --format")
    tried = "".join(f"\n  {name}: {verdict.why}" for name, verdict in verdicts.items())
    raise ExportError(f"{export.name}: no known format fits{tried}")
