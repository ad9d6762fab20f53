from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Request

from src.schemas import Name, Schema


class Item(Schema):
    id: int
    name: str
    created_at: datetime


class NewItem(Schema):
    name: Name


class ItemList(Schema):
    items: Sequence[Item]


class ItemStore(Protocol):
    async def list(self, limit: int) -> Sequence[Item]:
        """The newest first."""

    async def add(self, name: str) -> Item: ...


def store(request: Request) -> ItemStore:
    return request.app.state.backends.items


Items = Annotated[ItemStore, Depends(store)]
router = APIRouter(prefix="/api/items")


@router.get("")
async def list_items(items: Items) -> ItemList:
    return ItemList(items=await items.list(100))


@router.post("", status_code=201)
async def add_item(new: NewItem, items: Items) -> Item:
    return await items.add(new.name)
