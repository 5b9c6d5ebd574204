"""The published figures are complete and say where they come from."""

import tomllib
from pathlib import Path

import training


def test_every_figure_names_its_source() -> None:
    path = Path(training.__file__).with_name("published_figures.toml")
    figures = tomllib.loads(path.read_text(encoding="utf-8"))["figure"]
    assert len({figure["name"] for figure in figures}) == len(figures) > 0
    for figure in figures:
        assert figure.keys() == {"model", "name", "corpus", "measure", "values", "source", "url"}
        assert figure["model"] in ("attribution", "relation")
        assert all(0 <= value <= 100 for value in figure["values"].values())
        assert figure["url"].startswith("https://")
