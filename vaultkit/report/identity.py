"""What makes a diagnostic the same one in two runs, for programs that tell new ones from old ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from vaultkit.linting.placed import Placed


def identities(found: Iterable[Placed]) -> list[str]:
    """A name of 32 letters for each, no two the same: by note, rule and message, and which of several alike it is.

    Lines do not count: text that is put in above changes none.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    out = []
    for one in found:
        key = (one.path, one.rule, one.message)
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        out.append(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    return out
