"""Two entries of one enterprise become one, and apart again."""

import pytest

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.audit.models import AuditEntry
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise, EnterpriseMerge
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.exhibitors.models import Exhibitor
from fairapp.mail.models import Mail
from fairapp.register.service.merging import (
    MergeBuried,
    MergeConflict,
    MergeElsewhere,
    MergeUndone,
    Wish,
    merge,
    references,
    undo,
)
from tests.features.threads import at_once
from tests.features.world import ACTOR

LIST = "/SIE27/organizer/enterprises/"


@pytest.fixture
def scene(world):
    fair, next_fair = world.make_fair(), world.make_fair("VIF27")
    kept = world.make_exhibitor(fair, world.make_enterprise(legal_name="Đại Phát", website="")).enterprise
    merged = world.make_enterprise(legal_name="CTCP Đại Phát", website="https://daiphat.example", english_name="")
    world.make_exhibitor(next_fair, merged)
    return world, (fair, next_fair), kept, merged


def wish(kept, merged, *take) -> Wish:
    one, other = entry(kept), entry(merged)
    return Wish(
        kept=one.public_id, kept_version=one.version, merged=other.public_id, merged_version=other.version, take=take
    )


def run(scene, *take):
    world, fairs, kept, merged = scene
    made = merge(
        fairs[0].id, wish(kept, merged, *take), organized=[fair.id for fair in fairs], actor=ACTOR, now=world.now
    )
    return made.id


def entry(enterprise) -> Enterprise:
    db.session.rollback()
    return db.session.get(Enterprise, enterprise.id, populate_existing=True)


def owners(model) -> list[int]:
    db.session.rollback()
    return [row.enterprise_id for row in db.session.query(model).order_by(model.id)]


def test_every_table_that_names_an_enterprise_is_known():
    found = {f"{table.name}.{column.name}" for table, column in references()}

    assert {
        "application.enterprise_id", "exhibitor.enterprise_id", "buyer.enterprise_id", "membership.enterprise_id",
        "mail.enterprise_id", "capability.enterprise_id", "machine.enterprise_id", "product.enterprise_id",
        "customer.enterprise_id", "quality_figure.enterprise_id", "enterprise.merged_into_id",
    } <= found  # fmt: skip


def test_everything_moves_to_the_kept_entry_and_back(scene):
    world, fairs, kept, merged = scene
    contact = world.make_member(fairs[1], Role.EXHIBITOR_CONTACT, merged)
    world.make_machine(merged)
    world.make_product(merged)
    world.make_customer(merged)
    world.make_certificate(merged, "iso_9001")
    world.make_mail(fairs[1], enterprise_id=merged.id)

    made = run(scene)

    assert owners(Exhibitor) == [kept.id, kept.id]
    assert owners(Application) == [kept.id, kept.id]
    assert owners(Mail) == [kept.id]
    assert [len(rows) for rows in (entry(kept).machines, entry(kept).products, entry(kept).customers)] == [1, 1, 1]
    assert entry(kept).codes("certificate") == ["iso_9001"]
    assert db.session.query(Membership).filter_by(account_id=contact.id).one().enterprise_id == kept.id
    assert entry(merged).merged_into_id == kept.id
    assert entry(merged).codes("sector") == ["precision_mechanical"], "the kept one has this itself"

    undo(made, fair_id=fairs[0].id, actor=ACTOR, now=world.now)

    assert owners(Exhibitor) == [kept.id, merged.id]
    assert owners(Mail) == [merged.id]
    assert entry(merged).merged_into_id is None
    assert entry(merged).codes("certificate") == ["iso_9001"]
    assert db.session.query(Membership).filter_by(account_id=contact.id).one().enterprise_id == merged.id
    actions = [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["enterprise.merge", "enterprise.undo_merge"]


def test_the_tax_code_of_the_merged_entry_leads_to_the_kept_one(scene):
    _, _, kept, merged = scene

    run(scene)

    db.session.rollback()
    assert find_by_tax_code("VN", merged.tax_code).id == kept.id
    assert find_by_tax_code("VN", kept.tax_code).id == kept.id


def test_the_organizer_chooses_whose_value_stays(scene):
    world, fairs, kept, merged = scene
    codes = kept.tax_code, merged.tax_code

    made = run(scene, "website", "legal_name", "identity")

    assert (entry(kept).website, entry(kept).legal_name) == ("https://daiphat.example", "CTCP Đại Phát")
    assert (entry(kept).tax_code, entry(merged).tax_code) == codes[::-1]
    undo(made, fair_id=fairs[0].id, actor=ACTOR, now=world.now)
    assert (entry(kept).website, entry(kept).legal_name) == ("", "Đại Phát")
    assert (entry(kept).tax_code, entry(merged).tax_code) == codes


def test_what_was_changed_since_stays_when_the_merge_is_undone(scene):
    world, fairs, kept, _ = scene
    made = run(scene, "website", "english_name")
    with transaction() as session:
        session.get_one(Enterprise, kept.id).website = "https://new.example"

    undo(made, fair_id=fairs[0].id, actor=ACTOR, now=world.now)

    assert entry(kept).website == "https://new.example"


def test_two_exhibitors_of_one_fair_are_not_merged_and_the_fair_is_named(scene):
    world, fairs, kept, merged = scene
    world.make_exhibitor(fairs[0], merged)
    client = organizer(scene)

    answer = client.post(f"{LIST}{kept.public_id}/merge/{merged.public_id}", data=versions(kept, merged))

    assert answer.status_code == 409
    assert "Both take part in SIE27" in answer.text
    assert owners(Exhibitor) == [kept.id, merged.id, merged.id], "nothing has moved"
    assert entry(merged).merged_into_id is None


@pytest.mark.parametrize("status", [ApplicationStatus.WITHDRAWN, ApplicationStatus.REJECTED, ApplicationStatus.DRAFT])
def test_a_dead_application_in_the_same_fair_stays_with_the_merged_entry(scene, status):
    world, fairs, kept, merged = scene
    dead = world.make_application(fairs[0], merged, status=status)

    run(scene)

    db.session.rollback()
    assert db.session.get(Application, dead.id).enterprise_id == merged.id
    assert db.session.query(Application).filter_by(fair_id=fairs[1].id).one().enterprise_id == kept.id
    client = organizer(scene)
    page = client.get(f"{LIST}{kept.public_id}").text
    assert ("Withdrawn" in page or "Rejected" in page) == (status is not ApplicationStatus.DRAFT)
    if status is not ApplicationStatus.DRAFT:
        left_behind = client.get(f"/SIE27/organizer/applications/{dead.public_id}/").text
        assert f"{LIST}{kept.public_id}" in left_behind, "it leads to the kept entry"


def test_a_live_application_in_the_same_fair_is_refused(scene):
    world, fairs, _, merged = scene
    world.make_application(fairs[0], merged)

    with pytest.raises(MergeConflict):
        run(scene)


def test_an_account_that_acts_for_both_has_one_role_left_and_both_after_the_undo(scene):
    world, fairs, kept, merged = scene
    account = world.make_member(fairs[0], Role.EXHIBITOR_CONTACT, kept)
    with transaction() as session:
        session.add(
            Membership(
                account_id=account.id,
                fair_id=fairs[0].id,
                role=Role.EXHIBITOR_CONTACT,
                enterprise_id=merged.id,
                created_at=world.now,
            )
        )

    made = run(scene)
    assert owners(Membership) == [kept.id]
    undo(made, fair_id=fairs[0].id, actor=ACTOR, now=world.now)
    assert sorted(owners(Membership)) == sorted([kept.id, merged.id])


def test_products_beyond_twenty_stay_with_the_merged_entry(scene):
    world, _, kept, merged = scene
    for enterprise in (kept, merged):
        for _ in range(12):
            world.make_product(enterprise)

    run(scene)

    assert (len(entry(kept).products), len(entry(merged).products)) == (20, 4)


def test_an_entry_that_takes_part_in_foreign_fairs_is_not_merged_away(scene):
    world, fairs, kept, merged = scene

    with pytest.raises(MergeElsewhere):
        merge(fairs[0].id, wish(kept, merged), organized=[fairs[0].id], actor=ACTOR, now=world.now)


@pytest.mark.parametrize("crosswise", [False, True])
def test_of_two_rivals_one_merges_and_the_other_is_told(scene, crosswise):
    world, fairs, kept, merged = scene
    wishes = [wish(kept, merged), wish(merged, kept) if crosswise else wish(kept, merged)]

    def act(number: int) -> str:
        merge(fairs[0].id, wishes[number], organized=[fair.id for fair in fairs], actor=ACTOR, now=world.now)
        return "merged"

    assert sorted(at_once(world, 2, act)) == ["merge_rival", "merged"]
    assert db.session.query(EnterpriseMerge).count() == 1
    assert {entry(kept).merged_into_id, entry(merged).merged_into_id} in ({None, kept.id}, {None, merged.id})


def test_a_page_that_is_out_of_date_does_not_merge(scene):
    _, _, kept, merged = scene
    stale = versions(kept, merged)
    with transaction() as session:
        session.get_one(Enterprise, kept.id).version += 1

    answer = organizer(scene).post(f"{LIST}{kept.public_id}/merge/{merged.public_id}", data=stale)

    assert answer.status_code == 409
    assert "changed in the meantime" in answer.text


def test_a_merge_is_undone_once_and_not_below_a_later_one(scene):
    world, fairs, kept, _ = scene
    first = run(scene)
    third = world.make_exhibitor(world.make_fair("TRI27"), world.make_enterprise()).enterprise
    everywhere = [row.fair_id for row in db.session.query(Exhibitor)]
    second = merge(fairs[0].id, wish(third, kept), organized=everywhere, actor=ACTOR, now=world.now).id

    with pytest.raises(MergeBuried):
        undo(first, fair_id=fairs[0].id, actor=ACTOR, now=world.now)
    undo(second, fair_id=fairs[0].id, actor=ACTOR, now=world.now)
    undo(first, fair_id=fairs[0].id, actor=ACTOR, now=world.now)
    with pytest.raises(MergeUndone):
        undo(first, fair_id=fairs[0].id, actor=ACTOR, now=world.now)


def test_the_whole_way_in_the_browser_from_the_list_of_duplicates_to_the_undo(scene):
    _, _, kept, merged = scene
    client = organizer(scene)

    assert "same name and province" in client.get(f"{LIST}duplicates").text
    page = client.get(f"{LIST}{kept.public_id}/merge/{merged.public_id}").text
    assert "https://daiphat.example" in page
    answer = client.post(
        f"{LIST}{kept.public_id}/merge/{merged.public_id}",
        data={**versions(kept, merged), "website": "merged"},
        follow_redirects=True,
    )
    assert "is merged into" in answer.text
    assert "Take apart again" in answer.text
    assert client.get(f"{LIST}{merged.public_id}").status_code == 404
    assert "No duplicates found" in client.get(f"{LIST}duplicates").text

    db.session.rollback()
    made = db.session.query(EnterpriseMerge).one().public_id
    client.post(f"{LIST}merges/{made}/undo")
    assert client.get(f"{LIST}{merged.public_id}").status_code == 200


def test_an_entry_is_not_merged_into_itself(scene):
    _, _, kept, _ = scene

    assert organizer(scene).get(f"{LIST}{kept.public_id}/merge/{kept.public_id}").status_code == 422


def organizer(scene):
    world, fairs, _, _ = scene
    from tests.features.register.test_register import organize

    account = world.make_member(fairs[0], Role.ORGANIZER)
    organize(world, account, fairs[1])
    return world.sign_in(account)


def versions(kept, merged) -> dict:
    return {"kept_version": entry(kept).version, "merged_version": entry(merged).version}


def test_a_fair_that_is_imported_again_fills_the_kept_entry(sqlite_world):
    from fairapp.imports import demo
    from fairapp.imports.service import fair as importing

    world, seed = sqlite_world, demo.build(1)

    def run_import():
        importing.import_fair(seed, dry_run=False, hash_password=lambda text: text, actor=ACTOR, now=world.now)

    run_import()
    fair = db.session.query(Exhibitor).first().fair
    merged = db.session.query(Exhibitor).first().enterprise
    kept = world.make_enterprise()
    merge(fair.id, wish(kept, merged), organized=[fair.id], actor=ACTOR, now=world.now)

    run_import()

    db.session.rollback()
    assert db.session.query(Exhibitor).filter_by(enterprise_id=merged.id).count() == 0
    assert db.session.query(Exhibitor).filter_by(enterprise_id=kept.id).count() == 1
