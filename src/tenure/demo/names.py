"""Names that belong to nobody: common name parts combined at random, with addresses nobody can receive mail at."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import arrow_columns as columns
from .chance import Bools, Ints, pick


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


SURNAMES = (
    "王 wang 72|李 li 70|张 zhang 66|刘 liu 52|陈 chen 46|杨 yang 31|黄 huang 24|赵 zhao 22|吴 wu 21|周 zhou 20|徐 xu 16|"
    "孙 sun 15|马 ma 13|朱 zhu 13|胡 hu 13|郭 guo 11|何 he 11|林 lin 12|高 gao 10|罗 luo 10|郑 zheng 9|梁 liang 9|谢 xie 8|"
    "宋 song 8|唐 tang 7|许 xu 7|韩 han 7|邓 deng 7|冯 feng 6|曹 cao 6|彭 peng 6|曾 zeng 6|萧 xiao 5|田 tian 5|董 dong 5|"
    "潘 pan 5|袁 yuan 5|蔡 cai 5|蒋 jiang 5|余 yu 5|于 yu 5|杜 du 5|叶 ye 5|程 cheng 5|魏 wei 4|苏 su 4|吕 lv 4|丁 ding 4|"
    "任 ren 4|沈 shen 4|姚 yao 3|卢 lu 3|傅 fu 3|钟 zhong 3|姜 jiang 3|崔 cui 3|谭 tan 3|廖 liao 3|范 fan 3|汪 wang 3|"
    "陆 lu 3|金 jin 3|石 shi 3|戴 dai 3|贾 jia 3|韦 wei 2|夏 xia 3|邱 qiu 2|方 fang 3|侯 hou 2|邹 zou 2|熊 xiong 2|"
    "孟 meng 2|秦 qin 2|白 bai 2|江 jiang 2|尹 yin 2|薛 xue 2|顾 gu 2|欧阳 ouyang 1|上官 shangguan 0.3|司徒 situ 0.3"
)
WOMEN = (
    "雨 yu|婷 ting|欣 xin|怡 yi|静 jing|琳 lin|雪 xue|梦 meng|瑶 yao|佳 jia|慧 hui|洁 jie|颖 ying|娜 na|丽 li|芳 fang|敏 min|"
    "燕 yan|玲 ling|思 si|诗 shi|涵 han|雅 ya|晓 xiao|月 yue|萱 xuan|悦 yue|倩 qian|璐 lu|妍 yan|薇 wei|岚 lan|晴 qing|"
    "芸 yun|若 ruo|兰 lan|清 qing|语 yu|彤 tong|蕊 rui|珊 shan|宁 ning|可 ke|然 ran|安 an"
)
MEN = (
    "伟 wei|强 qiang|磊 lei|军 jun|洋 yang|勇 yong|杰 jie|涛 tao|明 ming|超 chao|斌 bin|鹏 peng|辉 hui|浩 hao|宇 yu|轩 xuan|"
    "博 bo|文 wen|俊 jun|凯 kai|志 zhi|健 jian|峰 feng|龙 long|子 zi|天 tian|泽 ze|晨 chen|航 hang|睿 rui|昊 hao|然 ran|"
    "嘉 jia|哲 zhe|毅 yi|旭 xu|诚 cheng|瑞 rui|林 lin|云 yun|海 hai|建 jian|国 guo|远 yuan|承 cheng"
)
FIRST_WOMEN = _words(
    "Emma Olivia Sophie Charlotte Amelia Grace Hannah Lucy Emily Chloe Isla Ruby Alice Nora Clara Julia Laura Megan Rachel "
    "Naomi Abigail Zoe Eleanor Freya Harriet Imogen Jasmine Katherine Lillian Maya Nadia Priya Rosa Sienna Tessa Violet Wendy "
    "Yasmin Anna Beatrice Caitlin Daniela Elena Fiona"
)
FIRST_MEN = _words(
    "Oliver Jack Harry James William Thomas Henry Samuel Daniel Lucas Ethan Noah Liam Mason Logan Owen Caleb Nathan Ryan Adam "
    "Aaron Benjamin Connor Dylan Edward Felix George Hugo Isaac Jonah Kevin Leo Marcus Nicholas Oscar Patrick Quentin Robert "
    "Simon Toby Victor Walter Arjun Mateo Rafael"
)
LAST = _words(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Green Hall Wood Harris Clarke Jackson "
    "Turner Hill Moore Cooper Ward Morris King Baker Harrison Morgan Allen Bennett Carter Parker Murphy Kelly Collins Hughes "
    "Foster Gray Reid Stewart Miller Davis Garcia Martinez Lopez Nguyen Tan Lim Fischer Weber Schneider de_Vries Jansen "
    "O'Brien Ryan Campbell Fraser Sullivan Peterson Novak Rossi Silva Kowalski"
)
DOMAINS = ("example.com", "example.org", "example.net", "mail.example.com")
AREA_CODES = tuple(range(201, 1000, 2))  # 555-0100 to 555-0199 is kept for fiction in every North American area


def _parts(text: str) -> tuple[list[str], list[str], list[float]]:
    rows = [entry.split() for entry in text.split("|")]
    return [row[0] for row in rows], [row[1] for row in rows], [float(row[2]) if row[2:] else 1.0 for row in rows]


def chinese_names(rng: np.random.Generator, woman: Bools) -> tuple[pa.Array, pa.Array]:
    """Return full names in characters and the same in Latin letters for addresses."""
    size = len(woman)
    family, family_latin, weights = _parts(SURNAMES)
    given = [_parts(MEN), _parts(WOMEN)]
    signs, latin = given[0][0] + given[1][0], given[0][1] + given[1][1]
    men = len(given[0][0])
    first = np.where(woman, men + rng.integers(0, len(given[1][0]), size), rng.integers(0, men, size))
    second = np.where(woman, men + rng.integers(0, len(given[1][0]), size), rng.integers(0, men, size))
    has_second = rng.random(size) < 0.82
    surname = pick(rng, weights, size)
    full = columns.joined(
        columns.choices(family, surname),
        columns.choices(signs, first),
        columns.choices([*signs, ""], np.where(has_second, second, len(signs))),
    )
    spelt = columns.joined(
        columns.choices(latin, first),
        columns.choices([*latin, ""], np.where(has_second, second, len(latin))),
        ".",
        columns.choices(family_latin, surname),
    )
    return full, spelt


def english_names(rng: np.random.Generator, woman: Bools) -> tuple[pa.Array, pa.Array]:
    """Return full names and the same in lower-case letters for addresses."""
    size = len(woman)
    first_names = FIRST_MEN + FIRST_WOMEN
    women = len(FIRST_MEN) + rng.integers(0, len(FIRST_WOMEN), size)
    first = np.where(woman, women, rng.integers(0, len(FIRST_MEN), size))
    last = rng.integers(0, len(LAST), size)
    plain_last = [word.replace(" ", "").replace("'", "").lower() for word in LAST]
    full = columns.joined(columns.choices(first_names, first), " ", columns.choices(LAST, last))
    spelt = columns.joined(
        columns.choices([word.lower() for word in first_names], first), ".", columns.choices(plain_last, last)
    )
    return full, spelt


def emails(rng: np.random.Generator, spelt: pa.Array, numbers: Ints) -> pa.Array:
    """Return addresses under the domains reserved for examples; the number keeps them apart."""
    domain = columns.choices(DOMAINS, pick(rng, (6, 2, 1, 1), len(numbers)))
    return columns.joined(spelt, pa.array(numbers).cast(pa.string()), "@", domain)


def chinese_phones(numbers: Ints) -> pa.Array:
    """Return numbers in 1740 0–5, a range that no household is given; six million, all different."""
    scrambled = (numbers * 3_999_971 + 1_234_567) % 6_000_000
    return columns.numbered("+861740", scrambled, 7)


def north_american_phones(numbers: Ints) -> tuple[pa.Array, Bools]:
    """Return 555-01xx numbers, and where the supply of them has not run out."""
    area, line = np.divmod(numbers, 100)
    enough = area < len(AREA_CODES)
    codes = [str(code) for code in AREA_CODES]
    text = columns.joined(
        "+1", columns.choices(codes, np.minimum(area, len(codes) - 1)), columns.numbered("55501", line, 2)
    )
    return text, enough


def written_otherwise(phones: pa.Array, mails: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Spell the same phone without its country code and the same address in capitals, as a second sign-up would."""
    return pc.replace_substring_regex(phones, r"^\+86", ""), pc.utf8_upper(mails)
