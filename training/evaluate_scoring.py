"""How well the scoring model ranks first reports of the episodes, by gold claims and relations.

``python -m training.evaluate_scoring --episodes data/episodes`` prints the figures; with
``--example`` also the running example, as of each of its days.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.metrics import roc_auc_score

from scorer.judge import judge
from scorer.timeline import known_reports
from scorer.types import AGAINST, Claim, Passage, Relation, Report, ReportScore
from scorer.weigh import weigh
from training.corpora.episodes import UNTOUCHED, claims_of, find_quote, load_episodes, reports_of

FELL = frozenset({"refuted", "retracted", "corrected"})
TAKEN_BACK = frozenset({"corrects", "retracts"})
PADDING = 11


def relations_of(episode: Mapping[str, Any], without: Iterable[str] = ()) -> list[Relation]:
    """Return an episode's labelled relations as certain ones, less some kinds."""
    texts = {report.id: report.text for report in reports_of(episode)}
    left_out = frozenset(without)
    found = []
    for label in episode["relations"]:
        if label["relation"] in left_out:
            continue
        report = f"{episode['id']}/{label['report']}"
        start = find_quote(texts[report], label["quote"])
        found.append(
            Relation(
                claim=f"{episode['id']}/{label['claim']}",
                passage=Passage(report, start, start + len(label["quote"])),
                probabilities={label["relation"]: 1.0},
                by_probabilities={label["by"]: 1.0},
            )
        )
    return found


def first_score(
    episode: Mapping[str, Any], *, padding: int = 0, as_of: str | None = None, taken_back: bool
) -> ReportScore:
    """Score an episode's first report, alone in the world with its episode.

    Parameters
    ----------
    padding : int
        So many claims that nothing bears on are added to the end of the report.
    taken_back : bool
        Whether corrections and retractions count, or are left out of the relations.
    """
    reports = reports_of(episode)
    claims: dict[str, Sequence[Claim]] = dict(claims_of(episode))
    reports[0], claims[reports[0].id] = padded(reports[0], claims[reports[0].id], padding)
    relations = relations_of(episode, () if taken_back else TAKEN_BACK)
    evidence = weigh(reports, claims, relations, as_of)
    return judge(reports, claims, evidence, as_of=as_of, model_version="gold").reports[0]


def padded(report: Report, claims: Sequence[Claim], count: int) -> tuple[Report, list[Claim]]:
    """Add claims to the end of a report that nothing will bear on."""
    found = list(claims)
    for n in range(count):
        quote = f"a museum in town number {n} lends out its chairs, an official said"
        start = len(report.text) + 2
        report = replace(report, body=f"{report.body}\n\n{quote}")
        pad = replace(
            claims[0],
            id=f"{report.id}#padding{n}",
            source=((start + len(quote) - 16, start + len(quote) - 5),),
            content=((start, start + len(quote)),),
        )
        found.append(pad)
    return report, found


def counted(episode: Mapping[str, Any]) -> int:
    """Count confirmations less what speaks against the first report's claims: the baseline."""
    claims = {c["id"] for c in episode["claims"] if c["report"] == episode["reports"][0]["id"]}
    kinds = [r["relation"] for r in episode["relations"] if r["claim"] in claims]
    against = AGAINST - TAKEN_BACK
    return kinds.count("confirms") - sum(kind in against for kind in kinds)


def evaluate(episodes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the figures, a line each."""
    known = [e for e in episodes if e["id"] != UNTOUCHED]
    tested = [e for e in known if e["outcome"] == "confirmed" or e["outcome"] in FELL]
    holds = [e["outcome"] == "confirmed" for e in tested]
    lines = [f"{sum(holds)} confirmed, {len(holds) - sum(holds)} fallen"]
    for taken_back in (False, True):
        scores = [first_score(e, taken_back=taken_back).value or 0.0 for e in tested]
        kind = "all relations" if taken_back else "without corrects and retracts"
        lines.append(f"AUC of the final score, {kind}: {roc_auc_score(holds, scores):.3f}")
    baseline = [float(counted(e)) for e in tested]
    lines.append(f"AUC of confirms minus against: {roc_auc_score(holds, baseline):.3f}")
    for padding in (0, PADDING):
        scores = [first_score(e, padding=padding, taken_back=True).value or 0.0 for e in tested]
        pairs = list(zip(scores, holds, strict=True))
        below = sum(s < 0.5 for s, held in pairs if not held) / (len(holds) - sum(holds))
        above = sum(s > 0.5 for s, held in pairs if held) / sum(holds)
        brier = sum((s - held) ** 2 for s, held in pairs) / len(pairs)
        lines.append(
            f"{padding} claims added: {below:.0%} of fallen below ½, "
            f"{above:.0%} of confirmed above, Brier {brier:.3f}"
        )
    return lines


def example(episodes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the running example's first report, as of each day of its story."""
    episode = next(e for e in episodes if e["id"] == UNTOUCHED)
    lines = []
    days = {report.date for report in known_reports(reports_of(episode), None).values()}
    for day in sorted(days):
        score = first_score(episode, as_of=day, taken_back=True)
        if score.value is None or score.interval is None:
            continue
        low, high = score.interval.low, score.interval.high
        lines.append(f"as of {day}: {score.value:.3f} ({low:.2f}–{high:.2f}), {score.status}")
        lines += [f"  {c.log_odds:+.3f}  {c.sentence}" for c in score.contributions]
        lines += [f"  {c.id}: {c.outcome}, {c.p_holds:.2f}" for c in score.claims]
    return lines


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=Path, required=True, help="folder of episodes.jsonl")
    parser.add_argument("--example", action="store_true", help="print the running example too")
    options = parser.parse_args()
    episodes: list[Mapping[str, Any]] = list(load_episodes(options.episodes))
    lines = evaluate(episodes) + (example(episodes) if options.example else [])
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
