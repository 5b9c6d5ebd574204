"""docs/commands.md lists every error code as the catalogue has it."""

from pathlib import Path

from scorer.errors import CATALOGUE

DOC = Path(__file__).parent.parent / "docs" / "commands.md"


def test_every_code_is_documented_as_it_is() -> None:
    rows = [f"| `{code}` | {what} | {remedy} |" for code, (what, remedy) in CATALOGUE.items()]
    text = DOC.read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| `")]
    assert table == rows, "\n".join(["the table should be:", *rows])
