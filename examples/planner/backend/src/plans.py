from collections.abc import Sequence
from datetime import date
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Request

from src.schemas import Name, Schema


class NewPlan(Schema):
    title: Name
    due: date | None = None


class Plan(NewPlan):
    id: int
    done: bool


class PlanList(Schema):
    plans: Sequence[Plan]


class PlanStore(Protocol):
    async def list(self, limit: int) -> Sequence[Plan]:
        """What is not done first, of these what is due first."""

    async def add(self, new: NewPlan) -> Plan: ...

    async def finish(self, id: int) -> Plan | None:
        """None when there is no such plan."""


def store(request: Request) -> PlanStore:
    return request.app.state.backends.plans


Plans = Annotated[PlanStore, Depends(store)]
router = APIRouter(prefix="/api/plans")


@router.get("")
async def list_plans(plans: Plans) -> PlanList:
    return PlanList(plans=await plans.list(100))


@router.post("", status_code=201)
async def add_plan(new: NewPlan, plans: Plans) -> Plan:
    return await plans.add(new)


@router.post("/{id}/done")
async def finish_plan(id: int, plans: Plans) -> Plan:
    plan = await plans.finish(id)
    if plan is None:
        raise HTTPException(404, "there is no such plan")
    return plan
