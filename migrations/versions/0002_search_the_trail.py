"""Find entries of the audit trail by words without diacritics.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from fairapp.folding import fold

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def upgrade():
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.add_column(sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    entry = sa.table(
        "audit_entry",
        sa.column("id", sa.Integer),
        sa.column("actor", sa.String),
        sa.column("action", sa.String),
        sa.column("label", sa.String),
        sa.column("search_text", sa.Text),
    )
    connection, last = op.get_bind(), 0
    statement = sa.select(entry.c.id, entry.c.actor, entry.c.action, entry.c.label).order_by(entry.c.id).limit(AT_ONCE)
    while rows := connection.execute(statement.where(entry.c.id > last)).all():
        for row in rows:
            words = " " + fold(f"{row.actor} {row.action} {row.label}")
            connection.execute(entry.update().where(entry.c.id == row.id).values(search_text=words))
        last = rows[-1].id


def downgrade():
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.drop_column("search_text")
