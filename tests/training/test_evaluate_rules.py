"""The figures of the rules, counted by hand."""

from training.evaluate_rules import count_figures, reason_figures


def test_counts_by_source_type() -> None:
    found = count_figures(
        [
            ("two people", "anonymous", 2),
            ("the people", "anonymous", 2),
            ("officials", "anonymous", None),
            ("Lee", "named_person", 1),
        ]
    )
    assert (found["anonymous"]["hits"], found["anonymous"]["total"]) == (2, 3)
    assert found["named_person"]["value"] == 1


def test_reasons_over_anonymous_attributions_only() -> None:
    text = "Aides said on condition of anonymity it rained."
    spans = {"source": [[0, 5]], "cue": [[6, 10]], "content": [[37, 46]]}
    labels = [("anonymous", True), ("anonymous", False), ("collective", True)]
    rows = [{**spans, "source_type": t, "anonymity_reason": reason} for t, reason in labels]
    found = reason_figures([{"text": text, "attributions": rows}])
    assert (found["precision"]["value"], found["recall"]["value"]) == (0.5, 1)
