"""What a team muted, which packs were in force when, what was judged or told again, and edits that could not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("mute", "pack_change", "rejudgement", "retelling", "broken_edit")


def upgrade() -> None:
    """Add the five tables of tuning."""
    _mutes()
    _packs()
    _again()
    _edits()


def downgrade() -> None:
    """Back to the schema before; everything else stays as it is."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _mutes() -> None:
    op.create_table(
        "mute",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute")),
    )
    op.create_index(op.f("ix_mute_topic_until"), "mute", ["topic", "until"])


def _packs() -> None:
    op.create_table(
        "pack_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_change")),
    )
    op.create_index(op.f("ix_pack_change_topic"), "pack_change", ["topic"])


def _again() -> None:
    op.create_table(
        "rejudgement",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=128), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rejudgement_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudgement")),
    )
    op.create_index(op.f("ix_rejudgement_event_id"), "rejudgement", ["event_id"])
    op.create_table(
        "retelling",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("digest_run_id", sa.Integer(), nullable=False),
        sa.Column("first_run_id", sa.Integer(), nullable=True),
        sa.Column("first_level", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_retelling_event_id_event")),
        sa.ForeignKeyConstraint(["digest_run_id"], ["digest_run.id"], name=op.f("fk_retelling_digest_run_id_digest_run")),
        sa.ForeignKeyConstraint(["first_run_id"], ["digest_run.id"], name=op.f("fk_retelling_first_run_id_digest_run")),
        sa.PrimaryKeyConstraint("event_id", "digest", name=op.f("pk_retelling")),
    )
    op.create_index(op.f("ix_retelling_first_run_id"), "retelling", ["first_run_id"])


def _edits() -> None:
    op.create_table(
        "broken_edit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broken_edit")),
    )
    op.create_index(op.f("ix_broken_edit_mended"), "broken_edit", ["mended"])
