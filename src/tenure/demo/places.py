"""Where customers live: provinces and cities in China, countries and cities abroad, with their clocks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One city: its country (ISO code), region, share among its market and hours ahead of UTC."""

    country: str
    region: str
    city: str
    share: float
    offset: float


CHINA_PLACES = tuple(
    Place("CN", region, city, share, 8.0)
    for region, city, share in (
        ("上海市", "上海", 14), ("北京市", "北京", 11), ("广东省", "广州", 8), ("广东省", "深圳", 9), ("广东省", "佛山", 2),
        ("广东省", "东莞", 2), ("浙江省", "杭州", 8), ("浙江省", "宁波", 3), ("浙江省", "温州", 2), ("江苏省", "南京", 5),
        ("江苏省", "苏州", 6), ("江苏省", "无锡", 2.5), ("四川省", "成都", 7), ("重庆市", "重庆", 4), ("湖北省", "武汉", 4.5),
        ("湖南省", "长沙", 3), ("陕西省", "西安", 3), ("山东省", "青岛", 2.5), ("山东省", "济南", 1.8), ("福建省", "厦门", 3),
        ("福建省", "福州", 1.8), ("天津市", "天津", 2.2), ("辽宁省", "大连", 1.6), ("辽宁省", "沈阳", 1.4), ("河南省", "郑州", 2),
        ("安徽省", "合肥", 1.8), ("江西省", "南昌", 1.0), ("云南省", "昆明", 1.4), ("广西壮族自治区", "南宁", 0.9),
        ("海南省", "海口", 0.7), ("贵州省", "贵阳", 0.8), ("黑龙江省", "哈尔滨", 0.9), ("吉林省", "长春", 0.7),
        ("河北省", "石家庄", 0.9), ("山西省", "太原", 0.7), ("甘肃省", "兰州", 0.5), ("新疆维吾尔自治区", "乌鲁木齐", 0.5),
    )
)  # fmt: skip

ABROAD_PLACES = (
    Place("US", "California", "San Francisco", 6, -8), Place("US", "California", "Los Angeles", 6, -8),
    Place("US", "New York", "New York", 8, -5), Place("US", "Washington", "Seattle", 5, -8),
    Place("US", "Massachusetts", "Boston", 4, -5), Place("US", "Texas", "Austin", 4, -6),
    Place("US", "Illinois", "Chicago", 4, -6), Place("GB", "England", "London", 11, 0),
    Place("GB", "England", "Manchester", 3, 0), Place("GB", "Scotland", "Edinburgh", 2, 0),
    Place("CA", "Ontario", "Toronto", 5, -5), Place("CA", "British Columbia", "Vancouver", 5, -8),
    Place("AU", "New South Wales", "Sydney", 6, 10), Place("AU", "Victoria", "Melbourne", 5, 10),
    Place("SG", "Singapore", "Singapore", 8, 8), Place("DE", "Berlin", "Berlin", 3, 1),
    Place("DE", "Bavaria", "Munich", 3, 1), Place("NL", "North Holland", "Amsterdam", 3, 1),
    Place("IE", "Leinster", "Dublin", 2, 0), Place("NZ", "Auckland", "Auckland", 3, 12),
)  # fmt: skip

PLACES = CHINA_PLACES + ABROAD_PLACES
SHOPS = ("Shanghai Anfu Road 上海安福路店", "Beijing Sanlitun 北京三里屯店", "Hangzhou Tianmuli 杭州天目里店",
         "Shenzhen Coastal City 深圳海岸城店", "Chengdu Taikoo Li 成都太古里店")  # fmt: skip
