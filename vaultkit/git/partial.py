"""What a partial clone lacks, fetched in one go: git itself asks the server for one blob after the other.

Knows how git asks; whether something is missed when that fails is told when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from vaultkit.git.plumbing import GitError, Repository

_PROMISES = re.compile(rb"^remote\.(.*)\.promisor ", re.M)
_MISSING = ("rev-list", "--objects", "--no-walk", "--missing=print", "HEAD")
_FETCH = ("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
          "--no-auto-gc", "--recurse-submodules=no", "--filter=blob:none", "--stdin")  # fmt: skip


def promising_remote(repository: Repository) -> bytes:
    """The remote that has what a partial clone lacks; empty: the clone is a whole one. Raises GitError."""
    found = _PROMISES.search(repository.configured(r"^remote\..*\.promisor$"))
    return found[1] if found else b""


def fetch_missing(repository: Repository, blobs: Collection[str]) -> None:
    """Have a partial clone fetch those of the `blobs` of its last commit that it lacks. Never fails: where it can't,
    git asks for each again when it is read."""
    try:
        remote = promising_remote(repository)
        if not remote:
            return
        lines = repository.ask(*_MISSING).decode().splitlines()
        missing = {line[1:] for line in lines if line.startswith("?")}.intersection(blobs)
        if missing:
            repository.tell("".join(f"{blob}\n" for blob in sorted(missing)).encode(), *_FETCH, remote)
    except GitError:  # no commit yet; the server is away
        return
