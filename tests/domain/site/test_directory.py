"""Facets of the directory."""

from hypothesis import given
from hypothesis import strategies as st

from fairapp.enterprises.taxonomy import find_province
from fairapp.site.directory import Directory, Listing, Question, booth_key, codes_named, read_question


def directory(*rows: tuple[str, dict[str, list[str]], tuple[str, ...]]) -> Directory:
    made = Directory([Listing(id=number, name=name, booths=booths) for number, (name, _, booths) in enumerate(rows)])
    for number, (_, values, _) in enumerate(rows):
        for facet, some in values.items():
            for value in some:
                made.add(facet, value, (number,))
    return made


THREE = directory(
    ("Đại Nghĩa", {"sector": ["plastics"], "process": ["moulding", "painting"], "hall": ["A"]}, ("A10",)),
    ("An Bình", {"sector": ["plastics"], "process": ["moulding"], "hall": ["B"]}, ("B1",)),
    ("Dũng Tiến", {"sector": ["mechanics"], "process": ["turning"], "hall": ["A"]}, ("A9",)),
)


def test_values_of_one_facet_widen_and_facets_narrow():
    either = Question(values={"process": ("moulding", "turning")})
    both = Question(values={"process": ("moulding", "turning"), "hall": ("A",)})

    assert THREE.answer(either) == [1, 2, 0]
    assert THREE.answer(both) == [2, 0]


def test_a_facet_counts_as_if_nothing_of_it_were_chosen_and_with_what_the_others_leave():
    question = Question(values={"sector": ("plastics",), "hall": ("A",)})

    assert THREE.counts(question, "sector") == {"plastics": 1, "mechanics": 1}
    assert THREE.counts(question, "hall") == {"A": 1, "B": 1}
    assert THREE.counts(question, "process") == {"moulding": 1, "painting": 1}


def test_a_chosen_value_that_leaves_nobody_still_shows():
    question = Question(values={"process": ("turning",), "sector": ("plastics",)})

    assert THREE.count(question) == 0
    assert THREE.counts(question, "process") == {"moulding": 2, "painting": 1, "turning": 0}


def test_exhibitors_stand_in_the_order_of_a_vietnamese_dictionary_or_of_their_booths():
    assert THREE.answer(Question()) == [1, 2, 0]
    assert THREE.answer(Question(sort="booth")) == [2, 0, 1]
    assert sorted(["A10", "A9", "3.A12", "B1"], key=booth_key) == ["3.A12", "A9", "A10", "B1"]


def test_an_exhibitor_without_a_booth_comes_last_by_booth():
    two = directory(("A", {}, ()), ("B", {}, ("Z9",)))

    assert two.answer(Question(sort="booth")) == [1, 0]


def test_an_address_is_read_and_written_back_without_what_it_cannot_mean():
    asked = {"q": [" dai nghia "], "process": ["moulding", "moulding", ""], "colour": ["red"], "sort": ["price"]}

    question = read_question(asked)

    assert question == Question(query="dai nghia", values={"process": ("moulding",)})
    assert question.arguments() == [("q", "dai nghia"), ("process", "moulding")]
    assert question.without("process", "moulding") == Question(query="dai nghia")


def test_a_province_is_found_by_its_name_before_2025_and_without_diacritics():
    assert find_province("Hải Phòng") in codes_named("duong")["province"]
    assert codes_named("zzz") == {}
    assert codes_named("h") == {}


rows = st.lists(
    st.fixed_dictionaries(
        {
            "sector": st.lists(st.sampled_from("abc"), unique=True),
            "process": st.lists(st.sampled_from("xyz"), unique=True),
        }
    ),
    max_size=12,
)
questions = st.fixed_dictionaries(
    {
        "sector": st.lists(st.sampled_from("abcd"), unique=True),
        "process": st.lists(st.sampled_from("xyz"), unique=True),
    }
)


@given(rows, questions)
def test_counting_by_bits_is_counting_one_by_one(having, wanted):
    made = directory(*[(str(number), values, ()) for number, values in enumerate(having)])
    question = Question(values={facet: tuple(some) for facet, some in wanted.items() if some})

    def fits(values: dict[str, list[str]], besides: str = "") -> bool:
        return all(
            facet == besides or not some or set(some) & set(values[facet]) for facet, some in question.values.items()
        )

    assert sorted(made.answer(question)) == [number for number, values in enumerate(having) if fits(values)]
    for facet in ("sector", "process"):
        for value, count in made.counts(question, facet).items():
            assert count == sum(value in values[facet] for values in having if fits(values, besides=facet))
