"""Standing: how long somebody has been a customer, and who they are."""

from tenure.features.feature import Feature, frequency
from tenure.kit.i18n import Text


def _trait(name: str, column: str, label: Text) -> Feature:
    return Feature(
        name,
        "profiles",
        label,
        Text(f"{label.en}, as the profile says.", f"客户资料中的{label.zh}。"),
        "text",
        lambda rows: rows[column].max(),
    )


CITY = _trait("city", "city", Text("City", "城市"))

FEATURES = (
    Feature(
        "days_as_customer",
        "customers",
        Text("Days as a customer", "成为客户天数"),
        Text("Whole days since joining, where the date is known.", "自成为客户以来的整天数（日期已知时）。"),
        "days",
        lambda rows: rows.days_ago.max(),
    ),
    Feature(
        "age_years",
        "profiles",
        Text("Age", "年龄"),
        Text("Whole years since the birthday, where it is known.", "周岁（生日已知时）。"),
        "count",
        lambda rows: (rows.age_days.max().cast("float64") / 365.25).floor(),
    ),
    Feature(
        "days_to_birthday",
        "profiles",
        Text("Days to the next birthday", "距下次生日天数"),
        Text("Days to the next birthday, counting years of 365.25 days.", "距下次生日的天数（一年按 365.25 天计）。"),
        "days",
        lambda rows: (365.25 - rows.age_days.max().cast("float64") % 365.25).floor(),
    ),
    Feature(
        "of_a_company",
        "profiles",
        Text("Belongs to a company", "企业客户"),
        Text("1 when the profile names a company, else 0.", "资料中填写了公司为 1，否则为 0。"),
        "flag",
        lambda rows: rows.company.notnull().any().ifelse(1, 0),
    ),
    _trait("gender", "gender", Text("Gender", "性别")),
    _trait("country", "country", Text("Country", "国家或地区")),
    _trait("region", "region", Text("Province or state", "省份")),
    _trait("language", "language", Text("Language", "语言")),
    _trait("acquired_through", "channel", Text("Acquired through", "获客渠道")),
    CITY,
    frequency(CITY, Text("How common the city is", "所在城市常见程度")),
)
