"""The card's limits in plain words, the numbers in them taken from the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from training.card_markdown import percent, rate

_ALWAYS = (
    "English only. Other languages are refused or misread.",
    "News prose. Transcripts, live blogs, social media posts and satire were not measured.",
    "Nothing here checks facts: the models find who said what, and whether a later text agrees. "
    "Later contradicted is not the same as false.",
)


def limits(attribution: Mapping[str, Any], relation: Mapping[str, Any]) -> str:
    """List the limits that hold for the figures at hand."""
    found = list(_ALWAYS)
    if attribution:
        found += _of_reader(attribution)
    if relation:
        found += _of_classifier(relation)
    return "\n".join(f"- {limit}" for limit in found)


def _of_reader(saved: Mapping[str, Any]) -> list[str]:
    figures = saved["figures"]["reader"]
    dev, natural = figures["polnear_dev"], figures["natural_dev"]
    episodes = figures["episodes"]["anonymous"]
    publisher, weakest = min(
        dev["by_publisher"].items(), key=lambda item: item[1]["linked"]["f1"] or 0.0
    )
    return [
        "The attribution reader learnt from US political news of 2015 and 2016. On other topics, "
        "countries and years it was measured only through our episodes, which are paraphrases.",
        f"Of the attributions in PolNeAR's development part it finds and links "
        f"{rate(dev['linked']['recall'])} per cent; the others are missed, cut elsewhere or linked "
        f"wrongly. It does least well on {publisher} (linked F1 "
        f"{percent(weakest['linked']['f1'])}).",
        f"It misses {_missed(episodes)} anonymous claims of the episodes and "
        f"{_missed(natural['anonymous'])} of the natural articles, which are few: mind the "
        "interval.",
        'The border between an anonymous informant and a category of people ("some Republicans '
        'say") is soft: careful readers differ there too.',
        *_weakest_type(natural["confusion"]),
    ]


def _missed(flag: Mapping[str, Any]) -> str:
    recall = flag["recall"]
    return f"{recall['total'] - recall['hits']} of {recall['total']}"


def _weakest_type(confusion: Mapping[str, Mapping[str, int]]) -> list[str]:
    shares = {gold: (row.get(gold, 0), sum(row.values())) for gold, row in confusion.items() if row}
    if not shares:
        return []
    name, (hits, total) = min(shares.items(), key=lambda item: item[1][0] / item[1][1])
    return [
        f"The source type it knows least is {name.replace('_', ' ')}: {hits} of {total} claims of "
        "the natural articles are found and typed rightly."
    ]


def _of_classifier(saved: Mapping[str, Any]) -> list[str]:
    episodes, links = saved["episodes"]["relation"], saved["links"]
    lexical, blind = (
        percent(saved["baselines"][name]["episodes"]["relation_macro_f1"])
        for name in ("lexical", "lexical_claim_blind")
    )
    name, weakest = min(episodes["by_label"].items(), key=lambda item: item[1]["f1"] or 0.0)
    wording, pairs = min(
        saved["minimal_pairs"]["by_phenomenon"].items(), key=lambda item: item[1]["value"] or 0.0
    )
    return [
        "Part of what the relation classifier knows is how denials and corrections are worded, "
        f"whatever the claim: a lexical one's macro-F1 on episodes is {lexical} with the claim and "
        f"{blind} without. Read a single relation of its as a hint. It does least well on "
        f"*{name}* (F1 {percent(weakest['f1'])}), and among the minimal pairs on "
        f"*{wording.replace('_', ' ')}* ({rate(pairs)} per cent right).",
        f"From raw text it finds {rate(links['bearing']['recall'])} per cent of the labelled "
        f"passages that bear on a claim, and {rate(links['right']['recall'])} per cent with the "
        f"right relation; {rate(links['right']['precision'])} per cent of its links are labelled "
        "so, though readers did not label every passage that bears on a claim.",
        "Episodes are famous affairs, mostly about powerful people: how often claims hold in them "
        "says nothing about news at large.",
    ]
