"""Flags on employers' replies: a flag is on an item, as a statement and a notice are."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
WITHOUT_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    """Let a flag be on whatever the desk judges."""
    op.drop_index("ix_flag_post_id", "flag")
    with op.batch_alter_table("flag", table_kwargs=WITHOUT_ROWID) as flag:
        flag.drop_constraint("fk_flag_post_id_post", type_="foreignkey")
        flag.alter_column("post_id", new_column_name="item_id", existing_type=sa.LargeBinary(16))
    op.create_index("ix_flag_item_id", "flag", ["item_id"])


def downgrade() -> None:
    """Forget the flags on replies."""
    op.execute(sa.text("DELETE FROM flag WHERE item_id NOT IN (SELECT id FROM post)"))
    op.drop_index("ix_flag_item_id", "flag")
    with op.batch_alter_table("flag", table_kwargs=WITHOUT_ROWID) as flag:
        flag.alter_column("item_id", new_column_name="post_id", existing_type=sa.LargeBinary(16))
    with op.batch_alter_table("flag", table_kwargs=WITHOUT_ROWID) as flag:
        flag.create_foreign_key("fk_flag_post_id_post", "post", ["post_id"], ["id"])
    op.create_index("ix_flag_post_id", "flag", ["post_id"])
