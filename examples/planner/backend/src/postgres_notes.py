from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from src.embeddings import Embeddings
from src.notes import Found, Note
from src.tables import NoteRow


class PostgresNotes:
    def __init__(self, engine: AsyncEngine, embeddings: Embeddings) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)
        self.embeddings = embeddings

    async def add(self, text: str) -> Note:
        embedding = await self.embeddings.of(text)
        async with self.sessions.begin() as session:
            row = NoteRow(text=text, embedding=embedding)
            session.add(row)
            await session.flush()
            await session.refresh(row)
        return Note.model_validate(row)

    async def search(self, text: str, limit: int) -> Sequence[Found]:
        distance = NoteRow.embedding.cosine_distance(await self.embeddings.of(text))
        async with self.sessions() as session:
            rows = await session.execute(select(NoteRow, distance).order_by(distance, NoteRow.id).limit(limit))
            return [Found(id=row.id, text=row.text, created_at=row.created_at, distance=round(away, 4)) for row, away in rows]
