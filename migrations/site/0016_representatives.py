"""Representatives: who asks to answer for an employer, and how far they proved it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "representative",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("word", sa.LargeBinary(32), nullable=False),
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("sealed", sa.LargeBinary(300)),
        sa.Column("proof", sa.LargeBinary(20)),
        sa.Column("mails", sa.SmallInteger(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.LargeBinary(16)),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(16)),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_representative"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_representative_employer_id_employer"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_representative_staff_id_staff"
        ),
        sa.UniqueConstraint("word", name="uq_representative_word"),
        sa.UniqueConstraint("proof", name="uq_representative_proof"),
        sa.UniqueConstraint("staff_id", name="uq_representative_staff_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_representative_employer_id", "representative", ["employer_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("representative")
