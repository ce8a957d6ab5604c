"""Looking for everything that speaks against an application, in the rules and in the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications import eligibility, judging
from fairapp.applications.judging import Mistake
from fairapp.applications.models import Application
from fairapp.applications.service.shared import AlreadyApplied
from fairapp.applications.twins import Known, SimilarEnterprise, find_twins
from fairapp.database import db
from fairapp.enterprises import tax_code
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.errors import FairError
from fairapp.fairs.models import Fair


class TaxCodeOfAnother(FairError):
    """An application stays with its enterprise: another enterprise applies for itself."""

    code = "tax_code_of_another"


def look_for_mistakes(
    fair_id: int, values: Mapping[str, Any], *, application: Application | None, now: datetime
) -> list[Mistake]:
    """Return everything that would refuse an application, so that one round shows it all."""
    session = db.session()
    return find_mistakes(session, session.get_one(Fair, fair_id), values, application=application, now=now)


def find_mistakes(
    session: Session, fair: Fair, values: Mapping[str, Any], *, application: Application | None, now: datetime
) -> list[Mistake]:
    """Return what the rules and the register hold against an application, each with the field it stands beside."""
    year = now.astimezone(ZoneInfo(fair.timezone)).year
    mistakes = judging.judge_enterprise(values, eligibility.to_rules(fair.eligibility), year=year)
    if not any(name == "tax_code" for name, _ in mistakes) and values.get("tax_code"):
        mistakes += _look_up(session, fair, values, application)
    return mistakes + judging.judge_participation(values, country=values.get("country") or "VN")


def _look_up(session: Session, fair: Fair, values: Mapping[str, Any], application: Application | None) -> list[Mistake]:
    country = values.get("country") or "VN"
    code = tax_code.parse_tax_code(values["tax_code"], country=country)
    enterprise = find_by_tax_code(country, code.text)
    if application is not None:
        same = enterprise is not None and enterprise.id == application.enterprise_id
        return [] if same else [("tax_code", TaxCodeOfAnother(name=application.enterprise.legal_name))]
    if enterprise is None:
        twins = [] if values.get("distinct") else list_twins(session, values, code.text)
        return [("legal_name", SimilarEnterprise(name=twins[0].name, tax_code=twins[0].tax_code))] if twins else []
    taken = session.scalar(
        sa.select(Application.id).where(Application.fair_id == fair.id, Application.enterprise_id == enterprise.id)
    )
    if taken is None:
        return []
    return [("tax_code", AlreadyApplied(name=enterprise.legal_name, tax_code=enterprise.tax_code))]


def list_twins(session: Session, values: Mapping[str, Any], code: str) -> list[Known]:
    """Return entries of the register that may be the enterprise of an application under another number."""
    one = Known(
        id=0,
        names=(values.get("legal_name") or "", values.get("english_name") or ""),
        country=values.get("country") or "VN",
        tax_code=code,
        province=values.get("province") or None,
    )
    return _twins(session, one)


def _twins(session: Session, one: Known) -> list[Known]:
    near = Enterprise.province.is_(None) if one.province is None else Enterprise.province == one.province
    branches = Enterprise.tax_code.startswith(one.tax_code[:10]) if one.country == "VN" else sa.false()
    others = session.scalars(
        sa.select(Enterprise)
        .where(Enterprise.country == one.country, Enterprise.merged_into_id.is_(None), sa.or_(near, branches))
        .order_by(Enterprise.id)
    )
    return find_twins(one, (_known(other) for other in others))


def _known(enterprise: Enterprise) -> Known:
    return Known(
        id=enterprise.id,
        names=(enterprise.legal_name, enterprise.short_name, enterprise.english_name),
        country=enterprise.country,
        tax_code=enterprise.tax_code,
        province=enterprise.province,
    )
