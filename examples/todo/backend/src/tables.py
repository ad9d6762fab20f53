"""The tables as SQLAlchemy sees them; alembic/ makes them: `alembic revision --autogenerate` compares the two."""

from datetime import date, datetime

from sqlalchemy import DateTime, Identity, false, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True)}


class TodoRow(Base):
    __tablename__ = "todos"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    title: Mapped[str]
    done: Mapped[bool] = mapped_column(server_default=false())
    due: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
