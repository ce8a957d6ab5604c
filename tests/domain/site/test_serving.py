"""Which needs an exhibitor could serve."""

from fairapp.site.serving import Ability, Serving, find_serving

MOULDER = Ability(processes={"injection_moulding"}, materials={"abs"}, certificates={"iso_9001"})


def test_a_need_is_served_by_its_process():
    assert find_serving(MOULDER, process="injection_moulding") == Serving(material=False)
    assert find_serving(MOULDER, process="cnc_turning") is None


def test_another_material_refuses_only_who_says_what_it_works_with():
    silent = Ability(processes={"injection_moulding"})

    assert find_serving(MOULDER, process="injection_moulding", material="abs") == Serving(material=True)
    assert find_serving(MOULDER, process="injection_moulding", material="pom") is None
    assert find_serving(silent, process="injection_moulding", material="pom") == Serving(material=False)


def test_missing_certificates_are_named_and_count_against_the_fit():
    serving = find_serving(
        MOULDER, process="injection_moulding", material="abs", certificates=["iso_9001", "iatf_16949"]
    )

    assert serving == Serving(material=True, missing=("iatf_16949",))
    assert serving.rank > Serving(material=False).rank > Serving(material=True).rank
