"""What the documents take from the program is what the program says now."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.docs import COMMANDS, README, with_codes, with_demo

REMEDY = "run `python -m scripts.docs`"


def test_the_readme_shows_the_demo_as_it_is() -> None:
    text = README.read_text("utf-8")
    assert _words(with_demo(text)) == _words(text), REMEDY


def _words(text: str) -> str:
    # Processors round int8 arithmetic differently: the last digit is no error of the document.
    return re.sub(r"\d+", "0", " ".join(text.split()))


def test_every_error_code_is_documented_as_it_is() -> None:
    text = COMMANDS.read_text("utf-8")
    assert with_codes(text) == text, REMEDY


def test_the_readme_names_commands_that_exist() -> None:
    text = README.read_text("utf-8")
    for script in ("scripts/install.sh", "scripts/test.sh"):
        assert f"sh {script}" in text
        assert (Path(__file__).parent.parent / script).is_file()
