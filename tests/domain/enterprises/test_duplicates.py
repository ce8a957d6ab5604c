import pytest

from fairapp.enterprises.duplicates import Entry, Reason, domain_of, find_pairs


def entry(number: int, **values) -> Entry:
    defaults = {
        "country": "VN",
        "tax_code": f"{number:010}",
        "names": (f"Công ty {chr(64 + number) * 3}",),
        "province": "01",
        "phones": frozenset(),
        "mails": frozenset(),
    }
    return Entry(id=number, **{**defaults, **values})


def reasons(*entries: Entry) -> list[tuple[int, int, tuple[Reason, ...]]]:
    return [(pair.one, pair.other, pair.reasons) for pair in find_pairs(entries)]


def test_strangers_are_no_pair():
    assert reasons(entry(1), entry(2)) == []


def test_one_name_in_one_province_is_a_pair_whatever_the_form_of_the_firm():
    found = reasons(
        entry(1, names=("Công ty TNHH Cơ khí Đại Phát",)), entry(2, names=("CTCP CO KHI DAI PHAT Việt Nam",))
    )

    assert found == [(1, 2, (Reason.NAME_AND_PROVINCE,))]


def test_one_name_in_two_provinces_is_a_weaker_pair():
    same = {"names": ("Công ty Đại Phát",)}
    found = find_pairs([entry(1, **same), entry(2, province="31", **same), entry(3, **same)])

    assert [(pair.one, pair.other) for pair in found] == [(1, 3), (1, 2), (2, 3)]


def test_branches_are_told_from_one_tax_code_written_twice():
    found = reasons(
        entry(1, tax_code="0101234567"),
        entry(2, tax_code="0101234567-001"),
        entry(3, country="JP", tax_code="12-345"),
        entry(4, country="JP", tax_code="12345"),
    )

    assert found == [(3, 4, (Reason.TAX_CODE,)), (1, 2, (Reason.BRANCH,))]


def test_a_phone_or_a_domain_of_its_own_makes_a_pair():
    found = reasons(
        entry(1, phones=frozenset({"+84901"}), mails=frozenset({"a@daiphat.vn"})),
        entry(2, phones=frozenset({"+84901"}), website="https://www.daiphat.vn/en"),
    )

    assert found == [(1, 2, (Reason.PHONE, Reason.DOMAIN))]


def test_a_host_where_everybody_has_an_address_makes_none():
    mail = frozenset({"someone@gmail.com"})

    assert reasons(entry(1, mails=mail), entry(2, mails=mail)) == []


def test_a_phone_that_many_share_is_an_agency():
    agency = frozenset({"+842412345678"})

    assert find_pairs([entry(number, phones=agency) for number in range(1, 20)]) == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("a@Sub.Daiphat.vn", "sub.daiphat.vn"),
        ("https://www.daiphat.vn:8080/x", "daiphat.vn"),
        ("gmail.com", ""),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address, host):
    assert domain_of(address) == host
