"""Brat standoff: fragments, repeated roles, and events before their spans."""

from training.corpora.brat import read_events


def test_repeated_roles_are_joined_in_text_order() -> None:
    standoff = (
        "E1\tAttribution:T1 Content:T3 Content2:T2\n"
        "T1\tAttribution 4 8\tsaid\nT2\tContent 0 3\tYes\nT3\tContent 9 12;14 16\tnot yet\n"
    )
    (event,) = read_events(standoff)
    assert event.id == "E1"
    assert event.spans("content") == ((0, 3), (9, 12), (14, 16))
    assert event.spans("source") == ()


def test_other_annotations_are_passed_over() -> None:
    assert read_events("T1\tDiscard 0 3\tads\nR1\tLink Arg1:T1 Arg2:T1\n#1\tNote T1\thm\n\n") == []
