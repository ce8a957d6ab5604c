"""Register exhibitors: profiles, orders and fees, the manual, co-organizers; applications stand before exhibitors.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from fairapp.folding import fold

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CARRIED = ("contact_name", "contact_title", "contact_email", "contact_phone", "language", "booth_type", "area")


def upgrade():
    op.create_table(
        "bulk_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bulk_mail_account_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_bulk_mail_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_mail")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_mail_public_id")),
    )
    with op.batch_alter_table("bulk_mail") as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_mail_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "co_organizer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("may_decide", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=255), nullable=False),
        sa.Column("tax_code", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("invitation", sa.String(length=40), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_co_organizer_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_organizer")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_co_organizer_fair_id_code")),
        sa.UniqueConstraint("invitation", name=op.f("uq_co_organizer_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_co_organizer_public_id")),
    )
    with op.batch_alter_table("co_organizer") as batch_op:
        batch_op.create_index(batch_op.f("ix_co_organizer_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "extra",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=True),
        sa.Column("late_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_percent", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_extra_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_extra_fair_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_extra_public_id")),
    )
    with op.batch_alter_table("extra") as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "fee_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fee_rules_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_fee_rules_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_rules")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_fee_rules_fair_id_number")),
    )
    with op.batch_alter_table("fee_rules") as batch_op:
        batch_op.create_index(batch_op.f("ix_fee_rules_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "mail_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_mail_template_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_template")),
        sa.UniqueConstraint("fair_id", "kind", name=op.f("uq_mail_template_fair_id_kind")),
        sa.UniqueConstraint("fair_id", "name", name=op.f("uq_mail_template_fair_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_template_public_id")),
    )
    with op.batch_alter_table("mail_template") as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_template_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_saved_view_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "account_id", "fair_id", "list_name", "name", name=op.f("uq_saved_view_account_id_fair_id_list_name_name")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_view_public_id")),
    )
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_view_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_bank_statement_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_bank_statement_file_id")),
        sa.ForeignKeyConstraint(["imported_by_id"], ["account.id"], name=op.f("fk_bank_statement_imported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_statement_public_id")),
    )
    with op.batch_alter_table("bank_statement") as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_statement_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_import_run_account_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_import_run_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_import_run_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_run_public_id")),
    )
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "manual_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_manual_section_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_manual_section_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_section")),
        sa.UniqueConstraint("public_id", name=op.f("uq_manual_section_public_id")),
    )
    with op.batch_alter_table("manual_section") as batch_op:
        batch_op.create_index(batch_op.f("ix_manual_section_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "pavilion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("co_organizer_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["co_organizer_id"], ["co_organizer.id"], name=op.f("fk_pavilion_co_organizer_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_pavilion_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pavilion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pavilion_public_id")),
    )
    with op.batch_alter_table("pavilion") as batch_op:
        batch_op.create_index(batch_op.f("ix_pavilion_co_organizer_id"), ["co_organizer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pavilion_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("bank_reference", sa.String(length=80), nullable=False),
        sa.Column("finding", sa.String(length=32), nullable=False),
        sa.Column("ignored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_bank_line_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("fair_id", "fingerprint", name=op.f("uq_bank_line_fair_id_fingerprint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_line_public_id")),
    )
    with op.batch_alter_table("bank_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_line_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bank_line_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("products", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_customer_enterprise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customer_public_id")),
    )
    with op.batch_alter_table("customer") as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "enterprise_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["enterprise.id"], name=op.f("fk_enterprise_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["account.id"], name=op.f("fk_enterprise_merge_merged_by_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["enterprise.id"], name=op.f("fk_enterprise_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enterprise_merge_public_id")),
    )
    with op.batch_alter_table("enterprise_merge") as batch_op:
        batch_op.create_index(batch_op.f("ix_enterprise_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enterprise_merge_merged_id"), ["merged_id"], unique=False)

    op.create_table(
        "machine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("maker", sa.String(length=80), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("key_size", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_machine_enterprise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine")),
        sa.UniqueConstraint("public_id", name=op.f("uq_machine_public_id")),
    )
    with op.batch_alter_table("machine") as batch_op:
        batch_op.create_index(batch_op.f("ix_machine_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "manual_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_manual_task_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["section_id"], ["manual_section.id"], name=op.f("fk_manual_task_section_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_manual_task_public_id")),
    )
    with op.batch_alter_table("manual_task") as batch_op:
        batch_op.create_index(batch_op.f("ix_manual_task_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_manual_task_section_id"), ["section_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_product_enterprise_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_product_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("public_id", name=op.f("uq_product_public_id")),
    )
    with op.batch_alter_table("product") as batch_op:
        batch_op.create_index(batch_op.f("ix_product_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "quality_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_quality_figure_enterprise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_figure")),
        sa.UniqueConstraint("enterprise_id", "code", name=op.f("uq_quality_figure_enterprise_id_code")),
    )
    with op.batch_alter_table("quality_figure") as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_figure_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_adjustment_created_by_id")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_adjustment_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_adjustment_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adjustment_public_id")),
    )
    with op.batch_alter_table("adjustment") as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustment_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("may_order", sa.Boolean(), nullable=False),
        sa.Column("may_list_staff", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_delegation_created_by_id")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_delegation_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_delegation_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegation_public_id")),
        sa.UniqueConstraint("token", name=op.f("uq_delegation_token")),
    )
    with op.batch_alter_table("delegation") as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "co_exhibitor_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("main_exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("tax_code", sa.String(length=32), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=255), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id"], ["fair.id"], name=op.f("fk_co_exhibitor_proposal_fair_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["main_exhibitor_id"],
            ["exhibitor.id"],
            name=op.f("fk_co_exhibitor_proposal_main_exhibitor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_exhibitor_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_co_exhibitor_proposal_public_id")),
    )
    with op.batch_alter_table("co_exhibitor_proposal") as batch_op:
        batch_op.create_index(batch_op.f("ix_co_exhibitor_proposal_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_co_exhibitor_proposal_main_exhibitor_id"), ["main_exhibitor_id"], unique=False
        )
        batch_op.create_index(
            "uq_co_exhibitor_proposal_waiting",
            ["fair_id", "country", "tax_code"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.create_table(
        "order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.String(length=255), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_order_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_order_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_order_fair_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_public_id")),
    )
    with op.batch_alter_table("order") as batch_op:
        batch_op.create_index(batch_op.f("ix_order_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "payment_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=25), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("rules_number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_payment_request_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_payment_request_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_payment_request_file_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_payment_request_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_request")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_payment_request_fair_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_request_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_request_reference")),
    )
    with op.batch_alter_table("payment_request") as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_request_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_request_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_request_pavilion_id"), ["pavilion_id"], unique=False)

    op.create_table(
        "e_invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_e_invoice_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name=op.f("fk_e_invoice_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_e_invoice")),
        sa.UniqueConstraint("fair_id", "symbol", "number", name=op.f("uq_e_invoice_fair_id_symbol_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_e_invoice_public_id")),
    )
    with op.batch_alter_table("e_invoice") as batch_op:
        batch_op.create_index(batch_op.f("ix_e_invoice_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_e_invoice_request_id"), ["request_id"], unique=False)

    op.create_table(
        "subsidy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        sa.Column("decision_number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_subsidy_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_subsidy_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy")),
        sa.UniqueConstraint("public_id", name=op.f("uq_subsidy_public_id")),
    )
    with op.batch_alter_table("subsidy") as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidy_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "task_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=False),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_task_answer_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_task_answer_file_id")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["manual_task.id"], name=op.f("fk_task_answer_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_answer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_task_answer_public_id")),
        sa.UniqueConstraint("task_id", "exhibitor_id", name=op.f("uq_task_answer_task_id_exhibitor_id")),
    )
    with op.batch_alter_table("task_answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_task_answer_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_answer_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_task_reminder_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["manual_task.id"], name=op.f("fk_task_reminder_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reminder")),
        sa.UniqueConstraint(
            "task_id", "exhibitor_id", "days_before", name=op.f("uq_task_reminder_task_id_exhibitor_id_days_before")
        ),
    )
    with op.batch_alter_table("task_reminder") as batch_op:
        batch_op.create_index(batch_op.f("ix_task_reminder_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_reminder_task_id"), ["task_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("extra_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("late_percent", sa.Integer(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["extra_id"], ["extra.id"], name=op.f("fk_order_line_extra_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_order_line_order_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    with op.batch_alter_table("order_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_extra_id"), ["extra_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("bank_line_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["bank_line_id"], ["bank_line.id"], name=op.f("fk_payment_bank_line_id")),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_payment_exhibitor_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_payment_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_payment_pavilion_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_payment_recorded_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["payment_request.id"], name=op.f("fk_payment_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
    )
    with op.batch_alter_table("payment") as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_bank_line_id"), ["bank_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_pavilion_id"), ["pavilion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_request_id"), ["request_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=255), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_remark_account_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_remark_application_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remark_public_id")),
    )
    with op.batch_alter_table("remark") as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_application_id"), ["application_id"], unique=False)

    op.create_table(
        "application_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_application_draft_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_draft_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fair_id"], ["fair.id"], name=op.f("fk_application_draft_fair_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_draft")),
        sa.UniqueConstraint(
            "account_id",
            "fair_id",
            "application_id",
            name=op.f("uq_application_draft_account_id_fair_id_application_id"),
        ),
    )
    with op.batch_alter_table("application_draft") as batch_op:
        batch_op.create_index(batch_op.f("ix_application_draft_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_draft_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_draft_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(
            "uq_application_draft_new",
            ["account_id", "fair_id"],
            unique=True,
            sqlite_where=sa.text("application_id IS NULL"),
            postgresql_where=sa.text("application_id IS NULL"),
        )

    op.create_table(
        "signed_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_signed_form_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_signed_form_application_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_signed_form_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_form")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signed_form_public_id")),
    )
    with op.batch_alter_table("signed_form") as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_form_application_id"), ["application_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_submission_account_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_submission_application_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_submission_application_id_number")),
    )
    with op.batch_alter_table("submission") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_application_id"), ["application_id"], unique=False)

    with op.batch_alter_table("application") as batch_op:
        batch_op.add_column(sa.Column("exhibitor_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("co_organizer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quantity", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("corner", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("extras", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("subsidy_wanted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("subsidy_source", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_name", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_tax_code", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_address", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_email", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default="vi"))
        batch_op.add_column(sa.Column("scan_state", sa.String(length=16), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_application_co_organizer_id"), ["co_organizer_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_application_exhibitor_id"), ["exhibitor_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_application_co_organizer_id"), "co_organizer", ["co_organizer_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_application_exhibitor_id"), "exhibitor", ["exhibitor_id"], ["id"], ondelete="SET NULL"
        )
    op.execute(
        "UPDATE application SET exhibitor_id = "
        "(SELECT exhibitor.id FROM exhibitor WHERE exhibitor.application_id = application.id), "
        "language = COALESCE((SELECT account.language FROM account WHERE account.id = application.account_id), 'vi')"
    )

    with op.batch_alter_table("capability") as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issuer", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("scope", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("warned_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_capability_file_id"), "stored_file", ["file_id"], ["id"])

    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.add_column(sa.Column("industrial_park", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ward", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("postal_code", sa.String(length=12), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("supply_kind", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("supply_tier", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("smart_factory_level", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("women_owned", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("revenue_band", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("export_percent", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("export_markets", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("capacity", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("lot_sizes", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("languages", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("programs", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("seeks", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("external_ref", sa.String(length=60), nullable=True))
        batch_op.create_index(batch_op.f("ix_enterprise_external_ref"), ["external_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_enterprise_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_enterprise_merged_into_id"), "enterprise", ["merged_into_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_enterprise_logo_id"), "stored_file", ["logo_id"], ["id"])

    with op.batch_alter_table("exhibitor") as batch_op:
        batch_op.add_column(sa.Column("pavilion_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("co_organizer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("contact_name", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_title", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_email", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_phone", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default="vi"))
        batch_op.add_column(sa.Column("booth_type", sa.String(length=32), nullable=False, server_default="standard_9"))
        batch_op.add_column(sa.Column("area", sa.Integer(), nullable=False, server_default="9"))
        batch_op.add_column(sa.Column("quantity", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("corner", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("invoice_name", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_tax_code", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_address", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invoice_email", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("external_ref", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("withdrawal_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("booth_area", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("free_badges", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("badge_limit", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("search_text", sa.Text(), server_default="", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_exhibitor_application_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_exhibitor_co_organizer_id"), ["co_organizer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exhibitor_pavilion_id"), ["pavilion_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_exhibitor_fair_id_external_ref"), ["fair_id", "external_ref"])
        batch_op.drop_constraint(batch_op.f("fk_exhibitor_application_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_exhibitor_pavilion_id"), "pavilion", ["pavilion_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_exhibitor_co_organizer_id"), "co_organizer", ["co_organizer_id"], ["id"]
        )
        batch_op.drop_column("application_id")
    _carry_over()

    with op.batch_alter_table("exhibitor_staff") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=32), nullable=False, server_default="staff"))
        batch_op.add_column(sa.Column("contractor", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("external_ref", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("fair") as batch_op:
        batch_op.add_column(sa.Column("fascia_freeze_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("catalogue_freeze_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("task_reminders", sa.Text(), nullable=False, server_default="[7, 2, 1, -1]"))
        batch_op.add_column(sa.Column("eligibility", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("staff_badges", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("move_in", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("move_out_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("organizer_name", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("organizer_tax_code", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("organizer_address", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("organizer_phone", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("payment", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("job") as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=120), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_job_source"), ["source"])

    with op.batch_alter_table("mail") as batch_op:
        batch_op.add_column(sa.Column("enterprise_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_mail_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_mail_enterprise_id"), "enterprise", ["enterprise_id"], ["id"])
        batch_op.add_column(sa.Column("bulk_mail_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_mail_bulk_mail_id"), ["bulk_mail_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_mail_bulk_mail_id"), "bulk_mail", ["bulk_mail_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("co_organizer_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_membership_co_organizer_id"), ["co_organizer_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_membership_co_organizer_id"), "co_organizer", ["co_organizer_id"], ["id"], ondelete="CASCADE"
        )


def _carry_over():
    """Give exhibitors what their applications say, and the words by which they are found."""
    connection = op.get_bind()
    application = sa.table("application", sa.column("exhibitor_id", sa.Integer), *(sa.column(name) for name in CARRIED))
    exhibitor = sa.table(
        "exhibitor",
        sa.column("id", sa.Integer),
        sa.column("fascia_name", sa.String),
        sa.column("search_text", sa.Text),
        *(sa.column(name) for name in CARRIED),
    )
    found = sa.select(application).where(application.c.exhibitor_id.is_not(None))
    for row in connection.execute(found).mappings().all():
        values = {name: row[name] for name in CARRIED}
        connection.execute(exhibitor.update().where(exhibitor.c.id == row["exhibitor_id"]).values(**values))
    rows = sa.select(
        exhibitor.c.id,
        *(exhibitor.c[name] for name in ("fascia_name", "contact_name", "contact_email", "contact_phone")),
    )
    for number, *parts in connection.execute(rows).all():
        words = " " + fold(" ".join(part for part in parts if part))
        connection.execute(exhibitor.update().where(exhibitor.c.id == number).values(search_text=words))


def downgrade():
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_membership_co_organizer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_membership_co_organizer_id"))
        batch_op.drop_column("co_organizer_id")

    with op.batch_alter_table("mail") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_mail_bulk_mail_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_mail_bulk_mail_id"))
        batch_op.drop_column("bulk_mail_id")
        batch_op.drop_constraint(batch_op.f("fk_mail_enterprise_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_mail_enterprise_id"))
        batch_op.drop_column("enterprise_id")

    with op.batch_alter_table("job") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_job_source"), type_="unique")
        batch_op.drop_column("source")

    with op.batch_alter_table("fair") as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("payment")
        batch_op.drop_column("organizer_phone")
        batch_op.drop_column("organizer_address")
        batch_op.drop_column("organizer_tax_code")
        batch_op.drop_column("organizer_name")
        batch_op.drop_column("move_out_at")
        batch_op.drop_column("move_in")
        batch_op.drop_column("staff_badges")
        batch_op.drop_column("eligibility")
        batch_op.drop_column("task_reminders")
        batch_op.drop_column("catalogue_freeze_at")
        batch_op.drop_column("fascia_freeze_at")

    with op.batch_alter_table("exhibitor_staff") as batch_op:
        batch_op.drop_column("removed_at")
        batch_op.drop_column("added_at")
        batch_op.drop_column("external_ref")
        batch_op.drop_column("contractor")
        batch_op.drop_column("kind")

    with op.batch_alter_table("exhibitor") as batch_op:
        batch_op.add_column(sa.Column("application_id", sa.INTEGER(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_exhibitor_co_organizer_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_exhibitor_pavilion_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_exhibitor_application_id"), "application", ["application_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("uq_exhibitor_fair_id_external_ref"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_exhibitor_pavilion_id"))
        batch_op.drop_index(batch_op.f("ix_exhibitor_co_organizer_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_exhibitor_application_id"), ["application_id"])
        batch_op.drop_column("badge_limit")
        batch_op.drop_column("free_badges")
        batch_op.drop_column("booth_area")
        batch_op.drop_column("withdrawal_asked_at")
        batch_op.drop_column("search_text")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("external_ref")
        batch_op.drop_column("listed")
        batch_op.drop_column("invoice_email")
        batch_op.drop_column("invoice_address")
        batch_op.drop_column("invoice_tax_code")
        batch_op.drop_column("invoice_name")
        batch_op.drop_column("corner")
        batch_op.drop_column("quantity")
        batch_op.drop_column("area")
        batch_op.drop_column("booth_type")
        batch_op.drop_column("language")
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("contact_email")
        batch_op.drop_column("contact_title")
        batch_op.drop_column("contact_name")
        batch_op.drop_column("co_organizer_id")
        batch_op.drop_column("pavilion_id")
    op.execute(
        "UPDATE exhibitor SET application_id = "
        "(SELECT application.id FROM application WHERE application.exhibitor_id = exhibitor.id)"
    )

    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enterprise_logo_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_enterprise_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_enterprise_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_enterprise_external_ref"))
        batch_op.drop_column("external_ref")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("updated_at")
        batch_op.drop_column("version")
        batch_op.drop_column("logo_id")
        batch_op.drop_column("seeks")
        batch_op.drop_column("programs")
        batch_op.drop_column("languages")
        batch_op.drop_column("lot_sizes")
        batch_op.drop_column("capacity")
        batch_op.drop_column("export_markets")
        batch_op.drop_column("export_percent")
        batch_op.drop_column("revenue_band")
        batch_op.drop_column("women_owned")
        batch_op.drop_column("smart_factory_level")
        batch_op.drop_column("supply_tier")
        batch_op.drop_column("supply_kind")
        batch_op.drop_column("postal_code")
        batch_op.drop_column("ward")
        batch_op.drop_column("industrial_park")

    with op.batch_alter_table("capability") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_capability_file_id"), type_="foreignkey")
        batch_op.drop_column("warned_on")
        batch_op.drop_column("file_id")
        batch_op.drop_column("issued_on")
        batch_op.drop_column("scope")
        batch_op.drop_column("issuer")
        batch_op.drop_column("number")

    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_exhibitor_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_application_co_organizer_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_application_exhibitor_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_application_co_organizer_id"))
        batch_op.drop_column("scan_state")
        batch_op.drop_column("language")
        batch_op.drop_column("invoice_email")
        batch_op.drop_column("invoice_address")
        batch_op.drop_column("invoice_tax_code")
        batch_op.drop_column("invoice_name")
        batch_op.drop_column("subsidy_source")
        batch_op.drop_column("subsidy_wanted")
        batch_op.drop_column("extras")
        batch_op.drop_column("corner")
        batch_op.drop_column("quantity")
        batch_op.drop_column("co_organizer_id")
        batch_op.drop_column("exhibitor_id")

    with op.batch_alter_table("signed_form") as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_form_application_id"))

    op.drop_table("signed_form")
    with op.batch_alter_table("application_draft") as batch_op:
        batch_op.drop_index("uq_application_draft_new")
        batch_op.drop_index(batch_op.f("ix_application_draft_fair_id"))
        batch_op.drop_index(batch_op.f("ix_application_draft_application_id"))
        batch_op.drop_index(batch_op.f("ix_application_draft_account_id"))

    op.drop_table("application_draft")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_application_id"))

    op.drop_table("submission")
    with op.batch_alter_table("remark") as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_application_id"))

    op.drop_table("remark")
    with op.batch_alter_table("payment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_request_id"))
        batch_op.drop_index(batch_op.f("ix_payment_pavilion_id"))
        batch_op.drop_index(batch_op.f("ix_payment_fair_id"))
        batch_op.drop_index(batch_op.f("ix_payment_exhibitor_id"))
        batch_op.drop_index(batch_op.f("ix_payment_bank_line_id"))

    op.drop_table("payment")
    with op.batch_alter_table("order_line") as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_line_order_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_extra_id"))

    op.drop_table("order_line")
    with op.batch_alter_table("task_reminder") as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_reminder_task_id"))
        batch_op.drop_index(batch_op.f("ix_task_reminder_exhibitor_id"))

    op.drop_table("task_reminder")
    with op.batch_alter_table("task_answer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_answer_task_id"))
        batch_op.drop_index(batch_op.f("ix_task_answer_exhibitor_id"))

    op.drop_table("task_answer")
    with op.batch_alter_table("subsidy") as batch_op:
        batch_op.drop_index(batch_op.f("ix_subsidy_fair_id"))
        batch_op.drop_index(batch_op.f("ix_subsidy_exhibitor_id"))

    op.drop_table("subsidy")
    with op.batch_alter_table("e_invoice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_e_invoice_request_id"))
        batch_op.drop_index(batch_op.f("ix_e_invoice_fair_id"))

    op.drop_table("e_invoice")

    with op.batch_alter_table("payment_request") as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_request_pavilion_id"))
        batch_op.drop_index(batch_op.f("ix_payment_request_fair_id"))
        batch_op.drop_index(batch_op.f("ix_payment_request_exhibitor_id"))

    op.drop_table("payment_request")
    with op.batch_alter_table("order") as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_fair_id"))
        batch_op.drop_index(batch_op.f("ix_order_exhibitor_id"))

    op.drop_table("order")
    with op.batch_alter_table("co_exhibitor_proposal") as batch_op:
        batch_op.drop_index("uq_co_exhibitor_proposal_waiting")
        batch_op.drop_index(batch_op.f("ix_co_exhibitor_proposal_main_exhibitor_id"))
        batch_op.drop_index(batch_op.f("ix_co_exhibitor_proposal_fair_id"))

    op.drop_table("co_exhibitor_proposal")
    with op.batch_alter_table("delegation") as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_fair_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_exhibitor_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("adjustment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_fair_id"))
        batch_op.drop_index(batch_op.f("ix_adjustment_exhibitor_id"))

    op.drop_table("adjustment")
    with op.batch_alter_table("quality_figure") as batch_op:
        batch_op.drop_index(batch_op.f("ix_quality_figure_enterprise_id"))

    op.drop_table("quality_figure")
    with op.batch_alter_table("product") as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_enterprise_id"))

    op.drop_table("product")
    with op.batch_alter_table("manual_task") as batch_op:
        batch_op.drop_index(batch_op.f("ix_manual_task_section_id"))
        batch_op.drop_index(batch_op.f("ix_manual_task_fair_id"))

    op.drop_table("manual_task")
    with op.batch_alter_table("machine") as batch_op:
        batch_op.drop_index(batch_op.f("ix_machine_enterprise_id"))

    op.drop_table("machine")
    with op.batch_alter_table("enterprise_merge") as batch_op:
        batch_op.drop_index(batch_op.f("ix_enterprise_merge_merged_id"))
        batch_op.drop_index(batch_op.f("ix_enterprise_merge_kept_id"))

    op.drop_table("enterprise_merge")
    with op.batch_alter_table("customer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_enterprise_id"))

    op.drop_table("customer")
    with op.batch_alter_table("bank_line") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_line_statement_id"))
        batch_op.drop_index(batch_op.f("ix_bank_line_fair_id"))

    op.drop_table("bank_line")
    with op.batch_alter_table("pavilion") as batch_op:
        batch_op.drop_index(batch_op.f("ix_pavilion_fair_id"))
        batch_op.drop_index(batch_op.f("ix_pavilion_co_organizer_id"))

    op.drop_table("pavilion")
    with op.batch_alter_table("manual_section") as batch_op:
        batch_op.drop_index(batch_op.f("ix_manual_section_fair_id"))

    op.drop_table("manual_section")
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_fair_id"))

    op.drop_table("import_run")
    with op.batch_alter_table("bank_statement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_statement_fair_id"))

    op.drop_table("bank_statement")
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_fair_id"))
        batch_op.drop_index(batch_op.f("ix_saved_view_account_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("mail_template") as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_template_fair_id"))

    op.drop_table("mail_template")
    with op.batch_alter_table("fee_rules") as batch_op:
        batch_op.drop_index(batch_op.f("ix_fee_rules_fair_id"))

    op.drop_table("fee_rules")
    with op.batch_alter_table("extra") as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_fair_id"))

    op.drop_table("extra")
    with op.batch_alter_table("co_organizer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_organizer_fair_id"))

    op.drop_table("co_organizer")
    with op.batch_alter_table("bulk_mail") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_mail_fair_id"))

    op.drop_table("bulk_mail")
