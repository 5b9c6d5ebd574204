"""Where the shipped data lies: inside the installed package, else in the checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from scorer.errors import CorroborateError


def data_path(name: str) -> Path:
    """Find shipped data by its name under ``data/``, whatever the working directory.

    Parameters
    ----------
    name : str
        A relative path, for instance ``"bundle"`` or ``"demo/trump-putin-call-2024.jsonl"``.

    Raises
    ------
    CorroborateError
        ``no_data`` if neither the package nor a checkout holds it.
    """
    package = Path(str(files("scorer")))
    for root in (package / "_data", package.parent / "data"):
        if (root / name).exists():
            return root / name
    raise CorroborateError("no_data", name=name)
