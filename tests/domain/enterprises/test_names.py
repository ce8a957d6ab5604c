import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.enterprises.names import (
    core_name,
    given_name,
    initials,
    person_sort_key,
    same_core_name,
    short_name_of,
    sort_key,
)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Công ty TNHH Cơ khí Đại Lộc", "co khi dai loc"),
        ("Cty CP Cơ khí Đại Lộc", "co khi dai loc"),
        ("CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN CƠ KHÍ ĐẠI LỘC", "co khi dai loc"),
        ("Công ty TNHH MTV SX TM DV XNK Hoà Phát", "hoa phat"),
        ("Công ty TNHH Sản xuất và Thương mại Hòa Phát Việt Nam", "hoa phat"),
        ("Hoa Phat Trading Co., Ltd.", "hoa phat"),
        ("Chi nhánh Công ty CP Ánh Dương", "anh duong"),
        ("株式会社日本精機", "日本精機"),
        ("㈱日本精機", "日本精機"),
        ("한국정밀 주식회사", "한국정밀"),
        ("Công ty TNHH Thương mại Dịch vụ Việt Nam", "thuong mai dich vu viet nam"),
        ("Công ty Cổ phần", "cong ty co phan"),
    ],
)
def test_the_core_of_a_name_leaves_out_form_and_trade(name, core):
    assert core_name(name) == core


def test_names_that_differ_in_spelling_only_are_the_same():
    assert same_core_name("Công ty TNHH Sao Phương Đông", "CTY CP SaoPhuongDong VN")
    assert not same_core_name("Công ty TNHH Sao Phương Đông", "Công ty TNHH Sao Phương Nam")


@given(st.text())
def test_a_core_name_is_its_own_core_unless_there_is_nothing_left(name):
    assert bool(core_name(name)) == bool(core_name(core_name(name)))


@pytest.mark.parametrize(
    ("legal_name", "short"),
    [
        ("Công ty TNHH Cơ khí Quế Võ Xanh (giả lập)", "Cơ khí Quế Võ Xanh (giả lập)"),
        ("CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN ĐẠI LỘC", "ĐẠI LỘC"),
        ("Tổng công ty Cổ phần Dệt may Sông Thương", "Dệt may Sông Thương"),
        ("CTCP  Sản xuất   Thép", "Sản xuất Thép"),
        ("Công ty Cổ phần", ""),
        ("Sakurano Seiki Co., Ltd.", ""),
        ("株式会社日本精工", ""),
        ("", ""),
    ],
)
def test_the_name_that_people_use_is_the_legal_one_without_the_form_before_it(legal_name, short):
    assert short_name_of(legal_name) == short


@pytest.mark.parametrize(
    ("full_name", "country", "greeted"),
    [
        ("Nguyễn Thị Ngọc Ánh", "VN", "Ánh"),
        ("  Đỗ  Bảo  Sơn ", "VN", "Sơn"),
        ("山田 太郎", "JP", "山田 太郎"),
        ("Kim Min-jun", "KR", "Kim Min-jun"),
        ("", "VN", ""),
    ],
)
def test_vietnamese_are_greeted_by_their_given_name_and_nobody_else(full_name, country, greeted):
    assert given_name(full_name, country=country) == greeted


@pytest.mark.parametrize(
    "ordered",
    [
        ["An", "Ăn", "Ân", "Bình", "Dung", "Đạt", "Em", "Ên", "Oanh", "Ôn", "Ơn", "Uyên", "Ưng", "Yến"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "án", "ang", "ánh"],
        ["An Bình", "An Đông", "Anh", "Ánh", "Ánh An"],
        ["dương", "Đại", "đông"],
        ["2 Tháng 9", "3F", "A", "한국", "ﾊ"],
    ],
)
def test_vietnamese_words_stand_in_dictionary_order(ordered):
    shuffled = random.Random(7).sample(ordered, len(ordered))

    assert sorted(shuffled, key=sort_key) == ordered


def test_people_stand_in_the_order_of_their_given_names():
    people = ["Nguyễn Văn Bình", "Vũ Thị An", "Đỗ Bảo An", "Trần Ánh", "Lê Đạt", "Lê Văn Dũng"]

    assert sorted(people, key=person_sort_key) == [
        "Đỗ Bảo An",
        "Vũ Thị An",
        "Trần Ánh",
        "Nguyễn Văn Bình",
        "Lê Văn Dũng",
        "Lê Đạt",
    ]


@given(st.text())
def test_the_order_knows_no_difference_between_composed_and_decomposed(text):
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "letters"), [("Đỗ Bảo Sơn", "ĐS"), ("(giả lập)", "L"), ("sao", "S"), ("", "?"), ("–", "?")]
)
def test_initials_stand_for_a_name(name, letters):
    assert initials(name) == letters
