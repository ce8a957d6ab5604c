"""An applicant who fills in both steps."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

ENTERPRISE: Mapping[str, Any] = {
    "legal_name": "Công ty TNHH Cơ khí Đại Lộc",
    "country": "VN",
    "tax_code": "0100233488",
    "legal_form": "llc_2",
    "ownership": "private_vn",
    "established": "2008",
    "employees": "86",
    "representative": "Đỗ Bảo Sơn",
    "representative_title": "Giám đốc",
    "address": "Lô CN3",
    "industrial_park": "KCN Quế Võ",
    "ward": "Phường Phương Liễu",
    "province": "Bắc Ninh",
    "supply_kind": "parts_maker",
    "sectors": ["precision_mechanical"],
    "processes": ["cnc_turning"],
    "main_products_vi": "Trục, bạc",
}
PARTICIPATION: Mapping[str, Any] = {
    "fascia_name": "CƠ KHÍ ĐẠI LỘC",
    "booth_type": "standard_9",
    "quantity": "1",
    "contact_name": "Bùi Quốc Long",
    "contact_title": "Trưởng phòng",
    "contact_email": "long@dailoc.example",
    "contact_phone": "0912345678",
    "processing": "y",
}
NEW, OLD = "apply", "application/edit"


def first(client: FlaskClient, *, where: str = NEW, fair: str = "SIE27", **changes: Any) -> Any:
    """Send the first step as it stands on the page, with changes."""
    return _send(client, f"/{fair}/exhibitor/{where}", ENTERPRISE, changes, do="next")


def second(client: FlaskClient, *, where: str = NEW, fair: str = "SIE27", **changes: Any) -> Any:
    """Send the second step, and with it the application."""
    return _send(client, f"/{fair}/exhibitor/{where}/participation", PARTICIPATION, changes, do="send")


def apply(client: FlaskClient, *, where: str = NEW, fair: str = "SIE27", **changes: Any) -> Any:
    """Go through both steps; return the answer to the first that is refused, else to the second."""
    own = {name: changes[name] for name in changes if name in FIRST_NAMES}
    answer = first(client, where=where, fair=fair, **own)
    if answer.status_code != 303:
        return answer
    return second(client, where=where, fair=fair, **{name: changes[name] for name in changes if name not in own})


FIRST_NAMES = {*ENTERPRISE, "english_name", "phone", "distinct", "logo", "summary_vi", "export_percent"}


def hidden(client: FlaskClient, url: str) -> dict[str, str]:
    """Return what the page carries along unseen."""
    import re

    text = client.get(url).text
    pairs = re.findall(r'<input id="(draft_version|based_on|logo_kept|scan_kept)"[^>]*value="([^"]*)"', text)
    return dict(pairs)


def _send(client: FlaskClient, url: str, values: Mapping[str, Any], changes: Mapping[str, Any], *, do: str) -> Any:
    carried = {} if "draft_version" in changes else hidden(client, url)
    return client.post(url, data={**values, "do": do, **carried, **changes})


def answers(**changes: Any) -> dict[str, Any]:
    """Return what both steps say, as the service takes it."""
    plain = {**ENTERPRISE, **PARTICIPATION, "province": "24", "established": 2008, "employees": 86, "quantity": 1}
    plain.pop("processing")
    return {**plain, **changes}
