"""Which columns a list of exhibitors can have, and which one a title means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairapp.folding import fold


class Kind(StrEnum):
    """How the cells of a column are read."""

    LINE = "line"
    TEXT = "text"
    COUNT = "count"
    SWITCH = "switch"
    CODE = "code"
    CODES = "codes"
    EMAIL = "email"
    PHONE = "phone"
    TAX_CODE = "tax_code"
    WEBSITE = "website"
    LANGUAGE = "language"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing that a list can say of an exhibitor; ``titles`` are folded."""

    field: str
    kind: Kind = Kind.LINE
    longest: int = 200
    least: int = 0
    most: int = 1_000_000
    code_list: str = ""
    titles: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column(
        field="external_ref", longest=60,
        titles=("external id", "id", "ma", "ma so", "ma doanh nghiep", "ma don vi", "ma ngoai", "ref", "reference"),
    ),
    Column(
        field="tax_code", kind=Kind.TAX_CODE, longest=64,
        titles=("tax code", "mst", "ma so thue", "tax id", "tax number", "ma so doanh nghiep", "registration number",
                "税番号", "세금 코드"),
    ),
    Column(
        field="legal_name",
        titles=("legal name", "name", "enterprise", "company", "company name", "ten doanh nghiep", "doanh nghiep",
                "ten cong ty", "cong ty", "ten don vi", "don vi", "ten phap ly", "exhibitor", "会社名", "회사명"),
    ),
    Column(
        field="short_name", longest=120,
        titles=("short name", "ten viet tat", "ten ngan", "ten giao dich", "ten rut gon", "略称", "약칭"),
    ),
    Column(
        field="english_name",
        titles=("english name", "name in english", "ten tieng anh", "ten giao dich tieng anh", "英語名", "영문명"),
    ),
    Column(field="country", kind=Kind.CODE, code_list="countries",
           titles=("country", "quoc gia", "nuoc", "国", "국가")),
    Column(field="province", kind=Kind.CODE, code_list="provinces",
           titles=("province", "city", "tinh", "tinh thanh", "tinh thanh pho", "tinh tp", "thanh pho", "dia phuong",
                   "province city")),
    Column(field="address", longest=300, titles=("address", "dia chi", "dia chi tru so", "住所", "주소")),
    Column(field="industrial_park", longest=160, titles=("industrial park", "khu cong nghiep", "kcn")),
    Column(field="website", kind=Kind.WEBSITE, titles=("website", "web", "trang web", "url")),
    Column(field="phone", kind=Kind.PHONE, longest=40,
           titles=("phone of the enterprise", "company phone", "dien thoai cong ty", "dien thoai doanh nghiep")),
    Column(field="employees", kind=Kind.COUNT, most=1_000_000,
           titles=("employees", "staff", "so lao dong", "lao dong", "so nhan vien", "nhan vien", "nhan su")),
    Column(field="established", kind=Kind.COUNT, least=1800, most=2100,
           titles=("founded in", "established", "founded", "nam thanh lap", "thanh lap")),
    Column(field="sectors", kind=Kind.CODES, code_list="sectors",
           titles=("sector", "sectors", "nganh", "nganh hang", "linh vuc", "nganh nghe", "industry")),
    Column(field="processes", kind=Kind.CODES, code_list="processes",
           titles=("process", "processes", "cong doan", "cong nghe", "quy trinh", "gia cong")),
    Column(field="materials", kind=Kind.CODES, code_list="materials",
           titles=("material", "materials", "vat lieu", "nguyen lieu")),
    Column(field="certificates", kind=Kind.CODES, code_list="certificates",
           titles=("certificate", "certificates", "chung nhan", "chung chi", "tieu chuan")),
    Column(field="practices", kind=Kind.CODES, code_list="practices",
           titles=("practice", "practices", "thuc hanh", "cai tien")),
    Column(field="supply_tier", kind=Kind.CODE, code_list="supply_tiers",
           titles=("supply tier", "tier", "cap cung ung", "bac cung ung")),
    Column(field="main_products_vi", kind=Kind.TEXT, longest=500,
           titles=("main products", "products", "san pham", "san pham chinh", "main products vi",
                   "main products in vietnamese", "san pham chinh tieng viet")),
    Column(field="main_products_en", kind=Kind.TEXT, longest=500,
           titles=("main products in english", "main products en", "products in english",
                   "san pham chinh tieng anh", "san pham tieng anh")),
    Column(field="summary_vi", kind=Kind.TEXT, longest=2000,
           titles=("introduction", "profile", "summary", "gioi thieu", "summary vi", "introduction in vietnamese",
                   "gioi thieu tieng viet")),
    Column(field="summary_en", kind=Kind.TEXT, longest=2000,
           titles=("introduction in english", "summary en", "gioi thieu tieng anh")),
    Column(field="contact_name", longest=120,
           titles=("contact", "contact name", "contact person", "nguoi lien he", "lien he", "ho ten nguoi lien he",
                   "dau moi", "担当者", "담당자")),
    Column(field="contact_title", longest=80,
           titles=("contact title", "position", "title", "chuc vu", "chuc danh", "役職", "직책")),
    Column(field="contact_email", kind=Kind.EMAIL, longest=255,
           titles=("email", "e mail", "mail", "contact email", "mail address", "email lien he", "thu dien tu")),
    Column(field="contact_phone", kind=Kind.PHONE, longest=40,
           titles=("phone", "mobile", "contact phone", "dien thoai", "so dien thoai", "sdt", "di dong",
                   "dien thoai lien he", "電話", "전화")),
    Column(field="language", kind=Kind.LANGUAGE, longest=20,
           titles=("language", "language of mails", "ngon ngu")),
    Column(field="fascia_name", longest=30,
           titles=("fascia name", "fascia", "ten bang hieu", "bien ten", "ten gian hang", "bang ten")),
    Column(field="booth_type", kind=Kind.CODE, code_list="booth_types",
           titles=("booth type", "loai gian", "loai gian hang")),
    Column(field="area", kind=Kind.COUNT, least=1, most=10_000,
           titles=("area", "net area", "net area in m", "dien tich", "dien tich m2", "net area in m2")),
    Column(field="quantity", kind=Kind.COUNT, least=1, most=50,
           titles=("booths", "number of booths", "so gian", "so gian hang", "so luong gian")),
    Column(field="corner", kind=Kind.SWITCH, titles=("corner", "goc", "gian goc", "2 mat tien")),
    Column(field="listed", kind=Kind.SWITCH,
           titles=("listed", "in the directory", "dang danh muc", "hien thi")),
    Column(field="invoice_name", titles=("invoice name", "ten xuat hoa don", "ten hoa don")),
    Column(field="invoice_address", longest=300,
           titles=("invoice address", "dia chi xuat hoa don", "dia chi hoa don")),
    Column(field="invoice_email", kind=Kind.EMAIL, longest=255,
           titles=("invoice email", "email nhan hoa don", "email hoa don")),
)  # fmt: skip

BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS}
KEYS = ("tax_code", "external_ref")
"""By one of these a row is known."""

MOST_COLUMNS = 100
_BY_TITLE = {title: column.field for column in COLUMNS for title in column.titles}


def guess(head: Sequence[str], named: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the field that each title seems to mean, each field once; titles that say nothing are left out.

    ``named`` adds folded titles: what our own templates call the fields.
    """
    known = {**_BY_TITLE, **{column.field: column.field for column in COLUMNS}, **(named or {})}
    found: dict[str, str] = {}
    for title in head:
        field = known.get(fold(title)) or known.get(title.strip()) or known.get(_plain(title))
        if field and field not in found.values():
            found[title] = field
    return found


def _plain(title: str) -> str:
    # "Mã số thuế (*)", "1. Tên doanh nghiệp": numbers before and notes behind say nothing.
    words = fold(title.partition("(")[0]).split()
    return " ".join(words[1:] if len(words) > 1 and words[0].isdigit() else words)


def clean_head(cells: Sequence[str]) -> list[str]:
    """Return the titles of a table: none empty, none twice, so that each names one column."""
    head: list[str] = []
    for number, cell in enumerate(cells, start=1):
        title = cell.strip()[:120] or f"#{number}"
        head.append(title if title not in head else f"{title} #{number}")
    return head


def check_mapping(mapping: Mapping[str, str], head: Sequence[str]) -> dict[str, str]:
    """Return the part of a mapping that a head can have: known titles, known fields."""
    return {title: mapping[title] for title in head if mapping.get(title) in BY_FIELD}


def twice(mapping: Mapping[str, str]) -> list[str]:
    """Return the fields that more than one column is said to hold."""
    fields = list(mapping.values())
    return sorted({field for field in fields if fields.count(field) > 1})
