"""`hooks:` as the commit will have it: from the `vaultkit.yaml` of the index.

A repository has one set of hooks, whatever number of vaults: the file nearest to its top that says something of hooks
holds for all. One that git does not track is read at the top only. The reader of YAML is loaded only where there is
something to read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from vaultkit.config_hooks import USUAL, HooksConfig
from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import TrackedFile

_NAME = "vaultkit.yaml"
_SAYS = re.compile(rb"^hooks[ \t]*:", re.M)


def read_hooks_config(repository: Repository) -> HooksConfig:
    """What holds in `repository`, also while a merge is not finished. Raises UsageError for a file that is wrong,
    GitError."""
    listed = os.fsdecode(repository.ask("ls-files", "-s", "-z", "--", _NAME, f":(glob)**/{_NAME}")).split("\0")[:-1]
    files: dict[str, TrackedFile] = {}
    for record in listed:
        fields, _, path = record.partition("\t")
        mode, blob, _ = fields.split(" ")
        files[path] = TrackedFile(mode, blob)
    with Blobs(repository) as blobs:
        return hooks_config(repository, blobs, files)


def hooks_config(repository: Repository, blobs: Blobs, files: Mapping[str, TrackedFile]) -> HooksConfig:
    """The same, where the files of the index are known."""
    found = [path for path in files if path.endswith(_NAME) and path[-len(_NAME) - 1 : -len(_NAME)] in ("", "/")]
    found = [path for path in found if files[path].mode.startswith("100")]
    for path in sorted(found, key=lambda path: (path.count("/"), path)):
        if _SAYS.search(data := blobs.read(files[path].blob)):
            return _parse(data, path)
    if _NAME not in found:
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
