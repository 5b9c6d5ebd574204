"""Writes what README.md and docs/commands.md take from the program: `python -m scripts.docs`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scorer.errors import CATALOGUE

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
DEMO = re.compile(r"(?<=<!-- demo: written by scripts.docs -->\n).*?(?=<!-- /demo -->)", re.S)
CODES = re.compile(r"(?<=\| code \| message \| what to do \|\n\|---\|---\|---\|\n).*", re.S)


def demo_excerpt() -> str:
    """Return the first report's score and its sum, as `corroborate demo` prints them."""
    shown = subprocess.run(
        [sys.executable, "-m", "scorer", "demo"],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
    ).stdout
    panel = [line.strip("│ ") for line in shown.partition("╰")[0].splitlines()]
    rows = [line[2:-2].rstrip() for line in shown.partition("╰")[0].splitlines()]
    first = next(n for n, line in enumerate(panel) if re.match(r"\d+ claims?, ", line))
    return "```text\n" + "\n".join(rows[first:]) + "\n```\n"


def error_rows() -> str:
    """Return the table's row of each error code."""
    return "".join(
        f"| `{code}` | {message} | {suggestion} |\n"
        for code, (message, suggestion) in CATALOGUE.items()
    )


def with_demo(readme: str) -> str:
    """Return the README with the demo's output in its place."""
    return DEMO.sub(lambda _: demo_excerpt(), readme)


def with_codes(commands: str) -> str:
    """Return the contract with the error codes in their place."""
    return CODES.sub(lambda _: error_rows(), commands)


if __name__ == "__main__":
    README.write_text(with_demo(README.read_text("utf-8")), "utf-8")
    COMMANDS.write_text(with_codes(COMMANDS.read_text("utf-8")), "utf-8")
