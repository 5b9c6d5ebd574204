"""The laws of weigh, over generated histories: copies add nothing, and nothing is lost."""

from __future__ import annotations

import os
from collections import Counter
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scorer.dates import stretch
from scorer.settings import SCORING, WEIGHTS
from scorer.types import RELATIONS, SPEAKERS, Evidence, Relation, RelationKind
from scorer.weigh import weigh
from tests.newsroom import Newsroom, Sentence

# LAW_EXAMPLES=1000 for a long run, which also looks elsewhere every time.
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
LAWFUL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=EXAMPLES == 100,
)
LAST = "2024-04-01"
DAYS = ("2024-03-01", "2024-03-02", "2024-03-02T09:00:00Z", "2024-03-20")
OUTLETS = ("Daily Lantern", "Echo", "Northern Star", "The Evening Gazette")
TEXT = (
    "the the the of of a to amber birch cedar delta ember fjord glade heron islet jetty kiln loch "
    "mayor never opened paid quietly river seven town under village walked yearly zinc and in was"
)
WORDS = TEXT.split()
SPARE = "xylophone"
SOURCES = (
    ("Ann Holt", "named_person"),
    ("Bo Lind, a spokesman for Volkswagen,", "named_person"),
    ("Volkswagen", "organisation"),
    ("people familiar with it", "anonymous"),
    ("the Echo", "media"),
    ("", ""),
)
WEIGHED = st.sampled_from(
    [
        ("confirms", "other_outlet"),
        ("confirms", "independent"),
        ("contradicts", "official_finding"),
        ("denies", "interested_party"),
    ]
)


def sentences(least: int, most: int) -> st.SearchStrategy[tuple[str, str, str]]:
    """A sentence of so many words, and whoever says it."""
    content = st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)
    return st.tuples(content, st.sampled_from(SOURCES)).map(lambda one: (one[0], *one[1]))


def published(said: tuple[str, str, str]) -> Sentence:
    return said if said[2] else said[0]


def passage_of(room: Newsroom, key: str, said: tuple[str, str, str], place: int) -> str:
    """Name the passage that a sentence is, as `Newsroom.relate` takes it."""
    if not said[2]:
        return f"{key}:{said[0]}"
    return room.claims[key][place].id


def changed(text: str, place: int, word: str) -> str:
    """Put another word in the place of one."""
    words = text.split()
    words[place % len(words)] = word
    return " ".join(words)


def counted(evidence: tuple[Evidence, ...]) -> list[tuple[str, str, float]]:
    return [(one.claim, one.by, one.log_odds) for one in evidence if one.log_odds != 0.0]


def different_words(*texts: str) -> int:
    return len({word for text in texts for word in text.casefold().split()})


@LAWFUL
@given(
    st.lists(sentences(3, 25), min_size=1, max_size=6),
    st.integers(0, 5),
    st.integers(0, 10_000),
    st.sampled_from([SPARE, *WORDS]),
    WEIGHED,
)
def test_a_copied_report_adds_nothing_whatever_word_is_changed(
    body: list[tuple[str, str, str]],
    which: int,
    place: int,
    word: str,
    weighed: tuple[str, str],
) -> None:
    contents = [said[0] for said in body]
    assume(sum(len(content.split()) for content in contents) >= 12)
    assume(different_words(*contents) >= SCORING.short_text_least + 1)
    assume(len(set(contents)) == len(contents))
    at = which % len(body)
    room = Newsroom()
    room.publish("r1", [("Cash went to the town hall", "aides", "anonymous")])
    room.publish("w0", [published(said) for said in body], outlet="Echo", date="2024-03-02")
    named = [n for n, said in enumerate(body) if said[2]]
    room.relate(
        "r1#c1", passage_of(room, "w0", body[at], named.index(at) if at in named else 0), *weighed
    )
    once = counted(room.weigh(LAST))

    # The changed word is anywhere in the report.
    ends = [0]
    for content in contents:
        ends.append(ends[-1] + len(content.split()))
    place %= ends[-1]
    copied = list(body)
    for n, (content, source, kind) in enumerate(body):
        if ends[n] <= place < ends[n + 1]:
            copied[n] = (changed(content, place - ends[n], word), source, kind)
    room.publish("w1", [published(said) for said in copied], outlet="Copyist", date="2024-03-02")
    room.relate(
        "r1#c1", passage_of(room, "w1", copied[at], named.index(at) if at in named else 0), *weighed
    )
    assert counted(room.weigh(LAST)) == once


@LAWFUL
@given(
    sentences(12, 30),
    st.integers(0, 29),
    st.sampled_from([SPARE, *WORDS]),
    WEIGHED,
    st.sampled_from(["Ann Holt", "Carl Berg", "somebody else"]),
)
def test_a_copied_passage_adds_nothing_whatever_word_is_changed(
    said: tuple[str, str, str], place: int, word: str, weighed: tuple[str, str], name: str
) -> None:
    content, source, kind = said
    assume(different_words(content) >= SCORING.short_text_least + 1)
    assume("the Echo" not in source)
    room = Newsroom()
    room.publish("r1", [("Cash went to the town hall", "aides", "anonymous")])
    copies = [said, (changed(content, place, word), source, kind)]
    if kind == "named_person":
        copies.append((content, name, kind))  # as if somebody else had said it
    once: list[tuple[str, str, float]] = []
    for n, copy in enumerate(copies):
        own = f"{n} other things {'happened ' * n}on that day in house number {n}"
        room.publish(f"w{n}", [own, published(copy)], outlet=f"Outlet {n}", date="2024-03-02")
        room.relate("r1#c1", passage_of(room, f"w{n}", copy, 0), *weighed)
        once = once or counted(room.weigh(LAST))
    assert once
    assert counted(room.weigh(LAST)) == once


@LAWFUL
@given(sentences(3, 30), st.integers(0, 29), st.booleans())
def test_what_the_outlet_changes_in_its_own_report_counts(
    said: tuple[str, str, str], place: int, new_version: bool
) -> None:
    content, source, kind = said
    assume(kind not in ("", "media"))
    room = Newsroom()
    room.publish("r1", [said])
    key = "r1@2" if new_version else "r2"
    room.publish(key, [(changed(content, place, SPARE), source, kind)], date="2024-03-02")
    if new_version:
        room.reports[-1] = replace(room.reports[-1], id="r1", version=2)
    room.relate("r1#c1", f"{key}#c1", "corrects", "same_outlet")
    (found,) = room.weigh(LAST)
    assert found.log_odds == pytest.approx(WEIGHTS["corrects", "same_outlet"].log_odds)


@LAWFUL
@given(
    st.lists(st.sampled_from(["corrects", "retracts", "contradicts", "denies"]), min_size=1),
    st.floats(0.5, 1.0),
    st.sampled_from(["washingtonpost.com.co", "washingtonp0st.com", "washington-post.com"]),
)
def test_an_impostor_weighs_no_more_than_another_outlet(
    relations: list[str], sure: float, domain: str
) -> None:
    room = Newsroom()
    post = "The Washington Post"
    room.publish(
        "r1", [("Cash went to the hall", "aides", "anonymous")], outlet=post,
        domain="washingtonpost.com",
    )  # fmt: skip
    mixture = dict.fromkeys(relations, sure / len(set(relations)))
    by = {"same_outlet": sure, "official_finding": 1.0 - sure}
    room.publish("x", ["The Washington Post retracts it"], outlet=post, domain=domain)
    room.relate("r1#c1", "x:The Washington Post", mixture | {"unrelated": 1.0 - sure}, by)
    bound = WEIGHTS["contradicts", "other_outlet"].log_odds
    assert all(bound - 1e-9 <= one.log_odds <= 0.0 for one in room.weigh(LAST))
    assert all(one.by != "same_outlet" for one in room.weigh(LAST))


@st.composite
def mixtures(draw: st.DrawFn, labels: tuple[str, ...]) -> dict[str, float]:
    """One or two labels, the rest the last label's; no two that cancel out."""
    chosen = draw(st.lists(st.sampled_from(labels[:-1]), max_size=2, unique=True))
    found = dict(zip(chosen, draw(st.permutations([0.28, 0.31, 0.45])), strict=False))
    if len(chosen) == 1 and draw(st.booleans()):
        return {chosen[0]: 1.0}
    return found | {labels[-1]: 1.0 - sum(found.values())}


@st.composite
def histories(draw: st.DrawFn) -> Newsroom:
    """Reports of a few outlets that tell, copy, cite, and change the same few sentences."""
    room = Newsroom()
    told = draw(st.lists(sentences(4, 16), min_size=2, max_size=4))
    for n in range(draw(st.integers(2, 7))):
        body = []
        for said in draw(st.lists(st.sampled_from(told), min_size=1, max_size=3)):
            content, source, kind = said
            if draw(st.booleans()):
                content = changed(content, draw(st.integers(0, 15)), draw(st.sampled_from(WORDS)))
            if draw(st.integers(0, 3)) == 0:
                source, kind = draw(st.sampled_from(SOURCES[:5]))
            body.append((content, source or "aides", kind or "anonymous"))
        outlet, date = draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(DAYS))
        credit = draw(st.sampled_from([None, None, None, "By the Echo", "Newswire"]))
        room.publish(f"r{n}", body, outlet=outlet, date=date, credit=credit)
    ids = [claim.id for claims in room.claims.values() for claim in claims]
    for _ in range(draw(st.integers(1, 14))):
        claim, passage = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        room.relate(claim, passage, draw(mixtures(RELATIONS)), draw(mixtures(SPEAKERS)))
    return room


@LAWFUL
@given(histories())
def test_whatever_bears_on_a_claim_is_shown(room: Newsroom) -> None:
    bears: Counter[object] = Counter()
    for relation in room.relations:
        alone = weigh(room.reports, room.claims, [relation], LAST)
        bears.update((one.claim, one.passage) for one in alone)
    shown: Counter[object] = Counter()
    for one in room.weigh(LAST):
        assert one.log_odds != 0.0 or one.collapsed[0].passage == one.passage
        shown.update([(one.claim, one.passage)] * (one.log_odds != 0.0))
        shown.update((one.claim, folded.passage) for folded in one.collapsed)
    assert shown == bears


@LAWFUL
@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(room: Newsroom, random: object) -> None:
    other = deepcopy(room)
    for some in (other.reports, other.relations, *other.claims.values()):
        random.shuffle(some)  # type: ignore[attr-defined]

    def unordered(evidence: tuple[Evidence, ...]) -> list[Evidence]:
        folded = (
            replace(one, collapsed=tuple(sorted(one.collapsed, key=repr))) for one in evidence
        )
        return sorted(folded, key=repr)

    assert unordered(room.weigh(LAST)) == unordered(other.weigh(LAST))


@LAWFUL
@given(
    histories(),
    st.integers(0, 13),
    st.sampled_from(["retracts", "corrects", "contradicts", "confirms"]),
    st.floats(0, 1),
)
def test_moved_probability(room: Newsroom, which: int, to: RelationKind, share: float) -> None:
    n = which % len(room.relations)
    relation = room.relations[n]
    moved = share * relation.probabilities.get("unrelated", 0.0)
    mixture = {r: relation.probabilities.get(r, 0.0) for r in RELATIONS}
    mixture["unrelated"] -= moved
    mixture[to] += moved
    other = deepcopy(room)
    other.relations[n] = replace(relation, probabilities=mixture)
    before = {report.id: report.log_odds for report in room.judge(LAST).reports}
    for report in other.judge(LAST).reports:
        was, now = before[report.id], report.log_odds
        assert was is not None
        assert now is not None
        if to == "confirms":
            assert now >= was - 1e-9
        elif to != "contradicts":
            assert now <= was + 1e-9


@LAWFUL
@given(histories(), st.sampled_from(DAYS))
def test_what_comes_later_changes_nothing_before(room: Newsroom, as_of: str) -> None:
    """As of a day, weigh says what it said on that day, of passages known by then."""
    kept = Newsroom()
    end = stretch(as_of)[1]
    early = {report.key for report in room.reports if stretch(report.date)[1] <= end}
    kept.reports = [report for report in room.reports if report.key in early]
    kept.claims = {key: claims for key, claims in room.claims.items() if key in early}
    ids = {claim.id for claims in kept.claims.values() for claim in claims}
    kept.relations = [
        one for one in room.relations if one.claim in ids and one.passage.report in early
    ]
    assert room.weigh(as_of) == kept.weigh(as_of)


def test_a_relation_given_twice_is_shown_twice() -> None:
    room = Newsroom()
    room.publish("r1", [("Cash went to the hall", "aides", "anonymous")])
    room.publish("x", [("It did", "Bo Lind", "named_person")], outlet="Echo", date="2024-03-02")
    for _ in range(2):
        room.relate("r1#c1", "x#c1", "confirms", "independent")
    assert isinstance(room.relations[0], Relation)
    (found,) = room.weigh()
    assert [one.reason for one in found.collapsed] == ["same_voice"]
