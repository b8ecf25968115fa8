"""Evidence: the image that goes with a post."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "evidence_image",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("post_id", sa.LargeBinary(16), nullable=False),
        sa.Column("alternative", sa.String(500), nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("height", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_image"),
        sa.UniqueConstraint("post_id", name="uq_evidence_image_post_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_evidence_image_post_id_post"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("evidence_image")
