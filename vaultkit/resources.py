"""What vaultkit ships beside its code: the rules, the starter vault, the demo exports.

Knows where they lie in a checkout and in an installed wheel; knows nothing of what is in them.
"""

from __future__ import annotations

from pathlib import Path

from vaultkit.errors import VaultkitError

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder `name` (`rules`, `vault-template`, `demo-exports`): in the checkout, else in the installed package.

    Raises VaultkitError when it is in neither, so that the installation is incomplete.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    installed = _PACKAGE / "_shipped" / name
    if installed.is_dir():
        return installed
    raise VaultkitError(f"{installed}: is missing from this installation of vaultkit; install it again")
