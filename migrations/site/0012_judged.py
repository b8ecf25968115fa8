"""What the desk keeps of a post, and flags."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NEW = {
    "severity": sa.SmallInteger(),
    "why": sa.String(120),
    "waits_since": sa.Date(),
    "hidden_until": sa.Date(),
    "strike_until": sa.Date(),
    "holder": sa.LargeBinary(16),
    "lease_until": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    """Add the columns; what is there already was never judged."""
    op.add_column("post", sa.Column("version", sa.Integer()))
    op.add_column("post", sa.Column("judged", sa.Boolean()))
    op.execute(sa.text("UPDATE post SET version = 1, judged = false"))
    with op.batch_alter_table("post", table_kwargs={"sqlite_with_rowid": False}) as post:
        post.alter_column("version", existing_type=sa.Integer(), nullable=False)
        post.alter_column("judged", existing_type=sa.Boolean(), nullable=False)
        for name, kind in NEW.items():
            post.add_column(sa.Column(name, kind))
    op.create_index("ix_post_severity", "post", ["severity"])
    op.create_table(
        "flag",
        sa.Column("tag", sa.LargeBinary(16), nullable=False),
        sa.Column("post_id", sa.LargeBinary(16), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_flag"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_flag_post_id_post"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_flag_post_id", "flag", ["post_id"])


def downgrade() -> None:
    """Drop them; what only the desk could see stays out of sight as withdrawn would."""
    op.drop_table("flag")
    op.drop_index("ix_post_severity", "post")
    op.execute(sa.text("UPDATE post SET state = 'published' WHERE state IN ('pending', 'flagged')"))
    with op.batch_alter_table("post", table_kwargs={"sqlite_with_rowid": False}) as post:
        for name in ("version", "judged", *NEW):
            post.drop_column(name)
