"""What every table shares: one metadata with fixed names for keys and indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[Any]:
    """A surrogate key: orders rows and never leaves the database."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def to(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    """A reference to another table's surrogate key."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable)
