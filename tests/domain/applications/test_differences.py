"""What changed between two submissions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.applications.differences import Change, find_changes


def test_a_change_says_what_stood_there_and_what_stands_there_now():
    changes = find_changes({"area": 9, "address": "KCN Yên Phong"}, {"area": 18, "address": "KCN Yên Phong"})

    assert changes == [Change(field="area", before=[9], after=[18])]


def test_of_a_list_only_what_came_and_went_is_said():
    (change,) = find_changes({"sectors": ["moulds", "casting"]}, {"sectors": ["casting", "plastics"]})

    assert change == Change(field="sectors", before=["moulds"], after=["plastics"])


def test_a_list_in_another_order_is_a_change_and_says_both():
    (change,) = find_changes({"sectors": ["a", "b"]}, {"sectors": ["b", "a"]})

    assert change == Change(field="sectors", before=["a", "b"], after=["b", "a"])


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_is_filled_in_or_emptied_is_told_apart_from_what_changed(nothing):
    (added,) = find_changes({"website": nothing}, {"website": "https://a.example"})
    (removed,) = find_changes({"website": "https://a.example"}, {"website": nothing})

    assert (added.added, added.removed) == (True, False)
    assert (removed.added, removed.removed) == (False, True)


def test_a_field_that_did_not_exist_yet_and_is_empty_changed_nothing():
    assert find_changes({}, {"seeks": "", "extras": [], "corner": None}) == []


def test_no_and_not_answered_are_different():
    (change,) = find_changes({}, {"corner": False})

    assert change.after == [False]


def test_changes_stand_in_the_order_of_the_form_and_the_unknown_last():
    after = {"b": 1, "zeta": 1, "a": 1, "alpha": 1}

    assert [one.field for one in find_changes({}, after, order=("b", "a"))] == ["b", "a", "alpha", "zeta"]


values = st.dictionaries(st.sampled_from("abcd"), st.one_of(st.text(), st.integers(), st.lists(st.text())))


@given(values)
def test_the_same_twice_is_no_change(same):
    assert find_changes(same, dict(same)) == []


@given(values, values)
def test_the_way_back_changes_the_same_fields(one, other):
    assert [c.field for c in find_changes(one, other)] == [c.field for c in find_changes(other, one)]
