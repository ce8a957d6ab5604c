from hypothesis import given
from hypothesis import strategies as st

from fairapp.enterprises.changes import reconcile

VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=3, max_size=3)


def test_what_only_one_changed_goes_together():
    outcome = reconcile(
        seen={"capacity": "1", "website": "x"},
        typed={"capacity": "2", "website": "x"},
        saved={"capacity": "1", "website": "y"},
    )

    assert outcome.values == {"capacity": "2", "website": "y"}
    assert outcome.conflicts == ()


def test_what_both_changed_differently_is_a_conflict_that_keeps_what_was_typed():
    outcome = reconcile(seen={"capacity": "1"}, typed={"capacity": "2"}, saved={"capacity": "3"})

    assert outcome.conflicts == ("capacity",)
    assert outcome.values == {"capacity": "2"}
    assert outcome.saved == {"capacity": "3"}


def test_what_both_changed_alike_is_none():
    assert reconcile(seen={"a": 1}, typed={"a": 2}, saved={"a": 2}).conflicts == ()


def test_a_field_that_was_not_seen_is_taken_as_typed():
    outcome = reconcile(seen={}, typed={"a": 2}, saved={"a": 1})

    assert outcome.values == {"a": 2}
    assert outcome.conflicts == ()


@given(seen=VALUES, typed=VALUES, saved=VALUES)
def test_no_value_comes_from_nowhere_and_no_change_of_the_other_is_lost_unseen(seen, typed, saved):
    outcome = reconcile(seen=seen, typed=typed, saved=saved)

    for name, value in outcome.values.items():
        assert value in (typed[name], saved[name])
        changed_by_other = saved[name] != seen[name]
        if changed_by_other and value != saved[name]:
            assert name in outcome.conflicts
