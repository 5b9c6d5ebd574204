"""PolNeAR in both of its forms, on made-up articles."""

import json
from pathlib import Path

import pytest

from scorer.errors import CorroborateError
from training.corpora import polnear

NAME = "gazette_2016-03-04_harbour-to-close"
TEXT = "“It is over,” the mayor said 😀 on Friday, “for good.”\nShe added that ships were gone."


def span(quote: str) -> list[int]:
    start = TEXT.index(quote)
    return [start, start + len(quote)]


def standoff_span(*quotes: str) -> str:
    return ";".join(f"{s} {e}" for s, e in map(span, quotes))


SAID = {
    "id": "E1",
    "source": [span("the mayor")],
    "cue": [span("said")],
    "content": [span("“It is over,”"), span("“for good.”")],
}
ADDED = {
    "id": "E2",
    "source": [],
    "cue": [span("added")],
    "content": [span("that ships were gone")],
}
EMPTY = {"id": "E3", "source": [span("ships")], "cue": [], "content": []}
STANDOFF = f"""\
T1\tSource {standoff_span("the mayor")}\tthe mayor
T2\tCue {standoff_span("said")}\tsaid
T3\tContent {standoff_span("“It is over,”", "“for good.”")}\t“It is over,” “for good.”
T4\tAttribution {standoff_span("said")}\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
E2\tAttribution-no-source:T7 Cue:T5 Content:T6
T5\tCue {standoff_span("added")}\tadded
T6\tContent {standoff_span("that ships were gone")}\tthat ships were gone
T7\tAttribution-no-source {standoff_span("added")}\tadded
T8\tDiscard {standoff_span("on Friday")}\ton Friday
E3\tAttribution-no-source:T7{" "}
#1\tAnnotatorNotes T8\tunsure
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    split = tmp_path / "data" / "train"
    (split / "text").mkdir(parents=True)
    (split / "attributions").mkdir()
    (split / "text" / f"{NAME}.txt").write_bytes(TEXT.encode())
    (split / "attributions" / f"{NAME}_4b22.ann").write_text(STANDOFF, encoding="utf-8")
    (split / "attributions" / f"{NAME}_ef2d.ann").write_text("", encoding="utf-8")
    (tmp_path / "data" / "metadata.tsv").write_text(
        "compartment\tfilename\tpublisher\tpublication_date\tauthor\ttitle\twire\n"
        f'train\t{NAME}\tgazette\t2016-03-04\tA. Writer\tThe "harbour" to close\tAP\n',
        encoding="utf-8",
    )
    return tmp_path


def json_lines(folder: Path, *attributions: object) -> Path:
    article = {
        "id": NAME,
        "publisher": "gazette",
        "date": "2016-03-04",
        "title": 'The "harbour" to close',
        "author": "A. Writer",
        "wire": "AP",
        "annotators": 2,
        "text": TEXT,
        "attributions": list(attributions),
    }
    (folder / "train.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    return folder


def test_both_forms_give_the_same_articles(repository: Path, tmp_path: Path) -> None:
    lines = json_lines(tmp_path, SAID, ADDED, EMPTY)
    from_lines = polnear.load(lines, "train").to_list()
    (lines / "train.jsonl").unlink()
    assert polnear.load(repository, "train").to_list() == from_lines
    assert polnear.load(repository / "data", "train").to_list() == from_lines
    assert from_lines[0]["attributions"] == [SAID, ADDED]


def test_without_metadata_the_name_tells_publisher_and_date(repository: Path) -> None:
    (repository / "data" / "metadata.tsv").unlink()
    article = polnear.load(repository, "train")[0]
    assert (article["publisher"], article["date"], article["title"]) == (
        "gazette",
        "2016-03-04",
        "",
    )


def test_carriage_returns_do_not_shift_offsets(repository: Path) -> None:
    text = repository / "data" / "train" / "text" / f"{NAME}.txt"
    text.write_bytes(b"\r\n" + TEXT.encode())
    assert polnear.load(repository, "train")[0]["text"].startswith("\r\n")


def test_a_folder_without_the_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorroborateError, match=r"corpus_not_found: .*dev"):
        polnear.load(tmp_path, "dev")
