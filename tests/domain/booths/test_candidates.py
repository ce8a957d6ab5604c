"""Who suits a booth, and why."""

from fairapp.booths.candidates import Candidate, Reason, Wanted, rank_candidates


def wanted(number, **values):
    return Wanted(**{"exhibitor_id": number, "name": f"Firm {number}", "area": 9, "booth_type": "standard_9", **values})


def order(*everybody):
    ranked = rank_candidates(everybody, area=9, booth_type="standard_9")
    return [one.wanted.exhibitor_id for one in ranked]


def test_choices_come_before_what_merely_fits_and_what_does_not_fit_comes_last():
    assert order(wanted(1, area=18), wanted(2), wanted(3, rank=2), wanted(4, rank=1)) == [4, 3, 2, 1]


def test_points_decide_between_equals_and_names_where_points_are_equal():
    assert order(wanted(1), wanted(2, points=5), wanted(3, name="An Phát")) == [2, 3, 1]


def test_every_candidate_carries_its_reasons():
    one = wanted(1, area=18, booth_type="standard_18", rank=1)

    assert rank_candidates([one], area=9, booth_type="standard_9") == [
        Candidate(wanted=one, reasons=(Reason.CHOICE, Reason.AREA_LESS, Reason.TYPE_DIFFERS))
    ]


def test_who_never_applied_has_no_reasons():
    assert rank_candidates([wanted(1, area=None, booth_type=None)], area=9, booth_type="raw_space")[0].reasons == ()
