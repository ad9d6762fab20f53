"""
Telegram sends here what people write to the bot. `/plan water the flowers` becomes a plan, `/find flowers` searches, anything else
is a note. Tell Telegram the address once, after the first start: `python -m src.register_webhook`.
"""

import hmac
import logging
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from pydantic import BaseModel

from src.notes import Notes, NoteStore
from src.plans import NewPlan, Plans, PlanStore
from src.schemas import NAME_LENGTH, TEXT_LENGTH, one_line

log = logging.getLogger("telegram")


class Chat(BaseModel):
    id: int


class Message(BaseModel):
    chat: Chat
    text: str | None = None


class Update(BaseModel):
    update_id: int
    message: Message | None = None


class SeenUpdates(Protocol):
    async def first_time(self, id: int) -> bool:
        """Whether this update was not seen before; from now on it was."""

    async def forget(self, id: int) -> None:
        """For one that could not be worked on: Telegram sends it again."""


def seen_updates(request: Request) -> SeenUpdates:
    return request.app.state.backends.updates


def only_telegram(request: Request, token: Annotated[str, Header(alias="x-telegram-bot-api-secret-token")] = "") -> None:
    """Anybody can find the address. Telegram alone knows the token, and sends it with every update."""
    expected = request.app.state.config.telegram_secret_token
    if expected is None:
        raise HTTPException(503, "TELEGRAM_SECRET_TOKEN is not set")
    if not hmac.compare_digest(token.encode(), expected.get_secret_value().encode()):
        raise HTTPException(403, "the secret token is missing or wrong")


router = APIRouter(include_in_schema=False)


@router.post("/webhook/telegram", dependencies=[Depends(only_telegram)])
async def receive(update: Update, updates: Annotated[SeenUpdates, Depends(seen_updates)], plans: Plans, notes: Notes) -> dict[str, object]:
    """The reply is what the bot says: https://core.telegram.org/bots/api#making-requests-when-getting-updates"""
    if update.message is None or not update.message.text:
        return {}
    # An update whose answer was lost comes again.
    if not await updates.first_time(update.update_id):
        log.info("update %s came again", update.update_id)
        return {}
    try:
        said = await answer(update.message.text, plans, notes)
    except Exception:
        await updates.forget(update.update_id)
        raise
    return {"method": "sendMessage", "chat_id": update.message.chat.id, "text": said}


async def answer(written: str, plans: PlanStore, notes: NoteStore) -> str:
    command, _, rest = one_line(written).partition(" ")
    match command:
        case "/plan" if rest:
            plan = await plans.add(NewPlan(title=rest[:NAME_LENGTH]))
            return f"Planned: {plan.title}"
        case "/find" if rest:
            found = await notes.search(rest[:TEXT_LENGTH], 3)
            return "\n".join(note.text for note in found) or "There are no notes yet."
        case _ if command.startswith("/"):
            return "/plan <what> plans it, /find <words> searches your notes, anything else becomes a note."
    await notes.add(one_line(written)[:TEXT_LENGTH])
    return "Noted."
