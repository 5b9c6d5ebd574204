"""What a format's reader hands on: loose fields, and where each was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of a report as found, named as in JSON Lines, not yet checked.

    `pointers` says where in the input a field was, if not under its own name.
    """

    fields: Mapping[str, object]
    pointers: Mapping[str, str] = field(default_factory=dict)

    def pointer(self, name: str) -> str:
        """Return the JSON pointer (RFC 6901) to the field `name`."""
        return self.pointers.get(name, f"/{name}")
