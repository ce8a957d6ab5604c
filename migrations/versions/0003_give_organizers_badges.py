"""Let an account hold a badge instead of a membership: it stays readable when the role is taken away.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VALID = sa.text("revoked_at IS NULL")


def _one_holder(*columns):
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def upgrade():
    with op.batch_alter_table("badge") as batch_op:
        batch_op.drop_index("uq_badge_membership_id")
        batch_op.drop_constraint(op.f("ck_badge_one_holder"), type_="check")
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_badge_account_id"), "account", ["account_id"], ["id"])
    op.execute(
        "UPDATE badge SET account_id = (SELECT account_id FROM membership WHERE membership.id = badge.membership_id) "
        "WHERE membership_id IS NOT NULL"
    )
    with op.batch_alter_table("badge") as batch_op:
        batch_op.drop_constraint(op.f("fk_badge_membership_id"), type_="foreignkey")
        batch_op.drop_column("membership_id")
        batch_op.create_check_constraint(
            op.f("ck_badge_one_holder"), _one_holder("visitor_id", "staff_id", "buyer_id", "account_id")
        )
        batch_op.create_index(
            "uq_badge_account_id",
            ["fair_id", "account_id"],
            unique=True,
            sqlite_where=VALID,
            postgresql_where=VALID,
        )


def downgrade():
    op.execute("DELETE FROM badge WHERE account_id IS NOT NULL")
    with op.batch_alter_table("badge") as batch_op:
        batch_op.drop_index("uq_badge_account_id")
        batch_op.drop_constraint(op.f("ck_badge_one_holder"), type_="check")
        batch_op.drop_constraint(op.f("fk_badge_account_id"), type_="foreignkey")
        batch_op.drop_column("account_id")
        batch_op.add_column(sa.Column("membership_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_badge_membership_id"), "membership", ["membership_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(
            op.f("ck_badge_one_holder"), _one_holder("visitor_id", "staff_id", "buyer_id", "membership_id")
        )
        batch_op.create_index(
            "uq_badge_membership_id", ["membership_id"], unique=True, sqlite_where=VALID, postgresql_where=VALID
        )
