"""Attacks on scores: scenes, attackers, and what each attack gains, scored before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product, zip_longest
from typing import Literal

from scorer.judge.priors import population_prior
from scorer.odds import logit
from scorer.types import OutletScore, ReportScore, Scores
from tests.newsroom import Newsroom, Sentence

Label = str | Mapping[str, float]
Way = Literal["confirms", "contradicts"]
Place = Literal["before", "between", "after"]
Cited = Literal["nobody", "each other", "the unnamed"]
Told = tuple[str, str, str]

WAYS: tuple[Way, ...] = ("confirms", "contradicts")
PLACES: tuple[Place, ...] = ("before", "between", "after")

LANTERN = "dailylantern.example"
END = "2025-06-01"  # scores of before and after are as of one day
FAKE = "lantern-daily.example"
INSIDERS = ("insiders", "anonymous")
CLERK = ("Bo Lind", "named_person")
WORKS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "glade", "heron", "islet", "jetty")
SURNAMES = [
    first + second
    for first, second in product(
        ("Bal", "Dor", "Fin", "Gar", "Hol", "Lem", "Mir", "Nes", "Pol", "Rud"),
        ("berg", "dahl", "feld", "gren", "kamp", "lund", "mark", "stad"),
    )
]
MIXED: tuple[Label, ...] = ("confirms", "contradicts", "confirms") * 3

HEADLINE = "Mayor took cash from builder in May"
LEAD = "The mayor took cash from a builder"
SIDES = ("Two aides kept the books", "A clerk was sent away", "The hall lost its files")
VAGUE = "Shock at town hall over builder affair"
TRIFLE = "Item {n}: chairs were lent to club {n}"
STATED = "In May the mayor took cash register {n} from the builder guild"
TEXT = (
    "the tanks were full when the inspectors came in the morning and the pumps had run all through "
    "the night before so that nobody who knew the yard could have thought that a single barrel was "
    "missing from it when the month was over"
)
WORDS = TEXT.split()


def on(day: int) -> str:
    """Return the date of a day, from 1 January 2024 on."""
    return (date(2024, 1, 1) + timedelta(days=day)).isoformat()


# --- scenes ---------------------------------------------------------------------------------


def tell(
    room: Newsroom,
    n: int,
    fate: Label | None = None,
    *,
    key: str = "s",
    source: tuple[str, str] = INSIDERS,
    outlet: str = "Daily Lantern",
    more: Sequence[Sentence] = (),
    day: int | None = None,
) -> None:
    """Tell story n, of which a court speaks the next day."""
    works = f"{WORKS[n % len(WORKS)]}{n}"
    content = f"{works} works lost {works} barrels of {works} oil in the {works} yard"
    told = n if day is None else day
    room.publish(
        f"{key}{n}",
        [(content, *source), *more],
        outlet=outlet,
        date=on(told),
        headline=f"{works} works lost oil",
    )
    if fate:
        rule(room, f"{key}{n}#c1", fate, f"the {works} court", day=told + 1)


def rule(room: Newsroom, claim: str, fate: Label, body: str, *, day: int) -> None:
    """Let an official body speak of a claim in a report of its own."""
    key = f"{body} on {claim}"
    found = (f"The case of {claim} is closed", body, "organisation")
    room.publish(key, [found], outlet="Gazette", date=on(day))
    room.relate(claim, f"{key}#c1", fate, "official_finding")


def record(fates: Sequence[Label | None]) -> Newsroom:
    """Return the Lantern with a story for each fate, a day apart."""
    room = Newsroom()
    for n, fate in enumerate(fates):
        tell(room, n, fate)
    return room


def scoop(claims: Sequence[Told] = (), headline: str = HEADLINE) -> Newsroom:
    """Return the Lantern with a mixed record and, on day 40, its report r."""
    room = record(MIXED)
    told = claims or [(content, *INSIDERS) for content in (LEAD, *SIDES)]
    room.publish("r", told, headline=headline, date=on(40))
    return room


def padded(
    place: Place,
    fate: Label | None,
    *,
    count: int = 30,
    trifle: str = TRIFLE,
    headline: str = HEADLINE,
    source: tuple[str, str] = INSIDERS,
    lead_fate: Label = "contradicts",
) -> Newsroom:
    """Return a scoop with trifles that a registry speaks of, its lead with a fate of its own."""
    claims = [(content, *INSIDERS) for content in (LEAD, *SIDES)]
    trifles = [(trifle.format(n=n), *source) for n in range(count)]
    told = {
        "before": [*trifles, *claims],
        "after": [*claims, *trifles],
        "between": [one for pair in zip_longest(claims, trifles) for one in pair if one],
    }[place]
    room = scoop(told, headline)
    rule(room, f"r#c{told.index(claims[0]) + 1}", lead_fate, "the county court", day=50)
    for one in trifles if fate else []:
        rule(room, f"r#c{told.index(one) + 1}", fate or "", "the registry", day=51)
    return room


def second_version(room: Newsroom, key: str, sentence: Sentence, day: int) -> None:
    """Publish version 2 of a report with other words."""
    first = next(report for report in room.reports if report.key == key)
    room.publish(f"{key}@2", [sentence], date=on(day), headline=first.headline)
    room.reports[-1] = replace(room.reports[-1], id=key, version=2)


def without(place: int, word: str = "seventeen") -> str:
    """Return `TEXT` with the word at a place changed."""
    return " ".join([*WORDS[:place], word, *WORDS[place + 1 :]])


# --- attackers ------------------------------------------------------------------------------


def deny(room: Newsroom, claims: Sequence[str], names: int, outlets: int, *, named: bool) -> None:
    """Let interested parties deny claims under many names, in many outlets."""
    for n, claim in enumerate(claims):
        for m in range(names):
            who = (f"Ann {SURNAMES[m]}", "named_person") if named else (f"aides {m}", "anonymous")
            key = f"denial{n}.{m}"
            said = (f"Nothing of it is so, on {n} and on {m}, we say", *who)
            room.publish(key, [said], outlet=f"Puppet {m % outlets}", date=on(100))
            room.relate(claim, f"{key}#c1", {"denies": 0.8, "contradicts": 0.2}, "interested_party")


def puppets(
    room: Newsroom, claims: Sequence[str], way: Way, count: int, cited: Cited = "nobody"
) -> None:
    """Let new outlets speak of claims in their own words, or in each other's.

    Who cites the unnamed does so beside its own word.
    """
    for n, claim in enumerate(claims):
        for m in range(count):
            text = f"Our {m} reporters know how it {n} went {m} times over in the {n} matter"
            own = (text, f"Puppet {(m + 1) % count}", "media") if cited == "each other" else text
            unnamed = (f"We saw the {m} things of {n} ourselves", f"{m} witnesses", "anonymous")
            key = f"puppet{n}.{m}"
            sentences = [own, unnamed] if cited == "the unnamed" else [own]
            room.publish(key, sentences, outlet=f"Puppet {m}", date=on(100))
            room.relate(claim, f"{key}:{text}", way, "other_outlet")
            if cited == "the unnamed":
                room.relate(claim, f"{key}#c1", way, "independent")


# --- what is read off the scores ------------------------------------------------------------


def ids(room: Newsroom, key: str = "r") -> list[str]:
    """Return the ids of a report's claims."""
    return [claim.id for claim in room.claims[key]]


def report_score(scores: Scores, key: str = "r") -> ReportScore:
    """Return the score of a report's first version."""
    return next(one for one in scores.reports if one.id == key)


def outlet_score(scores: Scores, domain: str = LANTERN) -> OutletScore:
    """Return an outlet's score."""
    return next(one for one in scores.outlets if one.domain == domain)


def log_odds(room: Newsroom, key: str = "r") -> float:
    """Return a report's log-odds."""
    found = report_score(room.judge(END), key).log_odds
    assert found is not None
    return found


def rate(room: Newsroom) -> float:
    """Return the Lantern's share of stories that hold."""
    found = outlet_score(room.judge(END)).value
    assert found is not None
    return found


def tested(room: Newsroom) -> int:
    """Return how many stories of the Lantern were tested."""
    return outlet_score(room.judge(END)).tested


# --- what each attack gains -----------------------------------------------------------------


def moved(room: Newsroom, attack: Callable[[Newsroom], None]) -> float:
    """Return by how much an attack moves the report r, in log-odds, either way."""
    before = log_odds(room)
    attack(room)
    return abs(log_odds(room) - before)


def record_moved(room: Newsroom, attack: Callable[[Newsroom], None]) -> float:
    """Return by how much an attack moves the Lantern's share, either way."""
    before = rate(room)
    attack(room)
    return abs(rate(room) - before)


# --- denials --------------------------------------------------------------------------------


def denials(named: bool) -> float:
    return moved(scoop(), lambda room: deny(room, ids(room), 40, 8, named=named))


def denials_on_record() -> float:
    claims = [f"s{n}#c1" for n in range(len(MIXED))]
    return record_moved(record(MIXED), lambda room: deny(room, claims, 8, 4, named=True))


def acquit(room: Newsroom, count: int) -> None:
    """Let ministries find nothing in what a report says of them."""
    for n, name in enumerate(WORKS[:count]):
        found = (f"The inquiry found nothing {n}", f"the {name.title()} Ministry", "organisation")
        room.publish(f"i{n}", [found], outlet="Echo", date=on(42 + n))
        room.relate(f"a{n}#c1", f"i{n}#c1", "contradicts", "official_finding")


def accused(count: int) -> Newsroom:
    """Return the Lantern with reports on ministries that took cash."""
    room = record(MIXED)
    for n, name in enumerate(WORKS[:count]):
        content = f"The {name.title()} Ministry took {name} cash from {name} builders"
        headline = f"{name.title()} Ministry took cash"
        room.publish(f"a{n}", [(content, *INSIDERS)], headline=headline, date=on(40 + n))
    return room


def finding_of_the_accused() -> float:
    room = accused(1)
    before = log_odds(room, "a0")
    acquit(room, 1)
    return before - log_odds(room, "a0")


def findings_of_the_accused_on_record() -> float:
    return record_moved(accused(6), lambda room: acquit(room, 6))


# --- new outlets ----------------------------------------------------------------------------


def puppets_on_report(claims: int, cited: Cited = "nobody") -> float:
    """Return the most that fifty new outlets move a report by speaking of its first claims."""
    gains = []
    for way in WAYS:
        room = scoop()
        before = log_odds(room)
        puppets(room, ids(room)[:claims], way, 50, cited)
        gains.append(abs(log_odds(room) - before))
    return max(gains)


def puppets_on_record(way: Way) -> float:
    claims = [f"s{n}#c1" for n in range(9, 39)]
    room = record([*MIXED, *[None] * 30])
    return record_moved(room, lambda room: puppets(room, claims, way, 4, "the unnamed"))


def crowd(fate: Way) -> float:
    """Return how many scores of others a thousand new outlets change, all with one fate."""
    room = scoop()
    room.publish("fresh", [(LEAD, *CLERK)], outlet="Fresh Voice", date=on(90))
    before = room.judge(END)
    for n in range(1000):
        tell(room, n, fate, key="m", outlet=f"Newcomer {n}", day=50)
    return _others_changed(before, room.judge(END))


def _others_changed(before: Scores, after: Scores) -> int:
    reports = {one.id: one for one in after.reports}
    outlets = {one.domain: one for one in after.outlets}
    return sum(reports[one.id] != one for one in before.reports) + sum(
        outlets[one.domain] != one for one in before.outlets if one.outlet != "Gazette"
    )


# --- padding a report -----------------------------------------------------------------------


def padding(
    fate: Label | None, *, trifle: str = TRIFLE, headline: str = HEADLINE, named: bool = False
) -> float:
    """Return the most that thirty trifles raise a report whose lead fell, wherever they stand."""
    before = log_odds(padded("after", None, count=0, headline=headline))
    source = CLERK if named else INSIDERS
    return max(
        log_odds(padded(place, fate, trifle=trifle, headline=headline, source=source)) - before
        for place in PLACES
    )


# --- copies ---------------------------------------------------------------------------------


def copies_of_the_report(way: Way, length: int) -> float:
    """Return what copies of the report move it by; a passage spans `length` words."""
    room = Newsroom()
    room.publish("r", [(TEXT, *INSIDERS)])

    def copy(room: Newsroom) -> None:
        for place in range(2, len(WORDS) - 2):
            text = without(place)
            start = max(0, min(place - length // 2, len(WORDS) - length))
            passage = " ".join(text.split()[start : start + length])
            room.publish(f"c{place}", [text], outlet=f"Copyist {place}", date="2024-03-02")
            room.relate("r#c1", f"c{place}:{passage}", way, "official_finding")

    return moved(room, copy)


def copies_of_an_account(*, renamed: bool) -> float:
    """Return what copies add to an account: in each a word of it or the speaker is changed."""
    room = scoop()

    def publish(n: int) -> None:
        text = TEXT if renamed else without(n + 5)
        told = (text, f"Ann {SURNAMES[8 * n if renamed else 0]}", "named_person")
        room.publish(f"c{n}", [told], outlet=f"Copyist {n}", date=on(50))
        room.relate("r#c1", f"c{n}#c1", "contradicts", "independent")

    publish(0)
    before = log_odds(room)
    for n in range(1, 10):
        publish(n)
    return before - log_odds(room)


def back_dated_copy() -> float:
    room = scoop()
    room.publish("e", [TEXT], outlet="Echo", date=on(50))
    room.relate("r#c1", f"e:{TEXT}", "contradicts", "official_finding")

    def back_date(room: Newsroom) -> None:
        room.publish("x", [TEXT], date=on(39))
        room.relate("r#c1", f"x:{TEXT}", "contradicts", "official_finding")

    return moved(room, back_date)


def printed_first(who: tuple[str, str], by: str) -> float:
    """Return what a finding loses whose words a new outlet prints the same day as another's."""
    room = scoop()
    room.publish("e", [(TEXT, "the county court", "organisation")], outlet="Echo", date=on(50))
    room.relate("r#c1", "e#c1", "contradicts", "official_finding")
    before = log_odds(room)
    # Of one day's reports the one whose key is first in order is taken for the earliest.
    room.publish("a", [(TEXT, *who)], outlet="Puppet", date=on(50))
    room.relate("r#c1", "a#c1", "denies", by)
    return max(0.0, log_odds(room) - before)


# --- false names and false addresses --------------------------------------------------------


def namesake_retracts(how: Label) -> float:
    """Return how much further a namesake's retraction goes than a newsroom's other account."""
    found, records = [], []
    other: Label = "contradicts"
    for outlet, said, by in (
        ("Daily Lantern", how, "same_outlet"),
        ("Echo", other, "other_outlet"),
    ):
        room = scoop()
        text = "We take back what was written about the town hall"
        room.publish("x", [text], outlet=outlet, domain=FAKE, date=on(50))
        room.relate("r#c1", f"x:{text}", said, by)
        found.append(log_odds(room))
        records.append((rate(room), tested(room)))
    assert records[0] == records[1]
    return found[1] - found[0]


def namesake_frees_copies() -> float:
    room = scoop()
    text = "Money went over the counter for a whole day and a night"
    room.publish("e", [text], outlet="Echo", date=on(50), credit="Daily Lantern")
    room.relate("r#c1", f"e:{text}", "confirms", "other_outlet")

    def appear(room: Newsroom) -> None:
        room.publish("x", ["It rained"], outlet="Daily Lantern", domain=FAKE, date=on(51))

    return moved(room, appear)


def new_domain() -> float:
    """Return what a bad outlet gains at a new address beyond the population's start."""
    room = record(["contradicts"] * 8)
    room.publish("r", [(LEAD, *INSIDERS)], domain=FAKE, date=on(40))
    return log_odds(room) - population_prior("anonymous").log_odds


def new_name() -> float:
    """Return what a bad outlet gains by a new name at its old address."""
    old, new = (record(["contradicts"] * 8) for _ in range(2))
    old.publish("r", [(LEAD, *INSIDERS)], date=on(40))
    new.publish(
        "r", [(LEAD, *INSIDERS)], outlet="Bright Star", domain=old.reports[0].domain, date=on(40)
    )
    return log_odds(new) - log_odds(old)


def false_name(anonymous: Sequence[Label], named: Sequence[Label]) -> float:
    """Return what an invented source gains beyond the difference of the outlet's two rates."""
    found = []
    for source in (INSIDERS, ("Ann Holt", "named_person")):
        room = record(anonymous)
        for n, fate in enumerate(named):
            tell(room, 20 + n, fate, source=CLERK, day=n)
        room.publish("r", [(LEAD, *source)], date=on(40))
        rule(room, "r#c1", {"contradicts": 0.5, "unrelated": 0.5}, "the county court", day=40)
        found.append(log_odds(room))
    # The report itself is left out, as it is of its own prior.
    room.reports = [one for one in room.reports if one.id != "r"]
    room.relations.pop()
    rates = {one.domain: one.by_sourcing for one in room.judge(on(40)).outlets}.get(LANTERN, {})
    starts = {sourcing: logit(one.value) for sourcing, one in rates.items() if one.value}
    return found[1] - found[0] - (starts.get("named", 0.0) - starts.get("anonymous", 0.0))


def source_that_speaks_again(by: Label) -> float:
    """Return what a claim's own source adds to it by saying it once more, elsewhere."""
    room = scoop([(LEAD, "Ann Holt", "named_person")])
    room.publish(
        "x", [("It is as I told it", "Ann Holt", "named_person")], outlet="Echo", date=on(50)
    )
    return moved(room, lambda room: room.relate("r#c1", "x#c1", "confirms", by))


# --- an outlet's own record -----------------------------------------------------------------


def trifles(count: int = 1000) -> float:
    """Return how much further true trifles move a record than true stories, in share."""
    trivial, honest = record(MIXED), record(MIXED)
    for n in range(count):
        day = 20 + n // 20
        trivial.publish(
            f"t{n}", [(f"Lamp {n} in street {n} was lit at dusk {n}", *INSIDERS)], date=on(day)
        )
        rule(trivial, f"t{n}#c1", "confirms", f"lamp office {n}", day=day + 1)
        tell(honest, 100 + n, "confirms", day=day)
    added, true = (outlet_score(room.judge(END)) for room in (trivial, honest))
    assert added.tested == true.tested == len(MIXED) + count
    return (added.value or 0.0) - (true.value or 0.0)


def stories_of_a_report() -> float:
    """Return the most tested stories that one report of thirty trifles adds."""
    rooms = [padded(p, "confirms", source=s) for p in PLACES for s in (CLERK, INSIDERS)]
    return max(map(tested, rooms)) - len(MIXED)


def retold(times: int, days: float) -> float:
    """Return how many tested stories a trifle makes that is told again every few days."""
    room = Newsroom()
    clock = ("The town hall clock strikes twelve at noon on every single day of the year", *CLERK)
    for n in range(times):
        room.publish(f"t{n:04}", [clock], date=on(int(days * n)))
    found = ("It has always struck", "the clock office", "organisation")
    room.publish("office", [found], outlet="Gazette", date=on(int(days * times)))
    for n in range(times):
        room.relate(f"t{n:04}#c1", "office#c1", "confirms", "official_finding")
    return tested(room)


def shared_sentence() -> float:
    """Return how many fallen stories of a week vanish when its reports share a sentence."""
    hidden = []
    for source in (INSIDERS, CLERK):
        room = Newsroom()
        for n in range(7):
            shared = ("The Lantern is printed on paper from the mill by the river", *source)
            tell(room, n, "contradicts", more=[shared])
        hidden.append(7 - tested(room))
    return max(hidden)


def list_in_advance() -> float:
    """Return how many fallen stories vanish when a report lists them first, beside a trifle."""
    room = record(["contradicts"] * 6)
    told = [room.reports[n].body.partition(",")[0] for n in range(0, 12, 2)]
    claims = [(text, *INSIDERS) for text in (TRIFLE.format(n=0), *told)]
    room.publish("a", claims, headline="Chairs were lent to club", date=on(0))
    return 6 - tested(room)


def told_in_second_versions() -> float:
    """Return how many fallen stories vanish when the first versions of them tell a trifle."""
    room = Newsroom()
    for n in range(6):
        trifle = (f"Chairs of kind {n} went to club {n} in yard {n}", *INSIDERS)
        room.publish(f"s{n}", [trifle], headline=f"Yard {n}", date=on(n))
        fallen = (f"{WORKS[n]} works lost {WORKS[n]} barrels of {WORKS[n]} oil", *INSIDERS)
        second_version(room, f"s{n}", fallen, day=n)
        rule(room, f"s{n}@2#c1", "contradicts", f"the {WORKS[n]} court", day=n + 1)
    return 6 - tested(room)


def trifles_in_the_lead() -> float:
    """Return what a trifle that repeats more of the headline in each report adds to a record."""
    plain, topped = Newsroom(), Newsroom()
    for room in (plain, topped):
        for n in range(12):
            works = f"{WORKS[n % len(WORKS)]}{n}"
            fallen = (f"{works} works lost {works} barrels of oil at {works}", *INSIDERS)
            trifle = (f"Last {works} chairs of {works} works went to oil {works}", *INSIDERS)
            claims = [trifle, fallen] if room is topped else [fallen]
            headline = f"{works} works lost last oil"
            room.publish(f"r{n}", claims, headline=headline, date=on(n))
            rule(room, f"r{n}#c{len(claims)}", "contradicts", f"the {works} court", day=n + 1)
            if room is topped:
                rule(room, f"r{n}#c1", "confirms", f"chair office {n}", day=n + 1)
    return rate(topped) - rate(plain)


def named_trifles() -> float:
    """Return what a true trifle with a name in each report adds to a fallen anonymous record."""
    plain, graced = record(["contradicts"] * 12), Newsroom()
    for n in range(12):
        tell(graced, n, "contradicts", more=[_gate(n)])
        rule(graced, f"s{n}#c2", "confirms", f"gate office {n}", day=n + 1)
    return rate(graced) - rate(plain)


def _gate(n: int) -> tuple[str, str, str]:
    return f"Gate {n} of yard {n} is painted green {n}", *CLERK


def edited(fate: Label | None, text: str) -> float:
    """Return what the first version gains from a second without its fallen claim, in log-odds."""
    room = record(["contradicts"] * 6)
    before, first = outlet_score(room.judge(END)), log_odds(room, "s0")
    second_version(room, "s0", (text, *INSIDERS) if fate else text, day=1)
    if fate:
        room.relate("s0@2#c1", "the amber0 court on s0#c1#c1", fate, "official_finding")
    after = outlet_score(room.judge(END))
    assert (after.value, after.interval, after.tested) == (
        before.value,
        before.interval,
        before.tested,
    )
    return log_odds(room, "s0") - first


def edited_to_add_named_trifles() -> float:
    def edit(room: Newsroom) -> None:
        for n in range(6):
            second_version(room, f"s{n}", _gate(n), day=n)
            rule(room, f"s{n}@2#c1", "confirms", f"gate office {n}", day=n + 1)

    return record_moved(record(["contradicts"] * 6), edit)


def witnesses_of_its_own() -> float:
    """Return how many stories an outlet tests itself, by quoting people in later reports."""
    room = record([None] * 8)
    for n in range(8):
        saw = (f"I saw it myself, all {n} of it", f"Ann {SURNAMES[8 * n]}", "named_person")
        room.publish(f"w{n}", [saw], date=on(n + 1))
        room.relate(f"s{n}#c1", f"w{n}#c1", "confirms", "independent")
    return tested(room)


def hedging() -> float:
    """Return how far a hundred stories that nothing tests move a record."""
    room = record(MIXED)
    before = outlet_score(room.judge(END))
    for n in range(100):
        hedge = (f"Change {n} may yet come to house {n} one day or another", *INSIDERS)
        room.publish(f"v{n}", [hedge], date=on(20 + n))
    after = outlet_score(room.judge(END))
    assert before.tested_share == 1.0
    assert after.tested_share == len(MIXED) / (len(MIXED) + 100)
    assert (before.interval, before.tested) == (after.interval, after.tested)
    return abs((after.value or 0.0) - (before.value or 0.0))


def exposed(day: int) -> Newsroom:
    """Return the Lantern with eight weakly exposed stories, each some days after it was told."""
    room = Newsroom()
    for n in range(8):
        tell(room, n)
        doubtful = {"contradicts": 0.4, "unrelated": 0.6}
        rule(room, f"s{n}#c1", doubtful, f"the {WORKS[n]} court", day=n + day)
    return room


def corrections(*, quoting: bool) -> float:
    """Return how far an outlet that corrects itself ranks below one that keeps silent.

    The corrections come before, with or after the exposures and may quote who exposed them.
    """
    worst = 0.0
    for exposure, correction in ((5, 1), (1, 1), (1, 9)):
        room = exposed(exposure)
        silent = rate(room)
        for n in range(8):
            text = f"We were wrong about the {WORKS[n]} yard"
            court = (f"It never happened to {WORKS[n]}", f"the {WORKS[n]} court", "organisation")
            sentences: list[Sentence] = [text, court] if quoting else [text]
            room.publish(f"c{n}", sentences, date=on(n + correction))
            room.relate(f"s{n}#c1", f"c{n}:{text}", "corrects", "same_outlet")
            if quoting:
                room.relate(f"s{n}#c1", f"c{n}#c1", "contradicts", "official_finding")
        worst = max(worst, silent - rate(room))
    return worst
