"""Orders out of the e-commerce events of Segment's specification: completed, updated, cancelled, refunded.

An order is known by its ``order_id``: telling it again replaces it, telling it the same way changes nothing. A refund
is a return of its own, known by ``refund_id``, or by the order and the products that came back. Amounts are in the
workspace's currency; an order in another one cannot be counted and is told as a violation, its event stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from tenure.kit.ids import content_id
from tenure.kit.money import is_currency
from tenure.sources.tracking.landing import Json, Packet, Who, as_text

COMPLETED, CANCELLED, REFUNDED = "completed", "cancelled", "refunded"
MEANINGS = {
    "order completed": COMPLETED,
    "order updated": COMPLETED,
    "order cancelled": CANCELLED,
    "order canceled": CANCELLED,
    "order refunded": REFUNDED,
}
REFUND = "/refund"
LARGEST = Decimal(10) ** 13
MOST_PIECES = Decimal(10) ** 6
Row = dict[str, object]


@dataclass(frozen=True)
class Told:
    """One event about an order, as it was told."""

    meaning: str
    order_id: str
    key_id: str
    event: str
    event_id: str
    customer: str | None
    at: datetime
    recorded_at: datetime
    properties: Json

    def text(self, name: str) -> str | None:
        """Return a property as text."""
        value = self.properties.get(name)
        return None if value is None or value == "" or isinstance(value, dict | list) else as_text(value)

    @property
    def currency(self) -> str | None:
        """Return the currency the event names, or None."""
        code = self.text("currency")
        return None if code is None else code.strip().upper()

    @property
    def products(self) -> list[Json]:
        """Return the products the event lists."""
        listed = self.properties.get("products")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


@dataclass
class Sales:
    """Rows of orders and their lines, by their keys, and what could not become one: (event, code, property)."""

    orders: dict[str, Row] = field(default_factory=dict)
    items: dict[str, list[Row]] = field(default_factory=dict)
    broken: list[tuple[Told, str, str]] = field(default_factory=list)


def told_orders(packets: Iterable[Packet], who: Who) -> list[Told]:
    """Return the events about orders, in the order in which they came; those without an ``order_id`` have a blank one."""
    found = []
    for packet in packets:
        for item in packet.items:
            call = item["call"]
            if item["kind"] != "track" or not isinstance(call, dict):
                continue
            event = str(call["event"]).strip()
            meaning = MEANINGS.get(event.lower().replace("_", " "))
            if meaning is None:
                continue
            properties = call.get("properties")
            told = Told(
                meaning,
                "",
                packet.key_id,
                event,
                str(item["id"]),
                who.customer(call),
                datetime.fromisoformat(str(item["at"])),
                packet.recorded_at.astimezone(UTC).replace(tzinfo=None),
                properties if isinstance(properties, dict) else {},
            )
            found.append(replace(told, order_id=(told.text("order_id") or "").strip()))
    return found


def sales_of(
    told: Sequence[Told], stored: Mapping[str, Row], lines: Mapping[str, Sequence[Row]], currency: str
) -> Sales:
    """Return what becomes of events about orders; ``stored`` and ``lines`` are the orders named, as the lake has them."""
    sales = Sales()
    for one in told:
        if not one.order_id:
            sales.broken.append((one, "missing_property", "order_id"))
        elif one.currency not in (None, currency):
            sales.broken.append((one, "other_currency" if is_currency(str(one.currency)) else "wrong_type", "currency"))
        else:
            before = sales.orders.get(one.order_id) or stored.get(one.order_id)
            known = sales.items.get(one.order_id) or lines.get(one.order_id, ())
            if _too_large(one):
                sales.broken.append((one, "bad_number", "total"))
            else:
                _add(sales, one, before, known, currency)
    return sales


def _too_large(told: Told) -> bool:
    amounts = [(_number(one.get("price")) or Decimal(0)) * _pieces(one) for one in told.products]
    return sum((abs(one) for one in amounts), Decimal(0)) >= LARGEST


def _add(sales: Sales, told: Told, before: Row | None, lines: Sequence[Row], currency: str) -> None:
    if told.meaning == COMPLETED or (told.meaning == CANCELLED and before is None):
        amount = _amount(told)
        if amount is None:
            code = "missing_property" if told.meaning == COMPLETED else "unknown_order"
            sales.broken.append((told, code, "total" if told.meaning == COMPLETED else "order_id"))
            return
        order = _order(told, told.order_id, amount, currency)
        order["status"] = "paid" if told.meaning == COMPLETED else "cancelled"
        if before is not None:
            order["customer_id"] = told.customer or before["customer_id"]
        sales.orders[told.order_id] = order
        if told.products:
            sales.items[told.order_id] = _lines(told, order, 1)
    elif told.meaning == CANCELLED and before is not None:
        changed = {"status": "cancelled", "recorded_at": told.recorded_at, "source": f"tracking:{told.key_id}"}
        sales.orders[told.order_id] = {**before, **changed}
    else:
        _refund(sales, told, before, lines, currency)


def _refund(sales: Sales, told: Told, before: Row | None, lines: Sequence[Row], currency: str) -> None:
    amount = _amount(told)
    if amount is None:
        if before is None:
            sales.broken.append((told, "unknown_order", "order_id"))
            return
        back = abs(Decimal(str(before["amount"])))
    else:
        back = abs(amount)
    refund_id = f"{told.order_id}{REFUND}{_refund_name(told)}"
    order = {**_order(told, refund_id, -back, currency), "kind": "return"}
    if order["customer_id"] is None and before is not None:
        order["customer_id"] = before["customer_id"]
    if order["quantity"] is not None:
        order["quantity"] = -abs(float(str(order["quantity"])))
    sales.orders[refund_id] = order
    if told.products:
        sales.items[refund_id] = _lines(told, order, -1)
    elif amount is None:
        sales.items[refund_id] = [_returned(line, order) for line in lines]


def _refund_name(told: Told) -> str:
    """Return what tells several refunds of one order apart: their own id, or what came back."""
    named = told.text("refund_id")
    if named is None and told.products:
        came_back = sorted(repr(sorted(one.items(), key=repr)) for one in told.products)
        named = content_id("back", *came_back)[5:17]
    return "" if named is None else f"/{named}"


def _order(told: Told, order_id: str, amount: Decimal, currency: str) -> Row:
    quantities = [_pieces(one) for one in told.products]
    return {
        "order_id": order_id,
        "customer_id": told.customer,
        "ordered_at": told.at,
        "kind": "sale",
        "status": "paid",
        "amount": amount,
        "discount": _number(told.properties.get("discount")),
        "quantity": float(sum(quantities)) if quantities else None,
        "currency": currency,
        "channel": told.text("affiliation"),
        "coupon": told.text("coupon"),
        "source": f"tracking:{told.key_id}",
        "recorded_at": told.recorded_at,
        "changed_at": None,
    }


def _lines(told: Told, order: Row, sign: int) -> list[Row]:
    """Return the lines of an order; one is known, as in imports, by order, product and place among that product's."""
    rows: list[tuple[str, Decimal, Decimal, Row]] = []
    for product in told.products:
        pieces = _pieces(product) * sign
        price = _number(product.get("price"))
        amount = ((price or Decimal(0)) * pieces).quantize(Decimal("0.0001"))
        code = _said(product, "product_id") or _said(product, "sku")
        row: Row = {
            "product_id": code,
            "product_name": _said(product, "name"),
            "category": _said(product, "category"),
            "quantity": float(pieces),
            "unit_price": price,
            "amount": amount,
        }
        rows.append((code or _said(product, "name") or "", amount, pieces, row))
    rows.sort(key=lambda one: one[:3])
    places: dict[str, int] = {}
    lines = []
    for name, _, _, row in rows:
        place = places[name] = places.get(name, -1) + 1
        key = content_id("line", str(order["order_id"]), name, str(place))
        lines.append({"order_item_id": key, **_head(order), **row})
    return lines


def _returned(line: Row, order: Row) -> Row:
    back = {"amount": -abs(Decimal(str(line["amount"]))), "quantity": -abs(float(str(line["quantity"] or 1)))}
    key = content_id("line", str(order["order_id"]), str(line["order_item_id"]))
    return {**line, **_head(order), **back, "order_item_id": key}


def _head(order: Row) -> Row:
    same = ("order_id", "customer_id", "ordered_at", "kind", "currency", "source", "recorded_at", "changed_at")
    return {name: order[name] for name in same}


def _amount(told: Told) -> Decimal | None:
    for name in ("total", "revenue", "value"):
        amount = _number(told.properties.get(name))
        if amount is not None:
            return amount
    prices = [(_number(one.get("price")), _pieces(one)) for one in told.products]
    if not prices or any(price is None for price, _ in prices):
        return None
    whole = sum((price * pieces for price, pieces in prices if price is not None), Decimal(0))
    return whole - abs(_number(told.properties.get("discount")) or Decimal(0))


def _number(value: object) -> Decimal | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number.quantize(Decimal("0.0001")) if number.is_finite() and abs(number) < LARGEST else None


def _pieces(product: Json) -> Decimal:
    return min(abs(_number(product.get("quantity")) or Decimal(1)), MOST_PIECES)


def _said(product: Json, name: str) -> str | None:
    value = product.get(name)
    return None if value is None or value == "" or isinstance(value, dict | list) else as_text(value)
