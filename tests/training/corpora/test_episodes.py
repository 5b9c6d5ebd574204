"""Our episodes and pairs: loaded whole, quotes where they are said to be."""

from scorer.models import data_path
from training.corpora.episodes import claims_of, load_episodes, reports_of
from training.corpora.relation_pairs import load_relation_pairs


def test_every_claim_and_source_is_its_quote() -> None:
    episodes = load_episodes(data_path("episodes"))
    assert len(episodes) == 83
    for episode in episodes:
        texts = {report.key: report.text for report in reports_of(episode)}
        found = {claim.id: claim for claims in claims_of(episode).values() for claim in claims}
        for label in episode["claims"]:
            claim = found[f"{episode['id']}/{label['id']}"]
            text = texts[claim.report]
            assert [text[s:e] for s, e in claim.content] == [label["quote"]]
            assert [text[s:e] for s, e in claim.source] == [label["source"]]


def test_dates_stay_as_printed() -> None:
    assert reports_of(load_episodes(data_path("episodes"))[0])[0].date == "2024-11-10"


def test_every_quote_of_the_pairs_is_in_its_context() -> None:
    groups = load_relation_pairs(data_path("relation_pairs"))
    assert len(groups) == 284
    for group in groups:
        for part in [group["claim"], *group["passages"]]:
            assert part["context"].count(part["quote"]) == 1
