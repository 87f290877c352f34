"""Stories of buying: silence, how often, how much, how evenly, at what price, what is sent back, and from what range."""

from tenure.kit.i18n import Text
from tenure.risk.factors.factor import Factor, say

BUYING: tuple[Factor, ...] = (
    Factor(
        "silence",
        Text("Silence against the usual rhythm", "与平常节奏相比的静默"),
        (
            "days_since_purchase", "silence_in_gaps", "usual_gap_days", "silence_chance", "silence_chance_regular",
            "silence_in_longest_gaps",
        ),
        (
            say(
                "usually buys every {usual_gap_days}; silent for {days_since_purchase}, at most {longest_gap_days} before",
                "通常每 {usual_gap_days}购买一次，已 {days_since_purchase}未购买，此前最长 {longest_gap_days}",
                silence_in_longest_gaps=1,
            ),
            say(
                "usually buys every {usual_gap_days}; silent for {days_since_purchase}",
                "通常每 {usual_gap_days}购买一次，已 {days_since_purchase}未购买",
                days_since_purchase=0,
            ),
            say("usually buys every {usual_gap_days}; bought today", "通常每 {usual_gap_days}购买一次，今天刚购买"),
            say("bought once, {days_since_purchase} ago", "仅购买过一次，距今 {days_since_purchase}"),
            say("has not bought yet", "尚未购买"),
        ),
        Text("Call, mention the last order and ask what they need next.", "致电，从上次订单谈起，询问下一步需要什么。"),
    ),
    Factor(
        "frequency",
        Text("How often they buy", "购买频次"),
        (
            "purchases", "purchases_30", "purchases_90", "purchases_365", "purchase_trend_30", "purchase_trend",
            "purchases_per_month", "orders_per_purchase_day",
        ),
        (
            say(
                "{purchases_90:+purchase} in the last 90 days, {purchases_before_90:n} in the 90 days before",
                "近 90 天购买 {purchases_90:n} 次，此前 90 天购买 {purchases_before_90:n} 次",
                purchases_90=0,
                purchases_before_90=0,
            ),
            say(
                "{purchases_90:+purchase} in the last 90 days, none in the 90 days before",
                "近 90 天购买 {purchases_90:n} 次，此前 90 天没有购买",
                purchases_90=0,
            ),
            say(
                "no purchase in the last 90 days, {purchases_before_90:n} in the 90 days before",
                "近 90 天没有购买，此前 90 天购买 {purchases_before_90:n} 次",
                purchases_180=0,
            ),
            say(
                "{purchases:+purchase} so far, none in the last 180 days",
                "累计购买 {purchases:n} 次，近 180 天没有购买",
                purchases=0,
            ),
            say("no purchase so far", "尚无购买记录"),
        ),
        Text("Offer something that fits what they bought before.", "推荐与其以往购买相配的商品。"),
    ),
    Factor(
        "spending",
        Text("What they spend", "消费额"),
        (
            "revenue", "revenue_30", "revenue_90", "revenue_365", "average_order_value", "later_purchase_value",
            "spend_trend", "order_value_trend", "largest_purchase", "last_purchase_value", "pieces_per_order",
        ),
        (
            say(
                "spent {revenue_365} in a year, nothing in the last 90 days",
                "近一年消费 {revenue_365}，近 90 天没有消费",
                revenue_365=0,
                idle_90=0,
            ),
            say(
                "spent {revenue_90} in the last 90 days and {revenue_365} in a year",
                "近 90 天消费 {revenue_90}，近一年消费 {revenue_365}",
                revenue_365=0,
            ),
            say("spent {revenue} so far, nothing in the last year", "累计消费 {revenue}，近一年没有消费", revenue=0),
            say("has spent nothing so far", "尚无消费"),
        ),
        Text("Thank them for their custom and ask what would make them order again.", "感谢惠顾，并询问怎样会再次下单。"),
    ),
    Factor(
        "standing",
        Text("How long they have been a customer", "成为客户的时长"),
        ("days_since_first_purchase", "days_as_customer", "subscription_days"),
        (
            say(
                "first bought {days_since_first_purchase} ago, {purchases:+purchase} since",
                "首次购买距今 {days_since_first_purchase}，共购买 {purchases:n} 次",
            ),
            say("customer for {days_as_customer}", "成为客户已 {days_as_customer}"),
            say("subscribed first {subscription_days} ago", "首次订阅距今 {subscription_days}"),
            say("not known since when they are a customer", "成为客户的时间不详"),
        ),
        Text("Welcome them personally and show what else there is.", "亲自致意，介绍更多产品与服务。"),
    ),
    Factor(
        "rhythm",
        Text("Evenness of the rhythm", "购买节奏"),
        (
            "gap_spread", "last_gap_days", "mean_gap_days", "longest_gap_days", "gap_trend", "log_gaps",
            "squared_log_gaps",
        ),
        (
            say(
                "latest gap {last_gap_days}, usually {usual_gap_days:n}, at most {longest_gap_days:n}",
                "最近一次间隔 {last_gap_days}，平常 {usual_gap_days}，最长 {longest_gap_days}",
            ),
            say("no rhythm yet: fewer than two purchases", "购买不足两次，尚无节奏可言"),
        ),
        Text("Ask what has changed since they ordered more regularly.", "询问相较以往规律下单时有何变化。"),
    ),
    Factor(
        "discounts",
        Text("Buying at a discount", "优惠依赖"),
        ("discount_share", "discount_share_180", "coupon_share"),
        (
            say(
                "{discount_share} of the list price was discount, {discount_share_180} lately",
                "优惠占原价的 {discount_share}，近 180 天为 {discount_share_180}",
                discount_share=0.005,
            ),
            say("{discount_share} of the list price was discount", "优惠占原价的 {discount_share}", discount_share=0.005),
            say("{coupon_share} of the orders with a coupon", "{coupon_share}的订单使用优惠券", coupon_share=0.005),
            say("buys without discounts", "购买时未使用优惠"),
        ),
        Text("Offer value rather than a price cut: early access, a sample, a bundle.", "以新品优先、试用、组合等价值代替降价。"),
    ),
    Factor(
        "returns",
        Text("Sending back", "退货"),
        ("return_share", "returns_90", "returns_365", "return_share_180", "days_since_return"),
        (
            say(
                "sent back {return_share} of what they bought, last time {days_since_return} ago",
                "退货占购买额的 {return_share}，最近一次在 {days_since_return}前",
                return_share=0.0,
            ),
            say("has sent nothing back", "没有退货"),
        ),
        Text("Ask what was wrong with what they sent back and put it right.", "询问退货原因并妥善解决。"),
    ),
    Factor(
        "range",
        Text("Range of what they buy", "购买类目"),
        (
            "categories_365", "categories", "favourite_category_share", "products_365", "new_products_90",
            "rebought_share", "brands_365", "lines_90", "favourite_category",
        ),
        (
            say(
                "bought {products_365:+product} from {categories_365:n} categories in a year, above all {favourite_category:text}",
                "近一年购买 {products_365:n} 种商品、{categories_365:n} 个类目，偏好 {favourite_category:text}",
                categories_365=1,
            ),
            say("bought from {categories_365:n} categories in a year", "近一年购买 {categories_365:n} 个类目", categories_365=1),
            say(
                "bought from one category in a year: {favourite_category:text}",
                "近一年只购买 1 个类目：{favourite_category:text}",
                categories_365=0,
                one_category=0,
            ),
            say("bought from one category in a year", "近一年只购买 1 个类目", categories_365=0),
            say("bought from no category in a year", "近一年没有购买任何类目"),
        ),
        Text("Show a neighbouring product range.", "介绍相邻品类。"),
    ),
    Factor(
        "sales_channel",
        Text("Where they buy", "购买渠道"),
        ("last_sales_channel",),
        (
            say("bought last through {last_sales_channel:text}", "最近一次通过 {last_sales_channel:text} 购买"),
            say("no sales channel is known", "购买渠道不详"),
        ),
        Text("Reach them where they bought last.", "通过其最近购买的渠道联系。"),
    ),
)  # fmt: skip
