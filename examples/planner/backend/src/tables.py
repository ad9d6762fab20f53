"""The tables as SQLAlchemy sees them; migrations/ makes them: `alembic revision --autogenerate` compares the two."""

from collections.abc import Sequence
from datetime import date, datetime

from pgvector.sqlalchemy import Vector
from sqlalchemy import DateTime, Identity, Index, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from src.embeddings import DIMENSIONS


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True)}


class PlanRow(Base):
    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    title: Mapped[str]
    due: Mapped[date | None]
    done: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class NoteRow(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    text: Mapped[str]
    embedding: Mapped[Sequence[float]] = mapped_column(Vector(DIMENSIONS))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index("notes_by_meaning", "embedding", postgresql_using="hnsw", postgresql_ops={"embedding": "vector_cosine_ops"}),
    )
