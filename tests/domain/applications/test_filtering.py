"""The filters of the queue in the address."""

from fairapp.applications.filtering import ApplicationFilter, read_filter


def test_filters_come_back_from_the_address_as_they_went():
    chosen = ApplicationFilter(q="đại lộc", status="applied", form="missing", subsidy=True, body="none")

    assert read_filter(chosen.as_query()) == chosen


def test_what_the_address_does_not_name_filters_nothing():
    assert read_filter({"page": "2", "sort": "name", "q": "  "}) == ApplicationFilter()
    assert ApplicationFilter().as_query() == {}


def test_filters_that_are_folded_away_are_counted():
    chosen = ApplicationFilter(q="x", status="applied", sector="moulds", province="27", unread=True)

    assert chosen.folded == 2
