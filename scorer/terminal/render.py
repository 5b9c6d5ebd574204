"""Reports, outlets and errors as a person reads them in a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from scorer.errors import Problem, Rejected
from scorer.types import Claim, Interval, OutletScore, Report, ReportScore, Scores, Spans

# An article may carry escape sequences that would command the reader's terminal.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

PARAPHRASES = (
    "\nThese reports are paraphrases, written for this demonstration, of what the named outlets "
    "published. They are not the outlets' words, and no outlet is scored from them."
)


def claims_view(report: Report, claims: Sequence[Claim]) -> RenderableType:
    """Tabulate who said what; anonymous sources are marked in words besides colour."""
    if not claims:
        return Text("No attributed claim was found.", style="yellow")
    table = Table(show_lines=True, expand=True)
    table.add_column("", justify="right")
    table.add_column("who said it", ratio=1)
    table.add_column("source", width=14)
    table.add_column("what is claimed", ratio=2)
    for number, claim in enumerate(claims, 1):
        table.add_row(
            str(number),
            _quoted(report.text, claim.source) or Text("–"),
            _source_type(claim),
            _quoted(report.text, claim.content),
        )
    return table


def report_view(report: Report, claims: Sequence[Claim], score: ReportScore) -> RenderableType:
    """Show a report's claims, its score, and the score as a sum of terms in words."""
    title = clean(f"{report.outlet}, {report.date}: {report.headline}")
    parts = [claims_view(report, claims), Text(_counts(score)), _verdict(score)]
    if score.back_dated:
        seen = f"Back-dated: first seen here on {report.recorded}, its date cannot be checked."
        parts.append(Text(clean(seen), style="bold yellow"))
    if score.contributions:
        parts.append(_sum(score))
    return Panel(Group(*parts), title=Text(title, style="bold"), title_align="left")


def demo_view(reports: Sequence[Report], scores: Scores) -> RenderableType:
    """Explain the first report of a story, and what its outlet's record lacks."""
    first = reports[0]
    outlet = next(score for score in scores.outlets if score.domain == first.domain)
    later = Text("Later reports in the story:\n", style="bold")
    for report in reports[1:]:
        later.append(clean(f"  {report.outlet}, {report.date}: {report.headline}\n"), "default")
    return Group(
        report_view(first, scores.claims[first.key], scores.reports[0]),
        later,
        outlet_view(outlet),
        Text(PARAPHRASES, style="italic"),
    )


def outlet_view(score: OutletScore) -> RenderableType:
    """Show an outlet's record, or what is missing for one."""
    name = (clean(f"{score.outlet} ({score.domain}): "), "bold")
    if score.value is None or score.interval is None:
        return Text.assemble(name, (f"{score.status}. ", "yellow"), clean(score.reason or ""))
    return Text.assemble(
        name,
        f"of its tested stories {score.value:.0%} hold ({_interval(score.interval)}; "
        f"{score.tested} tested).",
    )


def rejected_view(rejected: Rejected) -> Text:
    """Say what was wrong with a line and what to do about it."""
    where = f"line {rejected.line}" + (f" ({rejected.id})" if rejected.id else "")
    return Text.assemble((f"{clean(where)}: ", "bold red"), problem_view(rejected.problem))


def problem_view(problem: Problem) -> Text:
    """Say what was wrong and what to do about it, in words and with its code."""
    where = f"{problem.pointer}: " if problem.pointer else ""
    return Text(
        clean(f"{where}{problem.message} ({problem.code}). To mend it: {problem.suggestion}.")
    )


def console(*, stderr: bool = False) -> Console:
    """Make a console that colours nothing but what this module says."""
    return Console(stderr=stderr, highlight=False)


def clean(text: str) -> str:
    """Replace control characters, newlines and tabs kept."""
    return CONTROL.sub("\ufffd", text)


def _quoted(text: str, spans: Spans) -> Text:
    return Text(clean(" … ".join(text[start:end] for start, end in spans)))


def _source_type(claim: Claim) -> Text:
    if not claim.anonymous:
        return Text(claim.source_type.replace("_", " "))
    details: list[str] = []
    if claim.anonymous_kind and claim.anonymous_kind != "unspecified":
        details.append(claim.anonymous_kind)
    if claim.source_count:
        details.append("1 person" if claim.source_count == 1 else f"{claim.source_count} people")
    details.append(f"{claim.anonymous_probability:.0%} sure")
    return Text.assemble(("! ANONYMOUS", "bold magenta"), f"\n{', '.join(details)}")


def _counts(score: ReportScore) -> str:
    claims = "1 claim" if score.n_claims == 1 else f"{score.n_claims} claims"
    return (
        f"{claims}, {score.n_anonymous} on anonymous sources; "
        f"{score.n_tested} tested by later reports, {score.n_contradicted} contradicted."
    )


def _verdict(score: ReportScore) -> Text:
    if score.value is None or score.interval is None:
        return Text("No score: insufficient evidence, no claim was found.", style="yellow")
    known = f", as known on {score.known_at}" if score.known_at else ""
    verdict = Text.assemble(
        (f"Score {score.value:.2f}", "bold"),
        f" on a scale from 0 to 1, higher is better; {_interval(score.interval)}; "
        f"as of {score.as_of}{known}.",
    )
    if score.status == "prior_only":
        verdict.append(" Nothing later bears on it: this is the prior alone.", "yellow")
    if score.flag:
        verdict.append(f" Flag: {score.flag.replace('_', ' ')}.", "bold red")
    return verdict


def _interval(interval: Interval) -> str:
    return f"{interval.level:.0%} interval {interval.low:.2f} to {interval.high:.2f}"


def _sum(score: ReportScore) -> Table:
    table = Table(box=None, padding=(0, 1), show_footer=True)
    table.add_column("log-odds", justify="right", footer=_signed(score.log_odds or 0.0))
    table.add_column(
        "why", footer=f"the sum in log-odds; on the scale from 0 to 1, {score.value:.2f}"
    )
    telling = [term for term in score.contributions if term.kind == "prior" or term.log_odds]
    for term in telling:
        table.add_row(_signed(term.log_odds), Text(clean(term.sentence)))
    if silent := len(score.contributions) - len(telling):
        table.add_row(_signed(0.0), f"Later passages that were linked and add nothing: {silent}.")
    return table


def _signed(log_odds: float) -> Text:
    style = "green" if log_odds > 0 else "red" if log_odds < 0 else ""
    return Text(f"{log_odds:+.2f}", style=style)
