"""Columns are recognised by the names other systems give them, and by what stands in them."""

import pyarrow as pa
import pytest

from tenure.sources.mapping import Guess, fingerprint, guess
from tenure.sources.profile import profile

EXPORTS = {
    "uci": (
        "orders",
        {"Invoice": "order_id", "StockCode": "product_id", "Description": "product_name", "Quantity": "quantity",
         "InvoiceDate": "ordered_at", "Price": "unit_price", "Customer ID": "customer_id", "Country": "country"},
        ["536365", "85123A", "HOLDER", "6", "2010-12-01 08:26:00", "2.55", "17850", "France"],
    ),
    "shopify": (
        "orders",
        {"Name": "order_id", "Email": "email", "Financial Status": "status", "Created at": "ordered_at", "Total": "amount",
         "Currency": "currency", "Lineitem quantity": "quantity", "Lineitem name": "product_name", "Lineitem price": "unit_price",
         "Lineitem sku": "product_id", "Billing Name": "name", "Billing City": "city", "Discount Code": "coupon"},
        ["#1001", "ann@example.com", "paid", "2024-03-05 14:05:06 +0800", "25.00", "USD", "2", "Pot", "12.50", "P1", "Ann", "Rome", "SPRING"],
    ),
    "woocommerce": (
        "orders",
        {"Order Number": "order_id", "Order Status": "status", "Order Date": "ordered_at", "Email (Billing)": "email",
         "Phone (Billing)": "phone", "Order Total Amount": "amount", "SKU": "product_id", "Item Name": "product_name",
         "Quantity": "quantity", "Item Cost": "unit_price"},
        ["77", "completed", "2024-03-05 14:05", "ann@example.com", "+39 333 123 4567", "25.00", "P1", "Pot", "2", "12.50"],
    ),
    "taobao": (
        "orders",
        {"订单编号": "order_id", "买家会员名": "customer_id", "买家实际支付金额": "amount", "订单状态": "status", "收货人姓名": "name",
         "联系手机": "phone", "订单创建时间": "ordered_at", "宝贝标题": "product_name", "宝贝总数量": "quantity"},
        ["12345678901", "tb_1", "99.00", "交易成功", "王芳", "'13800138000", "2024-03-05 14:05:06", "茶壶", "1"],
    ),
    "youzan": (
        "orders",
        {"订单号": "order_id", "订单状态": "status", "订单创建时间": "ordered_at", "订单实付金额": "amount",
         "收货人手机号/提货人手机号": "phone", "收货人/提货人": "name", "全部商品名称": "product_name"},
        ["E2024", "交易完成", "2024-03-05 14:05:06", "99.00", "13800138000", "王芳", "茶壶"],
    ),
    "jd": (
        "orders",
        {"订单号": "order_id", "商品ID": "product_id", "商品名称": "product_name", "订购数量": "quantity", "下单时间": "ordered_at",
         "京东价": "unit_price", "应付金额": "amount", "订单状态": "status", "下单帐号": "customer_id", "联系电话": "phone"},
        ["2", "100", "茶壶", "1", "2024-03-05 14:05:06", "99.00", "99.00", "完成", "jd_1", "13800138000"],
    ),
    "chinese members": (
        "customers",
        {"会员卡号": "customer_id", "姓名": "name", "手机号码": "phone", "性别": "gender", "生日": "birthday", "注册时间": "joined_at"},
        ["8001", "王芳", "13800138000", "女", "1990-05-01", "2023年1月2日"],
    ),
}  # fmt: skip


def guessed(columns: dict[str, list[str]], kind: str | None = None) -> Guess:
    return guess({name: profile(pa.array(values)) for name, values in columns.items()}, kind)


@pytest.mark.parametrize("system", EXPORTS)
def test_exports_of_known_systems_map_by_themselves(system: str) -> None:
    kind, meaning, row = EXPORTS[system]
    found = guessed({column: [value] for column, value in zip(meaning, row, strict=True)})
    assert (found.kind, {match.column: match.field for match in found.matches}) == (kind, meaning)
    assert all(match.why.en and match.why.zh for match in found.matches)


def test_columns_without_a_telling_name_are_known_by_their_content() -> None:
    found = guessed(
        {
            "k1": ["ann@example.com", "bob@example.com"],
            "k2": ["2024-01-01", "2024-01-02"],
            "k3": ["12.50", "8.00"],
            "客户": ["1", "2"],
        }
    )
    assert {match.column: match.field for match in found.matches} == {
        "k1": "email", "k2": "ordered_at", "k3": "amount", "客户": "customer_id",
    }  # fmt: skip
    assert found.kind == "orders"
    assert all(match.confidence <= 0.9 for match in found.matches)


def test_a_name_that_the_content_contradicts_is_not_believed() -> None:
    found = guessed(
        {"order date": ["red", "blue"], "created": ["2024-01-01", "2024-01-02"], "amount": ["1", "2"]}, "orders"
    )
    assert next(match.column for match in found.matches if match.field == "ordered_at") == "created"


def test_a_header_is_the_same_however_it_is_spelled() -> None:
    assert fingerprint(["Order ID", "amount"]) == fingerprint(["AMOUNT", "order_id"])
