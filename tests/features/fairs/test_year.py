"""Moments of a fair are near our time."""

from fairapp.accounts.policy import Role


def test_a_year_of_two_digits_is_told_beside_its_field(sqlite_world):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post("/SIE27/organizer/set-up", data={"applications_close_at": "0027-02-15T17:00"})

    assert answer.status_code == 422
    assert "Check the year." in answer.text
