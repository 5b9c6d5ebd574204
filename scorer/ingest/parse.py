"""Bytes to JSON values, every failure told by its code."""

from __future__ import annotations

import codecs
import json
from typing import Any

from scorer.errors import CorroborateError

JSON_TYPES = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def decode(data: bytes) -> str:
    """Decode UTF-8, without the byte order mark where there is one.

    Raises
    ------
    CorroborateError
        ``not_utf8``, with the offset of the first bad byte from the start of `data`.
    """
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise CorroborateError(
            "not_utf8", byte=f"0x{data[error.start]:02x}", offset=error.start
        ) from error


def parse_json(data: bytes) -> Any:
    """Parse one JSON value; of repeated keys the last counts.

    Raises
    ------
    CorroborateError
        ``not_utf8`` or ``broken_json``.
    """
    text = decode(data)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f" (line {error.lineno})" if error.lineno > 1 else ""
        raise CorroborateError(
            "broken_json", column=error.colno, detail=error.msg + where
        ) from error
    except RecursionError as error:
        raise CorroborateError("broken_json", column=1, detail="nested too deeply") from error
    except ValueError as error:  # Python refuses integers of thousands of digits
        raise CorroborateError("broken_json", column=1, detail="a number is too long") from error


def parse_object(data: bytes) -> dict[str, Any]:
    """Parse one JSON object.

    Raises
    ------
    CorroborateError
        ``not_utf8``, ``broken_json`` or ``not_an_object``.
    """
    value = parse_json(data)
    if not isinstance(value, dict):
        raise CorroborateError("not_an_object", found=JSON_TYPES[type(value)])
    return value


def is_blank(data: bytes) -> bool:
    """Tell whether nothing but white space, or a byte order mark, is there."""
    return not data.removeprefix(codecs.BOM_UTF8).strip()
