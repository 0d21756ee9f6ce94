"""Where the text of a note is no Markdown: what stands there is neither footnote nor callout nor field.

Knows which regions hide syntax; the regions themselves are `scan`'s.
"""

from __future__ import annotations

from vaultkit.vault.note import LinkKind, Note, RegionKind, Span
from vaultkit.vault.spans import Spans

NOT_MARKDOWN = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT})
"""What a reader sees as it is written, or not at all."""
NOT_PROSE = NOT_MARKDOWN | {RegionKind.URL, RegionKind.HTML_TAG, RegionKind.HTML_BLOCK}


def inside(note: Note, kinds: frozenset[RegionKind]) -> Spans:
    """The regions of `note` of these kinds."""
    return Spans(region.span for region in note.regions if region.kind in kinds)


def hidden(note: Note, *also: RegionKind) -> Spans:
    """The stretches of `note` in which no other syntax counts: code, math, HTML, URLs, what stands in the brackets of
    wikilinks, destinations of Markdown links, and regions of the kinds in `also`."""
    kinds = NOT_PROSE.union(also)
    spans: list[Span] = [region.span for region in note.regions if region.kind in kinds]
    spans += [link.span if link.kind is LinkKind.WIKI else link.target_span for link in note.links]
    return Spans(spans)
