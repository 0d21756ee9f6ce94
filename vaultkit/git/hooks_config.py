"""`hooks:` as the commit will have it: from the `vaultkit.yaml` of the index.

A repository has one set of hooks, whatever number of vaults: the file nearest to its top that says something of hooks
holds for all. One that git does not track is read at the top only. The reader of YAML is loaded only where there is
something to read.
"""

from __future__ import annotations

import os
import re

from vaultkit.config_hooks import USUAL, HooksConfig
from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import Repository

_NAME = "vaultkit.yaml"
_SAYS = re.compile(rb"^hooks[ \t]*:", re.M)


def read_hooks_config(repository: Repository) -> HooksConfig:
    """What holds in `repository`. Raises UsageError for a file that is wrong, GitError."""
    listed = os.fsdecode(repository.ask("ls-files", "-s", "-z", "--", _NAME, f":(glob)**/{_NAME}")).split("\0")[:-1]
    blobs: dict[str, str] = {}
    for record in listed:
        fields, _, path = record.partition("\t")
        mode, blob, _ = fields.split(" ")
        if mode.startswith("100"):
            blobs[path] = blob
    with Blobs(repository) as read:
        for path in sorted(blobs, key=lambda path: (path.count("/"), path)):
            if _SAYS.search(data := read.read(blobs[path])):
                return _parse(data, path)
    if _NAME not in blobs:
        try:
            data = (repository.top / _NAME).read_bytes()
        except OSError:
            return USUAL
        if _SAYS.search(data):
            return _parse(data, _NAME)
    return USUAL


def _parse(data: bytes, name: str) -> HooksConfig:
    from vaultkit.config import parse_config

    return parse_config(data.decode("utf-8-sig", "replace"), name).hooks
