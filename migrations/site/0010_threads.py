"""The conversation: topics, threads, posts, those that wait, votes, polls."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TOPICS = (
    ("hours", "Working hours", "工作时间"),
    ("overtime-pay", "Pay for overtime", "加班费"),
    ("policy", "Policy changes", "制度变化"),
    ("lay-offs", "Lay-offs", "裁员"),
    ("interviews", "Interviews and offers", "面试与录用"),
    ("management", "Managers and teams", "管理与团队"),
    ("health", "Health and rest", "健康与休息"),
    ("leaving", "Leaving and after", "离职与之后"),
)


def upgrade() -> None:
    """Make the tables and the first topics."""
    topic = op.create_table(
        "topic",
        sa.Column("slug", sa.String(30), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_zh", sa.String(60), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_topic"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(
        topic,
        [
            {"slug": slug, "name": name, "name_zh": name_zh, "place": place}
            for place, (slug, name, name_zh) in enumerate(TOPICS)
        ],
    )
    _threads()
    _posts()
    _polls()


def _threads() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16)),
        sa.Column("topic", sa.String(30)),
        sa.Column("title", sa.String(120)),
        sa.Column("day", sa.Date()),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("heat", sa.Float(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_thread_employer_id_employer"
        ),
        sa.ForeignKeyConstraint(["topic"], ["topic.slug"], name="fk_thread_topic_topic"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_thread_employer_id", "thread", ["employer_id"])
    op.create_index("ix_thread_topic", "thread", ["topic"])
    op.create_index("ix_thread_listed_heat", "thread", ["listed", "heat"])
    op.create_index("ix_thread_listed_day", "thread", ["listed", "day"])


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("thread_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("parent", sa.Integer()),
        sa.Column("slot", sa.LargeBinary(16), nullable=False),
        sa.Column("nym", sa.LargeBinary(16)),
        sa.Column("name", sa.Integer()),
        sa.Column("badge", sa.String(8)),
        sa.Column("text", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("slot", name="uq_post_slot"),
        sa.UniqueConstraint("thread_id", "position", name="uq_post_thread_id_position"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_post_thread_id_thread"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delayed_post",
        sa.Column("post_id", sa.LargeBinary(16), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name="pk_delayed_post"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_delayed_post_post_id_post"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_delayed_post_due", "delayed_post", ["due"])
    op.create_table(
        "vote",
        sa.Column("tag", sa.LargeBinary(16), nullable=False),
        sa.Column("post_id", sa.LargeBinary(16), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_vote"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_vote_post_id_post"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vote_post_id", "vote", ["post_id"])


def _polls() -> None:
    op.create_table(
        "poll",
        sa.Column("thread_id", sa.LargeBinary(16), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("steps", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name="pk_poll"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_poll_thread_id_thread"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_choice",
        sa.Column("thread_id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(120), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "number", name="pk_poll_choice"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["poll.thread_id"], name="fk_poll_choice_thread_id_poll"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_answer",
        sa.Column("tag", sa.LargeBinary(16), nullable=False),
        sa.Column("thread_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_poll_answer"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["poll.thread_id"], name="fk_poll_answer_thread_id_poll"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_poll_answer_thread_id", "poll_answer", ["thread_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "poll_answer",
        "poll_choice",
        "poll",
        "vote",
        "delayed_post",
        "post",
        "thread",
        "topic",
    ):
        op.drop_table(table)
