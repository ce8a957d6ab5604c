"""Keeping the register: what an enterprise is and what it can do."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise


def set_capabilities(enterprise: Enterprise, kind: CapabilityKind, codes: Sequence[str]) -> None:
    """Make ``codes`` the enterprise's capabilities of one kind."""
    kept = {one.code: one for one in enterprise.capabilities if one.kind is kind}
    for code in set(kept) - set(codes):
        enterprise.capabilities.remove(kept[code])
    for code in dict.fromkeys(codes):
        if code not in kept:
            enterprise.capabilities.append(Capability(kind=kind, code=code))


def update_profile(
    enterprise_id: int,
    *,
    fair_id: int,
    main_products: Mapping[str, str],
    summary: Mapping[str, str],
    website: str,
    tolerance: str,
    capabilities: Mapping[CapabilityKind, Sequence[str]],
    actor: ActorLike,
    now: datetime,
) -> Enterprise:
    """Change what the directory says of an enterprise."""
    with transaction() as session:
        enterprise = session.get_one(Enterprise, enterprise_id)
        enterprise.main_products, enterprise.summary = dict(main_products), dict(summary)
        enterprise.website, enterprise.tightest_tolerance = website, tolerance
        for kind, codes in capabilities.items():
            set_capabilities(enterprise, kind, codes)
        record(
            session,
            "enterprise.update",
            fair_id=fair_id,
            thing_id=enterprise.id,
            actor=actor,
            now=now,
            label=enterprise.legal_name,
        )
    return enterprise
