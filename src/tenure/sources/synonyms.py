"""Column names other systems give to our fields; compared without case, spaces and punctuation.

``sure`` names mean one thing anywhere; ``likely`` names are common words that content must support.
Covers Shopify, WooCommerce, Taobao, Youzan and JD exports, UCI Online Retail, CDNOW and telecom snapshots.
"""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """What a field is called elsewhere."""

    sure: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


def normal(header: str) -> str:
    """Return a header without case, width, spaces and punctuation: ``Order_ID`` and ``order id`` are one."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"[(（\[].*?[)）\]]$", "", folded).strip() or folded)


def _names(sure: str, likely: str = "") -> Names:
    return Names(tuple(normal(n) for n in sure.split("|") if n), tuple(normal(n) for n in likely.split("|") if n))


ANYWHERE: dict[str, Names] = {
    "customer_id": _names(
        "customer id|customerid|customer_id|cust id|customer no|customer number|customer code|member id|member no|buyer id|"
        "client id|userid|user id|uid|user_id|shopper id|account id|customer key|客户编号|客户ID|客户号|会员编号|会员ID|会员号|会员卡号|"
        "买家会员名|下单帐号|买家昵称|买家ID|用户ID|用户编号|用户账号|下单账号|客户代码|粉丝ID|买家账号|openid|unionid",
        "customer|user|member|client|buyer|anonymous id|distinct id|客户|会员|用户|买家|账号",
    ),
    "name": _names(
        "customer name|full name|billing name|buyer name|member name|contact name|shipping name|收货人姓名|客户姓名|客户名称|会员姓名|"
        "买家姓名|收货人|收货人/提货人|真实姓名|用户姓名|客户名|联系人",
        "name|姓名|名称|昵称|first name|display name",
    ),
    "email": _names(
        "email|e-mail|email address|customer email|billing email|contact email|mail|mailbox|电子邮箱|邮箱|电子邮件|邮箱地址|客户邮箱|买家邮箱"
    ),
    "phone": _names(
        "phone|phone number|telephone|mobile|mobile number|cell|tel|billing phone|shipping phone|customer phone|contact number|"
        "手机|手机号|手机号码|电话|联系电话|联系手机|收货人手机号|收货人手机|收货人电话|移动电话|客户电话|买家手机|买家手机号|会员手机号|联系方式|收货人手机号/提货人手机号"
    ),
    "wecom_id": _names("wecom id|external userid|external_userid|企业微信ID|企业微信编号|外部联系人ID"),
    "company": _names(
        "company|company name|organisation|organization|billing company|公司|公司名称|企业名称|单位|单位名称", "account"
    ),
    "country": _names(
        "country|country code|billing country|shipping country|country/region|nation|国家|国家地区|国家或地区|收货国家"
    ),
    "region": _names(
        "region|state|province|billing state|billing province|shipping province|shipping state|province/state|省|省份|收货省份|所在省|地区|收货人省份|州"
    ),
    "city": _names("city|town|billing city|shipping city|城市|市|所在城市|收货城市|收货人城市"),
    "gender": _names("gender|sex|性别"),
    "birthday": _names("birthday|date of birth|birth date|dob|birthdate|生日|出生日期|出生年月"),
    "language": _names("language|locale|lang|语言|preferred language"),
    "customer_channel": _names(
        "acquisition channel|acquired through|customer source|first source|获客渠道|客户来源|来源渠道|注册渠道"
    ),
    "currency": _names("currency|currency code|order currency|币种|货币|货币代码", "ccy"),
    "order_id": _names(
        "order id|order_id|order no|order number|order#|ordernumber|orderid|invoice|invoice no|invoice number|invoiceno|invoice id|"
        "transaction id|receipt no|receipt number|sales order|订单编号|订单号|订单ID|主订单编号|订单流水号|交易编号|单号|小票号|发票号|销售单号|流水号",
        "order|transaction|订单|bill no|id",
    ),
    "product_id": _names(
        "product id|product code|sku|stock code|stockcode|item id|item code|lineitem sku|variant sku|product_id|asin|article|article no|"
        "商品编码|商品ID|商品编号|商家编码|货号|产品编号|产品编码|规格编码|sku编码|商品货号|外部系统编号",
        "product|item|商品",
    ),
    "product_name": _names(
        "product name|product title|lineitem name|item name|description|product description|product|item|商品名称|商品标题|宝贝标题|标题|商品名|"
        "产品名称|品名|宝贝名称|全部商品名称",
        "title|details",
    ),
    "category": _names(
        "category|product category|product type|department|商品类目|类目|品类|商品分类|商品类别|分类", "type"
    ),
}
BY_KIND: dict[str, dict[str, Names]] = {
    "customers": {
        "customer_id": _names("id|customer|编号"),
        "name": _names("name|姓名|名称|客户|昵称"),
        "channel": _names("channel|source|acquisition channel|渠道|来源|获客渠道|客户来源|注册来源|来源渠道"),
        "joined_at": _names(
            "joined at|joined|signup date|sign up date|registered at|registration date|created at|customer since|member since|date joined|"
            "created|注册时间|注册日期|入会时间|加入时间|创建时间|成为会员时间|首次消费时间|建档时间|开户日期|成为客户时间",
            "date|日期|时间",
        ),
        "left_at": _names(
            "left at|churn date|churned at|cancellation date|end date|流失时间|流失日期|注销时间|销户日期|退网时间"
        ),
        "left_reason": _names(
            "left reason|churn reason|cancellation reason|reason for leaving|流失原因|注销原因|离网原因"
        ),
        "left": _names(
            "churn|churned|left|exited|is churn|churn label|churn value|attrition|是否流失|流失|流失标记|是否离网|是否注销"
        ),
        "marketing_consent": _names(
            "accepts marketing|accepts email marketing|email marketing consent|marketing consent|opt in|newsletter|subscribed|consent|"
            "是否接受营销|营销同意|同意营销|是否订阅|接受推广"
        ),
    },
    "orders": {
        "ordered_at": _names(
            "ordered at|order date|order time|invoice date|invoicedate|order created|date created|created at|purchase date|paid at|order_date|"
            "transaction date|processed at|purchased at|下单时间|订单创建时间|订单付款时间|付款时间|支付时间|成交时间|购买时间|下单日期|订单日期|"
            "创建时间|订单时间|交易时间|消费时间|销售日期|开单日期|买家付款时间",
            "date|time|timestamp|created|day|日期|时间",
        ),
        "amount": _names(
            "total|order total|amount|grand total|order amount|total amount|total price|revenue|net total|sales|paid amount|order value|"
            "order total amount|实付款|买家实际支付金额|买家应付货款|订单金额|实付金额|实收金额|总金额|支付金额|订单实付金额|应付金额|订单总金额|"
            "消费金额|成交金额|订单总额|销售额|合计|实际支付金额",
            "金额|value|spend|price|sum",
        ),
        "quantity": _names(
            "quantity|qty|lineitem quantity|item quantity|items|units|pieces|cds|number of items|数量|件数|订购数量|购买数量|商品数量|宝贝总数量|商品总数|"
            "宝贝数量|销售数量",
            "count",
        ),
        "discount": _names("discount|discount amount|total discount|优惠|优惠金额|折扣|折扣金额|店铺优惠"),
        "status": _names(
            "status|order status|financial status|payment status|订单状态|交易状态|状态|支付状态", "fulfillment status"
        ),
        "kind": _names("order type|transaction type|订单类型|交易类型|单据类型|业务类型", "type|kind|类型"),
        "channel": _names(
            "channel|sales channel|source|order source|store|shop|门店|销售渠道|订单来源|渠道|店铺|店铺名称|平台"
        ),
        "coupon": _names("coupon|coupon code|discount code|promo code|voucher|优惠券|优惠码|优惠券码"),
        "unit_price": _names(
            "unit price|unitprice|item cost|京东价|price|lineitem price|item price|price each|单价|商品单价|价格|商品价格|宝贝单价|售价"
        ),
        "line_amount": _names(
            "line total|line amount|item total|item subtotal|subtotal of line|line item total|小计|商品金额|明细金额|行金额|商品小计"
        ),
    },
    "products": {
        "name": _names("name|product name|title|description|商品名称|名称|商品标题|品名"),
        "brand": _names("brand|vendor|manufacturer|品牌"),
        "price": _names("price|list price|regular price|variant price|msrp|价格|标价|售价|单价|吊牌价|市场价"),
        "listed_at": _names("listed at|created at|published at|launch date|上架时间|上市日期|创建时间|发布时间"),
        "category": _names("type|category|类型"),
    },
    "payments": {
        "payment_id": _names(
            "payment id|payment number|charge id|payment no|付款编号|支付单号|支付流水号|付款单号|支付编号", "id"
        ),
        "paid_at": _names(
            "paid at|payment date|payment time|charged at|付款时间|支付时间|付款日期|支付日期|到账时间",
            "date|created|created at|日期|时间",
        ),
        "due_at": _names("due at|due date|应付时间|到期日|应付日期|账单到期日"),
        "subscription_id": _names("subscription id|subscription|订阅编号|订阅号"),
        "amount": _names("amount|paid amount|payment amount|付款金额|支付金额|金额|实付金额"),
        "method": _names("method|payment method|gateway|付款方式|支付方式|支付渠道"),
        "status": _names("status|payment status|outcome|支付状态|付款状态|结果|状态"),
    },
    "subscriptions": {
        "period_id": _names("period id|订阅期编号"),
        "subscription_id": _names(
            "subscription id|subscription|contract id|contract no|订阅编号|订阅号|合同编号|合约编号", "id"
        ),
        "plan": _names("plan|plan name|product plan|price plan|tier|package|套餐|套餐名称|方案|产品版本"),
        "started_at": _names(
            "started at|start date|start|current period start|activated at|开始时间|开始日期|生效日期|起始日期|开通时间",
            "created at|created",
        ),
        "ended_at": _names(
            "ended at|end date|end|cancelled at|canceled at|expiry date|结束时间|结束日期|终止日期|取消时间|到期日期"
        ),
        "end_reason": _names("end reason|cancellation reason|cancel reason|结束原因|取消原因|终止原因"),
        "paid_through_at": _names(
            "paid through|paid until|current period end|renewal date|已付至|续费日期|下次续费时间"
        ),
        "monthly_amount": _names(
            "monthly amount|mrr|monthly charge|monthly charges|monthly price|monthly fee|月费|每月金额|月租|月租费",
            "amount|price|金额",
        ),
        "trial": _names("trial|is trial|试用|是否试用"),
    },
    "events": {
        "event_id": _names("event id|message id|messageid|事件编号|事件ID", "id"),
        "occurred_at": _names(
            "occurred at|event time|event timestamp|timestamp|event date|visited at|viewed at|发生时间|事件时间|访问时间|时间戳|行为时间",
            "time|date|created at|时间|日期",
        ),
        "name": _names(
            "event|event name|event type|action|behavior|behaviour|behavior type|事件|事件名|事件名称|行为|行为类型|动作",
            "name|type",
        ),
        "platform": _names("platform|device|device type|os|平台|设备|终端"),
        "session_id": _names("session|session id|sessionid|visit id|会话|会话ID|会话编号"),
        "page": _names("page|url|page url|path|page path|screen|页面|网址|页面地址"),
        "duration_seconds": _names("duration|duration seconds|seconds|time on page|时长|停留时长|访问时长|停留时间"),
    },
    "tickets": {
        "ticket_id": _names(
            "ticket id|ticket|ticket number|ticket no|case id|case number|工单号|工单编号|工单ID|编号", "id"
        ),
        "opened_at": _names(
            "opened at|created at|opened|created|ticket created|submitted at|创建时间|提交时间|开单时间|受理时间",
            "date|time|日期|时间",
        ),
        "first_response_at": _names(
            "first response at|first reply at|first response|first replied at|首次响应时间|首次回复时间"
        ),
        "closed_at": _names("closed at|resolved at|solved at|closed|关闭时间|解决时间|完结时间"),
        "channel": _names("channel|source|via|渠道|来源"),
        "topic": _names("topic|category|type|issue type|reason|主题|类型|问题类型|问题分类|工单类型"),
        "priority": _names("priority|urgency|优先级|紧急程度"),
        "reopened": _names("reopened|reopens|times reopened|重开次数"),
        "satisfaction": _names("satisfaction|csat|rating|satisfaction score|满意度|评分"),
        "text": _names("text|description|subject|message|body|content|内容|描述|问题描述|标题"),
    },
    "feedback": {
        "feedback_id": _names(
            "feedback id|review id|response id|comment id|survey id|tweet id|评价编号|反馈编号|评论ID", "id"
        ),
        "answered_at": _names(
            "answered at|review date|submitted at|response date|reviewed at|评价时间|反馈时间|评论时间|提交时间|填写时间|tweet created",
            "date|time|created at|日期|时间",
        ),
        "kind": _names("feedback type|survey type|反馈类型|问卷类型", "kind|type|类型"),
        "score": _names("score|rating|stars|nps|nps score|csat|ces|星级|评分|分数|打分|得分|推荐分"),
        "text": _names(
            "text|comment|review|feedback|review text|comments|body|content|评价|评论|评价内容|评论内容|反馈内容|内容|意见"
        ),
        "topic": _names("topic|theme|negativereason|主题|话题|标签"),
    },
}
BY_KIND["order_items"] = BY_KIND["orders"] | {
    "line_amount": _names(
        "amount|total|total price|line total|line amount|item total|revenue|sales|小计|金额|商品金额|明细金额|实付金额|总价"
    )
}
