"""Where things are: what travels with the program, and what this PC keeps of its own.

What travels lies in ``resources/`` beside the package in a checkout and inside the package once
installed; the folder made for PCs without Python is laid out like an installation.
What this PC keeps (replica numbers and keys, settings, fault reports) lies in the person's profile
and never in a book's folder, so that a copied book does not carry another PC's identity.
"""

from __future__ import annotations

import os
from pathlib import Path

PROFILE_VARIABLE = "ONELEDGER_PROFILE"


def resources() -> Path:
    """The folder with ``scheme/``, ``fonts/`` and whatever else travels with the program."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def scheme_folder(name: str) -> Path:
    """The folder of the shipped scheme called ``name``, such as ``investment``."""
    return resources() / "scheme" / name


def fonts_folder() -> Path:
    """The folder of the bundled Chinese faces."""
    return resources() / "fonts"


def profile() -> Path:
    """This person's folder on this PC; named, not made.

    ``ONELEDGER_PROFILE`` puts it elsewhere: tests, and PCs whose profiles are wiped at log-off.
    """
    elsewhere = os.environ.get(PROFILE_VARIABLE)
    if elsewhere:
        return Path(elsewhere)
    from platformdirs import user_data_path

    return user_data_path("OneLedger", appauthor=False)


def reports_folder() -> Path:
    """Where reports of faults of ours are saved, in the profile; named, not made."""
    return profile() / "reports"


def account() -> str:
    """The name of this person's account on the PC, "" when it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
