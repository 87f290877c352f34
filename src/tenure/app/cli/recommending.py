"""The command that says which products to show a customer."""

from typing import Annotated

import typer

from tenure.app.cli.terminal import note, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.decisions.recommendations import service
from tenure.decisions.recommendations.schemas import CustomerRecommendations
from tenure.decisions.recommendations.service import Wanted
from tenure.kit.db import transaction
from tenure.kit.i18n import Text

HEADINGS = {
    "product": Text("Product", "商品"),
    "kind": Text("Kind", "类型"),
    "chance": Text("Chance", "概率"),
    "price": Text("Price", "价格"),
    "why": Text("Why", "原因"),
}
KINDS = {"new": Text("new", "新品"), "again": Text("again", "复购")}


def recommend(
    customer_id: Annotated[str, typer.Argument(help="Id of the customer.")],
    category: Annotated[str | None, typer.Option(help="Only products of this category.")] = None,
    max_price: Annotated[float | None, typer.Option(min=0, help="Only products up to this price.")] = None,
    exclude_owned: Annotated[bool, typer.Option("--exclude-owned", help="Leave out what was bought before.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=20)] = 10,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Say which products a customer is likeliest to buy next, and why. 推荐商品"""
    wanted = Wanted(category, max_price, exclude_owned, limit)
    with workspace(name) as stores, transaction(stores.engine) as session:
        found = CustomerRecommendations.of(service.of_customer(session, customer_id, wanted))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if not found.items:
        say(
            Text(
                "Nothing to recommend: import orders with their products, then refresh.",
                "暂无推荐：请导入含商品明细的订单，然后刷新。",
            )
        )
        return
    rows = [
        {
            "product": one.product.name,
            "kind": KINDS[one.kind],
            "chance": one.chance,
            "price": one.product.price,
            "why": Text(one.reason.en, one.reason.zh),
        }
        for one in found.items
    ]
    show(rows, HEADINGS, as_json=False)
    if found.horizon_days is not None:
        days = f"{found.horizon_days:.0f}"
        note(
            Text(
                f"Chance of a purchase within {days} days; an association, not an effect.",
                f"{days} 天内购买的概率；为相关性，并非推荐的效果。",
            )
        )
