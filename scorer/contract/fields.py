"""Fields of a JSON object, each taken with the check that its error names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from scorer.errors import CorroborateError
from scorer.ingest.parse import JSON_TYPES
from scorer.ingest.plain import SURROGATE
from scorer.types import Span, Spans

Label = TypeVar("Label", bound=str)

# Rounding eight probabilities to two decimals moves their sum by at most 0.04.
SUM_TOLERANCE = 0.04


def escape(name: str) -> str:
    """Write a field name as one token of a JSON pointer (RFC 6901, section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def readable_id(record: Mapping[str, Any]) -> str | None:
    """Return the id of a line that was refused, None where there is none that can be written."""
    value = record.get("id")
    return value if isinstance(value, str) and not SURROGATE.search(value) else None


def wrong_type(pointer: str, expected: str, value: object) -> CorroborateError:
    """Say what a field should have been and what it is."""
    return CorroborateError("wrong_type", pointer, expected=expected, found=JSON_TYPES[type(value)])


def required(record: Mapping[str, Any], name: str, pointer: str = "") -> Any:
    """Take the field `name`, which null does not satisfy."""
    if record.get(name) is None:
        raise CorroborateError("missing_field", f"{pointer}/{name}", field=name)
    return record[name]


def text(record: Mapping[str, Any], name: str, pointer: str = "") -> str:
    """Take a string that has to be there."""
    value = required(record, name, pointer)
    if not isinstance(value, str):
        raise wrong_type(f"{pointer}/{name}", "a string", value)
    if half := SURROGATE.search(value):
        raise CorroborateError(
            "lone_surrogate",
            f"{pointer}/{name}",
            code_point=f"{ord(half.group()):04X}",
            offset=half.start(),
        )
    return value


def optional_text(record: Mapping[str, Any], name: str, pointer: str = "") -> str | None:
    """Take a string that may be absent or null."""
    return None if record.get(name) is None else text(record, name, pointer)


def whole_number(record: Mapping[str, Any], name: str, pointer: str = "") -> int:
    """Take an integer that has to be there."""
    return _whole(required(record, name, pointer), f"{pointer}/{name}")


def objects(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Take an array of objects that has to be there."""
    value = required(record, name)
    if not isinstance(value, list):
        raise wrong_type(f"/{name}", "an array of objects", value)
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            raise wrong_type(f"/{name}/{index}", "an object", item)
    return value


def child(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Take an object that has to be there."""
    value = required(record, name)
    if not isinstance(value, dict):
        raise wrong_type(f"/{name}", "an object", value)
    return value


def label(value: object, allowed: Sequence[Label], pointer: str) -> Label:
    """Take one of a closed set of strings."""
    if value not in allowed:
        raise CorroborateError("bad_value", pointer, value=value, allowed=", ".join(allowed))
    return cast("Label", value)


def spans(value: object, length: int, pointer: str) -> Spans:
    """Take ``[[start, end], …]``, each within a text of `length` code points."""
    if not isinstance(value, list):
        raise wrong_type(pointer, "an array of [start, end]", value)
    return tuple(_pair(pair, length, f"{pointer}/{n}") for n, pair in enumerate(value))


def check_span(start: int, end: int, length: int, pointer: str) -> Span:
    """Refuse a span that is empty or leaves the text."""
    if not 0 <= start < end <= length:
        raise CorroborateError("span_out_of_text", pointer, start=start, end=end, length=length)
    return start, end


def distribution(value: object, allowed: Sequence[Label], pointer: str) -> dict[Label, float]:
    """Take a label, or an object of probabilities, as probabilities that sum to 1.

    An absent label has probability 0. A sum within `SUM_TOLERANCE` of 1 is rounding and is
    scaled away; any other is refused.
    """
    if isinstance(value, str):
        chosen = label(value, allowed, pointer)
        return {name: float(name == chosen) for name in allowed}
    if not isinstance(value, dict):
        raise wrong_type(pointer, "a string or an object of probabilities", value)
    for name in value:
        label(name, allowed, f"{pointer}/{escape(name)}")
    given = {name: value.get(name, 0.0) for name in allowed}
    if not all(_is_number(p) and 0 <= p <= 1 for p in given.values()):
        raise CorroborateError(
            "bad_probabilities", pointer, total="unknown", allowed=", ".join(allowed)
        )
    total = sum(given.values())
    if abs(total - 1) > SUM_TOLERANCE:
        raise CorroborateError(
            "bad_probabilities", pointer, total=f"{total:g}", allowed=", ".join(allowed)
        )
    return {name: p / total for name, p in given.items()}


def probability(value: object, pointer: str) -> float:
    """Take a number from 0 to 1."""
    if not _is_number(value):
        raise wrong_type(pointer, "a number", value)
    number = float(cast("float", value))
    if not 0 <= number <= 1:
        raise CorroborateError("bad_value", pointer, value=value, allowed="the numbers from 0 to 1")
    return number


def _pair(value: object, length: int, pointer: str) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise wrong_type(pointer, "[start, end]", value)
    start, end = (_whole(bound, f"{pointer}/{n}") for n, bound in enumerate(value))
    return check_span(start, end, length, pointer)


def _whole(value: object, pointer: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(pointer, "a whole number", value)
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
