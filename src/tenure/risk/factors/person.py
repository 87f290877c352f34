"""Stories of the person: who they are, where they live, how they came; and each of a workspace's own attributes."""

from urllib.parse import quote

import numpy as np

from tenure.features.attributes import PREFIX
from tenure.features.feature import Feature
from tenure.kit.i18n import Text
from tenure.risk.factors.factor import Factor, say
from tenure.risk.phrases import Values

PERSON: tuple[Factor, ...] = (
    Factor(
        "person",
        Text("Who they are", "客户本人"),
        ("age_years", "days_to_birthday", "of_a_company", "gender", "language"),
        (
            say("{age_years:n} years old, {gender:text}", "{age_years:n} 岁，性别 {gender:text}"),
            say("{age_years:n} years old", "{age_years:n} 岁"),
            say("customer of a company", "企业客户", of_a_company=0),
            say("gender {gender:text}", "性别 {gender:text}"),
            say("speaks {language:text}", "语言为 {language:text}"),
            say("nothing is known about the person", "客户本人资料不详"),
        ),
        Text("Address them in the way that suits them.", "以适合其本人的方式沟通。"),
    ),
    Factor(
        "place",
        Text("Where they live", "所在地"),
        ("country", "region", "city", "city_frequency"),
        (
            say(
                "lives in {city:text}, as {city_frequency} of all customers do",
                "所在城市为 {city:text}，占全部客户的 {city_frequency}",
            ),
            say("lives in {region:text}", "所在省份为 {region:text}"),
            say("lives in {country:text}", "所在国家或地区为 {country:text}"),
            say("not known where they live", "所在地不详"),
        ),
        Text("Mention what is near them: delivery, a shop, an event.", "介绍其附近的配送、门店或活动。"),
    ),
    Factor(
        "origin",
        Text("How they came to us", "获客来源"),
        ("acquired_through",),
        (
            say("came through {acquired_through:text}", "通过 {acquired_through:text} 而来"),
            say("not known how they came", "获客来源不详"),
        ),
        Text("Ask whether they found what they came for.", "询问是否得到了当初想要的。"),
    ),
)  # fmt: skip

WORD, NUMBER = "text", "plain"  # how the value of an attribute is said where nothing more is known of it


def key(feature: str) -> str:
    """Return the name an attribute goes by in sentences, whatever signs its own name holds."""
    return "attribute_" + quote(feature.removeprefix(PREFIX), safe="")


def own(feature: Feature | str) -> Factor:
    """Return the story of one attribute; without its unit (a bare name) it can be told apart, but not be said."""
    name = feature if isinstance(feature, str) else feature.name
    unit = WORD if isinstance(feature, str) else feature.unit
    called = name.removeprefix(PREFIX)
    shown, place = called.replace("{", "{{").replace("}", "}}"), key(name)
    label = Text(called, called) if isinstance(feature, str) else feature.label
    unknown = say(f"{shown} is not known", f"{shown} 不详")
    phrases = {
        "flag": (
            say(f"{shown}: yes", f"{shown}：是", **{place: 0.5}),
            say(f"{shown}: no", f"{shown}：否", **{place: -0.5}),
        ),
        "days": (
            say(f"{shown}: {{{place}:days}} ago", f"{shown}：{{{place}:days}}前", **{place: -0.5}),
            say(f"{shown}: in {{{place}_ahead:days}}", f"{shown}：{{{place}_ahead:days}}后"),
        ),
        "share": (
            say(
                f"{shown.removesuffix('_frequency')}: shared with {{{place}:share}} of all customers",
                f"{shown.removesuffix('_frequency')}：与 {{{place}:share}}的客户相同",
            ),
        ),
        "ratio": (say(f"{shown}: {{{place}:{NUMBER}}}", f"{shown}：{{{place}:{NUMBER}}}"),),
    }.get(unit, (say(f"{shown}: {{{place}:{WORD}}}", f"{shown}：{{{place}:{WORD}}}"),))
    suggestion = Text(
        f"Go through “{called}” with them and ask whether it still fits.", f"一起回顾“{called}”，询问是否仍然合适。"
    )
    return Factor(name, label, (name,), (*phrases, unknown), suggestion)


def own_values(feature: str, values: Values) -> dict[str, Values]:
    """Return an attribute's values under the names its sentences use; of a date to come, the days until then."""
    found: dict[str, Values] = {key(feature): values}
    if isinstance(values, np.ndarray) and values.dtype.kind == "f":
        found[key(feature) + "_ahead"] = -values
    return found
