"""The commands as outside programs run them: real processes, real bytes, the shipped bundle."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "data" / "demo" / "trump-putin-call-2024.jsonl"
COMMAND = [sys.executable, "-m", "scorer"]
ESCAPE = "\x1b["

CLAIM_KEYS = [
    "id", "source", "cue", "content", "source_type", "source_type_probabilities", "anonymous",
    "anonymous_probability", "anonymous_kind", "source_count", "anonymity_reason",
]  # fmt: skip
REPORT_KEYS = [
    "id", "outlet", "domain", "status", "value", "log_odds", "prior", "interval", "flag",
    "back_dated", "n_claims", "n_anonymous", "n_contradicted", "n_tested", "claims",
    "contributions", "as_of", "known_at", "model_version", "scoring_version",
]  # fmt: skip
CLAIM_SCORE_KEYS = [
    "id", "start", "end", "lead", "prominence", "log_odds", "outcome", "p_holds",
]  # fmt: skip
CONTRIBUTION_KEYS = [
    "kind", "claim", "log_odds", "variance", "relation", "by", "report", "start", "end", "quote",
    "collapsed", "sentence",
]  # fmt: skip
OUTLET_KEYS = [
    "domain", "outlet", "status", "reason", "value", "interval", "tested", "needed",
    "tested_share", "by_sourcing", "correction_record", "sourcing_profile", "as_of",
    "known_at", "model_version", "scoring_version",
]  # fmt: skip
ERROR_KEYS = ["code", "pointer", "message", "suggestion"]

REPORT = {
    "id": "s/1",
    "outlet": "The Post",
    "domain": "post.example.com",
    "date": "2024-03-01",
    "headline": "Mayor to resign 🏛️, officials say",
    "body": "The mayor will resign on Friday, two officials familiar with the plan said. 🙂 "
    "“Nothing is decided,” said Anna Müller, the mayor’s spokeswoman.",
}


def run(
    *arguments: str | Path, given: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given,
        capture_output=True,
        check=False,
        timeout=120,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def parsed(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def on_a_terminal(*arguments: str | Path, no_color: bool = False) -> str:
    """What a person sees: the command with its output and errors on a pseudo-terminal."""
    main, side = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "120"}
    if no_color:
        environment["NO_COLOR"] = "1"
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=side, stdout=side, stderr=side, env=environment
    ) as process:
        os.close(side)
        seen = b""
        while chunk := _read_terminal(main):
            seen += chunk
        process.wait(timeout=120)
    os.close(main)
    return seen.decode()


def _read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def assert_no_trace(process: subprocess.CompletedProcess[bytes]) -> None:
    assert b"Traceback" not in process.stderr
    assert b"Traceback" not in process.stdout


# --- read -----------------------------------------------------------------------------------


def test_read_writes_the_contract_and_verbatim_spans() -> None:
    done = run("read", given=lines(REPORT))
    (record,) = parsed(done.stdout)
    assert done.returncode == 0
    assert done.stderr == b""
    assert list(record) == ["id", "text", "claims"]
    assert record["text"] == f"{REPORT['headline']}\n\n{REPORT['body']}"
    assert record["claims"]
    for claim in record["claims"]:
        assert list(claim) == CLAIM_KEYS
        assert sum(claim["source_type_probabilities"].values()) == pytest.approx(1.0, abs=1e-5)
    quotes = [
        record["text"][start:end]
        for claim in record["claims"]
        for start, end in claim["content"] + claim["source"]
    ]
    assert any("officials" in quote for quote in quotes)
    assert all(quote == quote.strip() for quote in quotes)


def test_read_takes_text_alone() -> None:
    done = run("read", given=lines({"id": "t", "text": REPORT["body"], "further": 1}))
    (record,) = parsed(done.stdout)
    assert done.returncode == 0
    assert record["id"] == "t"


BAD_LINES: list[tuple[bytes, str, str]] = [
    (b'{"id": "x", "text": "caf\xe9"}', "not_utf8", ""),
    (b'{"id": "x", "text": ', "broken_json", ""),
    (b"[1, 2]", "not_an_object", ""),
    (b'{"text": "No id."}', "missing_field", "/id"),
    (b'{"id": "x"}', "missing_field", "/body"),
    (b'{"id": "x", "text": "  "}', "empty_body", "/text"),
    (b'{"id": 5, "text": "Some words."}', "wrong_type", "/id"),
    (b'{"id": "x", "text": "Some words.", "date": "yesterday"}', "bad_date", "/date"),
    (b'{"id": "s/1", "text": "An id given before."}', "duplicate_report", "/id"),
]


def test_read_answers_bad_lines_in_their_places() -> None:
    given = lines(REPORT)
    for bad, _, _ in BAD_LINES:
        given += bad + b"\n\n"
    given += lines({**REPORT, "id": "s/2"})
    done = run("read", given=given)
    first, *failed, last = parsed(done.stdout)
    assert done.returncode == 1
    assert (first["id"], last["id"]) == ("s/1", "s/2")
    assert first["claims"] == [
        {**claim, "id": claim["id"].replace("s/2", "s/1")} for claim in last["claims"]
    ]
    assert len(failed) == len(BAD_LINES)
    for number, (record, (_, code, pointer)) in enumerate(zip(failed, BAD_LINES, strict=True)):
        assert list(record) == ["id", "line", "error"]
        assert list(record["error"]) == ERROR_KEYS
        assert record["line"] == 2 + 2 * number
        assert (record["error"]["code"], record["error"]["pointer"]) == (code, pointer)
        assert record["error"]["message"]
        assert record["error"]["suggestion"]
    assert_no_trace(done)


def test_a_pipe_gets_each_answer_before_the_next_line_is_given() -> None:
    with subprocess.Popen(
        [*COMMAND, "read"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(2):
            process.stdin.write(lines({"id": str(number), "text": REPORT["body"]}))
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 60)
            assert ready, "no answer while the pipe stays open"
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_file_in_and_out_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(REPORT))
    done = run("read", "--in", "in.jsonl", "--out", "out.jsonl", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "out.jsonl").read_bytes() == run("read", given=lines(REPORT)).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


# --- relate ---------------------------------------------------------------------------------

PAIR = {
    "id": "p1",
    "claim": {
        "context": "The mayor will resign on Friday, two officials said.",
        "quote": "The mayor will resign on Friday",
        "date": "2024-03-01",
    },
    "passage": {
        "context": "“The report is false,” the mayor’s spokeswoman said on Thursday.",
        "quote": "The report is false",
        "date": "2024-03-02",
    },
}


def test_relate_writes_the_contract() -> None:
    bad = {"id": "p2", "claim": {**PAIR["claim"], "quote": "elsewhere"}, "passage": PAIR["passage"]}  # type: ignore[dict-item]
    done = run("relate", given=lines(PAIR, bad, {**PAIR, "id": "p3"}))
    first, failed, last = parsed(done.stdout)
    assert done.returncode == 1
    assert list(first) == ["id", "relation", "relation_probabilities", "by", "by_probabilities"]
    assert list(first["relation_probabilities"]) == [
        "confirms", "denies", "contradicts", "corrects", "retracts", "repeats", "updates",
        "unrelated",
    ]  # fmt: skip
    assert list(first["by_probabilities"]) == [
        "interested_party", "same_outlet", "independent", "official_finding", "other_outlet",
    ]  # fmt: skip
    for kind in ("relation", "by"):
        shares = first[f"{kind}_probabilities"]
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-6)
        assert shares[first[kind]] == max(shares.values())
    assert (failed["id"], failed["line"]) == ("p2", 2)
    assert (failed["error"]["code"], failed["error"]["pointer"]) == (
        "quote_not_found",
        "/claim/quote",
    )
    assert {**last, "id": "p1"} == first


# --- score and outlets ----------------------------------------------------------------------


def test_score_writes_the_contract_and_an_exact_sum() -> None:
    done = run("score", "--in", DEMO)
    records = parsed(done.stdout)
    assert done.returncode == 0
    assert [record["id"].rpartition("/")[2] for record in records] == ["r1", "r2", "r3", "r4"]
    for record in records:
        assert list(record) == REPORT_KEYS
        assert record["as_of"].startswith("2024-11-11")
        for claim in record["claims"]:
            assert list(claim) == CLAIM_SCORE_KEYS
        for term in record["contributions"]:
            assert list(term) == CONTRIBUTION_KEYS
        if record["value"] is not None:
            assert record["contributions"][0]["kind"] == "prior"
            total = sum(term["log_odds"] for term in record["contributions"])
            assert total == pytest.approx(record["log_odds"], abs=1e-9)
            assert list(record["interval"]) == ["level", "low", "high"]
            assert record["interval"]["low"] <= record["value"] <= record["interval"]["high"]


def test_score_puts_bad_lines_in_their_places(tmp_path: Path) -> None:
    undated = {key: value for key, value in REPORT.items() if key != "date"}
    nowhere = {k: v for k, v in REPORT.items() if k not in ("outlet", "domain")}
    given = lines({**undated, "id": "s/0"}, REPORT, {**nowhere, "id": "s/3"}, REPORT)
    out = tmp_path / "scores.jsonl"
    done = run("score", "--out", out, given=given)
    records = parsed(out.read_bytes())
    assert done.returncode == 1
    assert done.stdout == b""
    assert [record.get("error", {}).get("code") for record in records] == [
        "missing_field",
        None,
        "missing_outlet",
        "duplicate_report",
    ]
    assert [record.get("line") for record in records] == [1, None, 3, 4]
    assert records[1]["id"] == "s/1"


def test_as_of_uses_nothing_published_later() -> None:
    early = run("score", "--in", DEMO, "--as-of", "2024-11-10")
    first = parsed(early.stdout)[0]
    assert first["as_of"].startswith("2024-11-10")
    assert {term["report"] for term in first["contributions"]} <= {
        None,
        "trump-putin-call-2024/r2",
    }


def test_known_at_uses_nothing_recorded_later(tmp_path: Path) -> None:
    given = DEMO.read_bytes().splitlines()
    seen = [{**json.loads(one), "recorded": f"2024-12-0{n}"} for n, one in enumerate(given, 1)]
    (tmp_path / "in.jsonl").write_bytes(lines(*seen))
    (tmp_path / "known.jsonl").write_bytes(lines(*seen[:2]))
    late = parsed(
        run(
            "score", "--in", tmp_path / "in.jsonl", "--known-at", "2024-12-02T23:59:59.999999Z"
        ).stdout
    )
    known = parsed(run("score", "--in", tmp_path / "known.jsonl").stdout)
    assert {record.pop("known_at") for record in late} == {"2024-12-02T23:59:59.999999Z"}
    assert {record.pop("known_at") for record in known} == {None}
    assert late[:2] == known
    assert [record["status"] for record in late[2:]] == ["insufficient_evidence"] * 2
    assert all(record["back_dated"] for record in late)
    assert "was first seen here on 1 December 2024" in late[0]["contributions"][0]["sentence"]
    (outlet, *_) = parsed(
        run("outlets", "--in", tmp_path / "in.jsonl", "--known-at", "2024-12-01").stdout
    )
    assert (outlet["domain"], outlet["known_at"]) == ("washingtonpost.com", "2024-12-01")


def _given_files(folder: Path, relation: Any) -> tuple[Path, Path, bytes]:
    text = f"{REPORT['headline']}\n\n{REPORT['body']}"
    start = text.index("The mayor will resign")
    later = {
        **REPORT,
        "id": "s/2",
        "outlet": "The Times",
        "domain": "times.example.org",
        "date": "2024-03-04",
        "headline": "Mayor stays",
        "body": "The mayor has resigned, the city council recorded on Monday.",
    }
    claims, relations = folder / "claims.jsonl", folder / "relations.jsonl"
    claim = {"id": "mine", "content": [[start, start + 31]], "source_type": "anonymous"}
    claims.write_bytes(lines({"id": "s/1", "claims": [claim]}))
    passage = {"report": "s/2", "start": 13, "end": 40}
    relations.write_bytes(
        lines({"claim": "mine", "passage": passage, "relation": relation, "by": "official_finding"})
    )
    return claims, relations, lines(REPORT, later)


def test_given_claims_and_relations_go_before_the_models(tmp_path: Path) -> None:
    values = []
    for relation in ("contradicts", "confirms", {"confirms": 0.6, "unrelated": 0.4}):
        claims, relations, given = _given_files(tmp_path, relation)
        done = run("score", "--claims", claims, "--relations", relations, given=given)
        assert (done.returncode, done.stderr) == (0, b"")
        first, second = parsed(done.stdout)
        assert [claim["id"] for claim in first["claims"]] == ["mine"]
        assert [term["relation"] is None for term in first["contributions"]] == [True, False]
        assert second["status"] == "insufficient_evidence"
        assert second["value"] is None
        values.append(first["value"])
    against, certain, likely = values
    assert against < likely < certain


def test_bad_lines_of_given_files_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    claims, relations, given = _given_files(tmp_path, "confirms")
    relations.write_bytes(
        relations.read_bytes() + lines({"claim": "nobody’s", "relation": "denies"})
    )
    done = run("score", "--claims", claims, "--relations", relations, given=given)
    assert done.returncode == 1
    assert parsed(done.stdout)[0]["n_tested"] == 1
    message = " ".join(done.stderr.decode().split())
    assert "relations.jsonl, line 2" in message
    assert "/claim" in message
    assert "unknown_claim" in message
    assert_no_trace(done)


def test_outlets_writes_the_contract() -> None:
    done = run("outlets", "--in", DEMO)
    records = parsed(done.stdout)
    assert done.returncode == 0
    assert sorted(record["domain"] for record in records) == [
        "apnews.com",
        "reuters.com",
        "tass.com",
        "washingtonpost.com",
    ]
    for record in records:
        assert list(record) == OUTLET_KEYS
        assert record["status"] == "insufficient_evidence"
        assert record["value"] is None
        assert record["interval"] is None
        assert record["reason"]


# --- single articles ------------------------------------------------------------------------

PAGE = f"""<!doctype html><html lang="en"><head><title>{REPORT["headline"]}</title></head>
<body><article><h1>{REPORT["headline"]}</h1><p>{REPORT["body"]}</p>
<p>The council meets again next week to talk about the budget of the coming year, and the
mayor was expected to open the meeting, according to a programme sent out on Tuesday.</p>
</article></body></html>""".encode()


def test_a_page_needs_what_it_does_not_say(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)
    bare = run("score", "--in", page)
    (failed,) = parsed(bare.stdout)
    assert bare.returncode == 1
    assert failed["line"] == 1
    assert failed["error"]["code"] in {"missing_field", "missing_outlet"}
    told = run(
        "score", "--in", page, "--date", "2024-03-01", "--outlet", "The Post",
        "--url", "https://post.example.com/mayor",
    )  # fmt: skip
    (record,) = parsed(told.stdout)
    assert told.returncode == 0
    assert record["outlet"] == "The Post"
    assert record["n_claims"] >= 1


def test_a_page_without_an_article_is_told_so() -> None:
    done = run("score", given=b"<html><body></body></html>")
    (failed,) = parsed(done.stdout)
    assert done.returncode == 1
    assert failed["error"]["code"] == "no_article"


# --- the terminal ---------------------------------------------------------------------------


def test_a_person_gets_a_table_and_a_sum_in_colour(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(REPORT))
    seen = on_a_terminal("score", "--in", tmp_path / "in.jsonl")
    assert ESCAPE in seen
    assert "ANONYMOUS" in seen
    assert "log-odds" in seen
    assert '"claims"' not in seen


def test_a_person_is_told_of_both_clocks(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines({**REPORT, "recorded": "2024-06-20"}))
    seen = on_a_terminal("score", "--in", tmp_path / "in.jsonl", "--known-at", "2024-07-01")
    words = " ".join(re.sub(r"\x1b\[[0-9;]*m|│", " ", seen).split())
    assert "as of 2024-03-01, as known on 2024-07-01." in words
    assert "Back-dated: first seen here on 2024-06-20, its date cannot be checked." in words


def test_no_color_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(REPORT))
    seen = on_a_terminal("score", "--in", tmp_path / "in.jsonl", no_color=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", seen)
    assert "ANONYMOUS" in seen


def test_an_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = {**REPORT, "headline": "Mayor \x1b]0;pwned\x07 to resign"}
    (tmp_path / "in.jsonl").write_bytes(lines(evil))
    assert "\x1b]0;" not in on_a_terminal("score", "--in", tmp_path / "in.jsonl")


def test_demo_explains_in_words_without_colour_in_a_pipe(tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path)
    text = " ".join(done.stdout.decode().replace("│", " ").split())
    assert done.returncode == 0
    assert ESCAPE not in text
    assert "The Washington Post" in text
    assert "ANONYMOUS" in text
    assert "people familiar" in text
    assert "log-odds" in text
    assert "The Kremlin" in text
    assert "insufficient_evidence" in text
    assert "paraphrases" in text


# --- a caller's mistakes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "--in", "no-such-file.jsonl"], "unreadable_file"),
        (["score", "--in", "."], "unreadable_file"),
        (["read", "--out", "no-such-folder/out.jsonl"], "unwritable_file"),
        (["score", "--as-of", "soon"], "bad_date"),
        (["score", "--known-at", "soon"], "bad_date"),
        (["outlets", "--known-at", ""], "bad_date"),
        (["score", "--claims", "no-such-file.jsonl"], "unreadable_file"),
        (["score", "--relations", "no-such-file.jsonl"], "unreadable_file"),
        (["score", "--no-such-option"], "No such option"),
        (["conjure"], "No such command"),
    ],
)
def test_a_mistake_is_told_in_words(arguments: Sequence[str], said: str, tmp_path: Path) -> None:
    done = run(*arguments, given=lines(REPORT), folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert said in " ".join(done.stderr.decode().split())
    assert_no_trace(done)
    assert list(tmp_path.iterdir()) == []


def test_nothing_in_is_nothing_out() -> None:
    for command in ("read", "relate", "score", "outlets"):
        done = run(command, given=b"\n")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), command


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        lines(*({"id": str(n), "text": "He left, she said."} for n in range(3000)))
    )
    done = subprocess.run(
        f"{sys.executable} -m scorer read --in {tmp_path / 'in.jsonl'} | head -n 1",
        shell=True,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_an_interrupt_leaves_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old\n")
    with subprocess.Popen(
        [*COMMAND, "read", "--out", str(out)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(lines(REPORT))
        process.stdin.flush()
        while len(list(tmp_path.iterdir())) == 1:  # until the new file is begun beside the old
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        assert process.returncode not in {0, 1}
        assert b"Traceback" not in process.stderr.read()
    assert out.read_bytes() == b"old\n"
    assert list(tmp_path.iterdir()) == [out]


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, b"corroborate")
