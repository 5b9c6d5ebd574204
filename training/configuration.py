"""Configuration files: TOML into a step's dataclass, unknown keys refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from scorer.errors import CorroborateError

C = TypeVar("C")

# Set as `__pydantic_config__` of a configuration dataclass: a misspelt key is an error.
STRICT = ConfigDict(extra="forbid")


def load_config(path: Path, kind: type[C]) -> C:
    """Read a configuration file.

    Parameters
    ----------
    path : Path
        TOML.
    kind : type
        The dataclass whose fields the file may set.

    Raises
    ------
    CorroborateError
        ``bad_config`` with a pointer to the first field that is unknown or of a wrong type.
    """
    try:
        return TypeAdapter(kind).validate_python(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        pointer = "".join(f"/{part}" for part in first["loc"])
        raise CorroborateError("bad_config", pointer, file=path, detail=first["msg"]) from None
