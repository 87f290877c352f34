"""Recommendations over HTTP: for one customer, and how good they are."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.decisions.recommendations import schemas, service
from tenure.directory.access import require
from tenure.kit.http import SessionDep

router = APIRouter(tags=["recommendations"])
READ = [Depends(require("predictions.read"))]


@router.get("/customers/{customer_id:path}/recommendations", dependencies=READ)
def read_recommendations(
    session: SessionDep,
    customer_id: str,
    category: Annotated[str | None, Query(description="Only products of this category.")] = None,
    max_price: Annotated[float | None, Query(ge=0, description="Only products up to this price.")] = None,
    exclude_owned: Annotated[bool, Query(description="Leave out what the customer bought before.")] = False,
    limit: Annotated[int, Query(ge=1, le=20)] = 10,
) -> schemas.CustomerRecommendations:
    """Return the products a customer is likeliest to buy, best first, each with its reason."""
    wanted = service.Wanted(category, max_price, exclude_owned, limit)
    return schemas.CustomerRecommendations.of(service.of_customer(session, customer_id, wanted))


@router.get("/recommendations", dependencies=READ)
def read_recommendation_facts(session: SessionDep) -> schemas.Recommendations:
    """Return which way of ranking won, by how much, and how the lists were judged."""
    return schemas.Recommendations.made(service.made(session))
