"""What the company sells: eight categories of fifteen products, each with a name in both languages."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Floats, Ints, stream
from .timeline import DAY, Timeline

CATEGORIES = (
    "咖啡茶饮 Coffee & Tea", "厨房餐具 Kitchen & Table", "床品布艺 Bedding & Textiles", "香氛蜡烛 Scents & Candles",
    "护肤身体 Skin & Body", "收纳家具 Storage & Furniture", "灯具电器 Lighting & Appliances", "文具礼品 Stationery & Gifts",
)  # fmt: skip
BRANDS = (
    "Hearth & Harbor 栖岸",
    "Slow Kiln 慢窑",
    "North Quay 北码头",
    "Mori Lane 森巷",
    "Pale Sail 白帆",
    "Dew & Oat 露麦",
)

# Cheapest first within a category; the price is in yuan.
CATALOGUE = (
    "挂耳咖啡十片装|Drip Coffee Bags ×10|49;茉莉绿茶包|Jasmine Green Tea Bags|39;可可热饮粉|Hot Cocoa Powder|59;"
    "燕麦奶六盒装|Oat Milk ×6|72;意式拼配咖啡豆|Espresso Blend Beans|79;云南日晒咖啡豆|Yunnan Natural Beans|88;"
    "冷萃咖啡浓缩液|Cold Brew Concentrate|69;桂花乌龙茶|Osmanthus Oolong|98;埃塞俄比亚耶加雪菲|Ethiopia Yirgacheffe|108;"
    "手冲滤杯套装|Pour-over Dripper Set|139;玻璃冷泡壶|Glass Cold Brew Jug|128;法压壶|French Press|159;"
    "手摇磨豆机|Hand Coffee Grinder|268;细口手冲壶|Gooseneck Kettle|329;家用意式咖啡机|Home Espresso Machine|1680",
    "棉麻茶巾两条|Linen Tea Towels ×2|45;竹制筷子六双|Bamboo Chopsticks ×6|39;陶瓷早餐碗|Ceramic Breakfast Bowl|59;"
    "粗陶马克杯|Stoneware Mug|69;橄榄木锅铲|Olive Wood Spatula|56;玻璃调味罐组|Glass Spice Jars|79;釉下彩餐盘|Glazed Dinner Plate|89;"
    "硅胶烘焙垫|Silicone Baking Mat|49;不锈钢量杯|Steel Measuring Cups|68;日式饭碗四只|Rice Bowls ×4|148;胡桃木砧板|Walnut Cutting Board|188;"
    "双层蒸锅|Two-tier Steamer|259;主厨刀|Chef's Knife|298;珐琅铸铁锅|Enamelled Dutch Oven|569;餐具十六件套|16-piece Dinner Set|688",
    "纯棉枕套一对|Cotton Pillowcases ×2|79;华夫格浴巾|Waffle Bath Towel|89;亚麻抱枕套|Linen Cushion Cover|69;防滑地垫|Non-slip Bath Mat|59;"
    "针织盖毯|Knitted Throw|199;遮光窗帘|Blackout Curtains|239;荞麦枕|Buckwheat Pillow|129;水洗棉四件套|Washed Cotton Bedding Set|399;"
    "天丝夏凉被|Lyocell Summer Quilt|329;羊毛地毯|Wool Rug|799;鹅绒被|Goose Down Duvet|1299;乳胶枕|Latex Pillow|259;"
    "全棉床笠|Fitted Sheet|149;真丝眼罩|Silk Eye Mask|88;亚麻桌布|Linen Tablecloth|168",
    "无火香薰补充液|Diffuser Refill|69;线香一盒|Incense Sticks|49;车载香片|Car Scent Card|39;大豆蜡烛·雪松|Soy Candle, Cedar|98;"
    "大豆蜡烛·无花果|Soy Candle, Fig|98;柚子室内喷雾|Yuzu Room Spray|88;香薰石|Scent Stone|79;藤条香薰|Reed Diffuser|159;精油·薰衣草|Lavender Oil|68;"
    "精油·尤加利|Eucalyptus Oil|62;蜡烛熔灯|Candle Warmer Lamp|188;超声波香薰机|Ultrasonic Diffuser|229;黄铜香插|Brass Incense Holder|118;"
    "三芯大蜡烛|Three-wick Candle|218;节日香氛礼盒|Festive Scent Box|358",
    "手工皂|Handmade Soap|39;护手霜|Hand Cream|49;润唇膏|Lip Balm|35;氨基酸洁面|Amino Cleanser|79;身体乳|Body Lotion|89;沐浴露|Shower Gel|69;"
    "玫瑰花水|Rose Toner|98;头皮精华|Scalp Serum|138;维C精华|Vitamin C Serum|168;保湿面霜|Moisturising Cream|158;防晒乳|Sunscreen|119;"
    "磨砂膏|Body Scrub|99;面膜五片|Sheet Masks ×5|75;发膜|Hair Mask|89;护肤旅行套装|Skincare Travel Set|198",
    "棉绳收纳篮|Rope Basket|69;桌面收纳盒|Desk Organiser|59;抽屉分隔板|Drawer Dividers|45;真空压缩袋|Vacuum Bags|49;衣架十只|Hangers ×10|55;"
    "壁挂置物板|Wall Shelf|139;折叠脏衣篮|Folding Laundry Basket|99;鞋架|Shoe Rack|179;藤编储物箱|Rattan Box|159;伞架|Umbrella Stand|129;"
    "橡木边几|Oak Side Table|459;换鞋凳|Entry Bench|399;三层推车|Three-tier Trolley|269;移动书架|Rolling Bookcase|529;单人休闲椅|Lounge Chair|1180",
    "灯串|String Lights|49;LED灯泡两只|LED Bulbs ×2|39;感应夜灯|Motion Night Light|59;USB小风扇|USB Fan|69;夹式阅读灯|Clip Reading Lamp|99;"
    "电热水壶|Electric Kettle|199;电子厨房秤|Kitchen Scale|89;陶瓷台灯|Ceramic Table Lamp|259;多士炉|Toaster|229;加湿器|Humidifier|189;"
    "纸艺吊灯|Paper Pendant|218;落地灯|Floor Lamp|459;小型空气净化器|Compact Air Purifier|699;电炖锅|Slow Cooker|329;蒸汽挂烫机|Garment Steamer|299",
    "明信片组|Postcard Set|25;和纸胶带|Washi Tape|29;中性笔五支|Gel Pens ×5|32;线圈笔记本|Spiral Notebook|35;手帐本|Journal|68;帆布袋|Canvas Tote|59;"
    "便携水杯|Travel Tumbler|119;拼图五百片|500-piece Puzzle|88;桌历|Desk Calendar|49;礼品包装组|Gift Wrap Kit|45;相框|Photo Frame|79;"
    "儿童绘画套装|Kids' Art Set|129;棋盘游戏|Board Game|168;生日礼盒|Birthday Box|238;春节礼盒|Spring Festival Hamper|398",
)  # fmt: skip
PER_CATEGORY = 15
LATE_LAUNCHES = 0.12


@dataclass(frozen=True)
class Range:
    """The products as arrays: price in cents, category, and the local day on which each appeared."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]
    price: Ints
    category: Ints
    brand: Ints
    listed_day: Ints
    flaw: Floats

    @property
    def names(self) -> list[str]:
        """Return the names as the shop writes them, in both languages."""
        return [f"{chinese} {english}" for chinese, english in zip(self.chinese, self.english, strict=True)]


def product_range(seed: int, timeline: Timeline) -> Range:
    """Return the company's products; only brands, launch days and hidden flaws depend on the seed."""
    rng = stream(seed, 0, "products")
    rows = [entry.split("|") for category in CATALOGUE for entry in category.split(";")]
    size = len(rows)
    late = rng.random(size) < LATE_LAUNCHES
    late[::PER_CATEGORY] = False  # the first of each category stands in for what is not yet on sale
    return Range(
        chinese=tuple(row[0] for row in rows),
        english=tuple(row[1] for row in rows),
        price=np.array([int(row[2]) * 100 for row in rows], dtype=np.int64),
        category=np.arange(size) // PER_CATEGORY,
        brand=np.where(rng.random(size) < 0.45, 0, rng.integers(1, len(BRANDS), size)),
        listed_day=np.where(late, rng.integers(30, max(31, timeline.days - 30), size), -rng.integers(10, 700, size)),
        flaw=rng.normal(0, 0.5, size),
    )


def product_ids(codes: Ints) -> pa.Array:
    """Return product codes such as ``P0007``."""
    return columns.numbered("P", codes + 1, 4)


def products_table(goods: Range, timeline: Timeline) -> pa.Table:
    """Return the table ``products``."""
    size = len(goods.price)
    opening = int(timeline.first_day.astype("int64")) * DAY
    return pa.table(
        {
            "product_id": product_ids(np.arange(size)),
            "listed_at": columns.times(opening + goods.listed_day * DAY),
            "name": pa.array(goods.names),
            "category": columns.choices(CATEGORIES, goods.category),
            "brand": columns.choices(BRANDS, goods.brand),
            "price": columns.money(goods.price),
            "currency": columns.same("CNY", size),
        }
    )


def choose(rng: np.random.Generator, goods: Range, favourite: Ints, taste: Floats, day: Ints) -> Ints:
    """Choose a product for each line: half from the favourite category, dearer ones for a dearer taste."""
    size = len(favourite)
    at_home = rng.random(size) < FAVOURITE_SHARE
    category = np.where(at_home, favourite, rng.integers(0, len(CATEGORIES), size))
    place = np.floor(PER_CATEGORY * rng.random(size) ** price_exponent(taste)).astype(np.int64)
    code = category * PER_CATEGORY + np.minimum(place, PER_CATEGORY - 1)
    return np.where(goods.listed_day[code] > day, category * PER_CATEGORY, code)


FAVOURITE_SHARE = 0.5


def price_exponent(taste: Floats) -> Floats:
    """Return the exponent that bends an even draw towards cheap (above 1) or dear (below 1) products."""
    return np.asarray(1.55 * np.exp(-0.5 * taste))


def expected_price(goods: Range, favourite: Ints, taste: Floats) -> Floats:
    """Return each person's expected price of a line, in cents, with everything on sale."""
    edges = (np.arange(PER_CATEGORY + 1) / PER_CATEGORY)[None, :] ** (1 / price_exponent(taste))[:, None]
    chance = np.diff(edges, axis=1)
    prices = goods.price.reshape(len(CATEGORIES), PER_CATEGORY).astype(np.float64)
    own = (chance * prices[favourite]).sum(axis=1)
    other = (chance * prices.mean(axis=0)).sum(axis=1)
    return np.asarray(FAVOURITE_SHARE * own + (1 - FAVOURITE_SHARE) * other)
