"""The list of models: the only place that knows them all."""

from dataclasses import dataclass

from tenure.kit.i18n import Text
from tenure.models.base import Model
from tenure.models.churn.calibration import Calibration
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.encoding import CategoryColumn, NumberColumn
from tenure.models.churn.forest import Trees
from tenure.models.churn.lines import Line
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.churn.neural_net import Network
from tenure.models.churn.rates import LevelRates
from tenure.models.churn.recency import RecencyChurn
from tenure.models.churn.views import Views
from tenure.models.lifetime_value.bdw import BetaDiscreteWeibull
from tenure.models.lifetime_value.bg_bb import BetaGeoBetaBinomial
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.mbg_nbd import ModifiedBetaGeoNBD
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.pareto_nbd import ParetoNBD
from tenure.models.lifetime_value.sbg import ShiftedBetaGeometric
from tenure.models.purchase_forecast.correction import Correction, OffsetLine
from tenure.models.purchase_forecast.experience import Experience
from tenure.models.purchase_forecast.forecast import PurchaseForecast
from tenure.models.purchase_forecast.judge import Comparison
from tenure.models.purchase_forecast.plain import Plain, Recency
from tenure.models.purchase_forecast.season import Season
from tenure.models.purchase_forecast.spread import Spread
from tenure.models.recommend.als import ImplicitALS
from tenure.models.recommend.chances import Chance, Chances
from tenure.models.recommend.contest import Evaluation, Trial
from tenure.models.recommend.ease import EASE
from tenure.models.recommend.item_knn import ItemKNN
from tenure.models.recommend.learned import Learned
from tenure.models.recommend.past import Past
from tenure.models.recommend.popularity import Popularity
from tenure.models.recommend.quality import Quality
from tenure.models.recommend.recommender import Recommender
from tenure.models.recommend.shelf import Shelf
from tenure.models.recommend.tastes import ColdTrial, Groups, Tastes
from tenure.models.survival.baseline import Baseline
from tenure.models.survival.cox import CoxRegression
from tenure.models.survival.discrete import DiscreteHazard


@dataclass(frozen=True)
class Entry:
    """A model under the name it is stored by, with what it answers and where it ends."""

    name: str
    model: type[Model]
    purpose: Text
    limits: tuple[Text, ...]


ASSOCIATION = Text(
    "Reasons are associations: changing the factor need not change the outcome.",
    "原因只是关联：改变该因素不一定能改变结果。",
)
NO_SEASON = Text(
    "Sees order dates only: neither season, price, nor campaigns.", "只看下单日期，不了解季节、价格和营销活动。"
)
NOT_A_CHURN_SCORE = Text(
    "The chance of being alive is no churn score; rank by the chance of a purchase.",
    "“仍活跃概率”不是流失评分；请按购买概率排序。",
)
SEEN_TO_LEAVE = Text(
    "Only for contracts, where leaving is seen; knows nothing of a customer but the renewals made.",
    "仅适用于能观察到流失的合同关系；除已续约次数外不了解客户。",
)

MODELS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "bg_nbd",
            BetaGeoNBD,
            Text("How many orders to expect from each customer", "预测每位客户未来的下单次数"),
            (
                NO_SEASON,
                Text(
                    "The chance of being alive is always one for customers with a single order; do not rank by it.",
                    "只下过一单的客户“仍活跃概率”恒为 1，不要据此排序。",
                ),
            ),
        ),
        Entry(
            "mbg_nbd",
            ModifiedBetaGeoNBD,
            Text("How many orders to expect, when the first may be the last", "预测未来下单次数（首单后即可能流失）"),
            (NO_SEASON, NOT_A_CHURN_SCORE),
        ),
        Entry(
            "pareto_nbd",
            ParetoNBD,
            Text("How many orders to expect, when customers leave at any time", "预测未来下单次数（随时可能流失）"),
            (NO_SEASON, NOT_A_CHURN_SCORE),
        ),
        Entry(
            "bg_bb",
            BetaGeoBetaBinomial,
            Text("How many of the next occasions each customer takes", "预测每位客户会参与未来多少次机会"),
            (
                NOT_A_CHURN_SCORE,
                Text("Counts one order per occasion at most.", "每次机会最多计一单。"),
            ),
        ),
        Entry(
            "sbg",
            ShiftedBetaGeometric,
            Text("How many contracts are renewed, period after period", "预测合同逐期的续约情况"),
            (SEEN_TO_LEAVE, Text("Each customer's own rate never changes.", "每位客户自身的续约率恒定不变。")),
        ),
        Entry(
            "bdw",
            BetaDiscreteWeibull,
            Text("The same, when customers' own rates rise or fall", "同上，且客户自身的续约率可升可降"),
            (SEEN_TO_LEAVE,),
        ),
        Entry(
            "gamma_gamma",
            GammaGamma,
            Text("How much a customer spends per order", "预测客户的单次消费金额"),
            (
                Text(
                    "Assumes that how often and how much a customer buys are unrelated; warns above correlation 0.2.",
                    "假设购买频率与单次金额无关；相关系数高于 0.2 时会发出警告。",
                ),
            ),
        ),
        Entry(
            "next_order",
            NextOrder,
            Text("When each customer's next order is due", "预测每位客户的下次下单时间"),
            (Text("The date holds only if the customer has not left.", "该日期仅在客户尚未流失时成立。"),),
        ),
        Entry(
            "purchase_forecast",
            PurchaseForecast,
            Text("Orders and money to expect, season and habits included", "预测未来订单与金额（考虑季节与购买习惯）"),
            (
                Text(
                    "Knows a season only from a year of history, or when told; before, totals may miss by its swing.",
                    "须有一年以上历史或由人告知才了解季节；否则总量误差可达季节波动的幅度。",
                ),
                Text(
                    "Habits go on as they were: a new price, range or campaign is not foreseen.",
                    "假设购买习惯延续：无法预见价格、商品或营销的变化。",
                ),
            ),
        ),
        Entry(
            "churn",
            ChurnClassifier,
            Text(
                "Who is about to leave, and why: the best mix of models", "哪些客户即将流失，以及原因：多种模型择优组合"
            ),
            (ASSOCIATION,),
        ),
        Entry(
            "cox",
            CoxRegression,
            Text("What makes customers leave sooner, and when each may", "哪些因素让客户更早离开，以及何时离开"),
            (
                ASSOCIATION,
                Text(
                    "A factor multiplies the rate of leaving by the same number at all times.",
                    "每个因素对离开速率的倍数始终不变。",
                ),
                Text(
                    "Beyond the longest life seen nothing is known: curves stay flat there.",
                    "超过已观察到的最长在网时长后没有信息，曲线保持水平。",
                ),
            ),
        ),
        Entry(
            "discrete_hazard",
            DiscreteHazard,
            Text("The chance of leaving in each period", "每一期的流失概率"),
            (
                ASSOCIATION,
                Text("Beyond the last period seen its chance goes on.", "超过已观察的最后一期后，沿用其概率。"),
            ),
        ),
        Entry(
            "churn_logistic",
            ChurnLogistic,
            Text("Who is about to leave, and why", "哪些客户即将流失，以及原因"),
            (ASSOCIATION,),
        ),
        Entry(
            "churn_tree",
            ChurnTree,
            Text("Who is about to leave, by one decision tree", "用一棵决策树判断哪些客户即将流失"),
            (
                ASSOCIATION,
                Text("Customers in the same leaf all get the same score.", "落在同一叶节点的客户得分相同。"),
            ),
        ),
        Entry(
            "churn_boosted",
            ChurnBoosted,
            Text("Who is about to leave, by boosted trees", "用提升树判断哪些客户即将流失"),
            (ASSOCIATION,),
        ),
        Entry(
            "churn_neural",
            ChurnNeural,
            Text("Who is about to leave, by a small neural network", "用小型神经网络判断哪些客户即将流失"),
            (ASSOCIATION,),
        ),
        Entry(
            "churn_recency",
            RecencyChurn,
            Text("The baseline: silence alone", "基线：仅看沉默时长"),
            (Text("Knows nothing but the days since the last order.", "只知道距上次下单的天数。"),),
        ),
        Entry(
            "recommender",
            Recommender,
            Text("What each customer is likely to buy next", "每位客户接下来可能购买什么"),
            (
                Text(
                    "A chance is what customers like these did before, not what showing the item brings about.",
                    "概率来自相似客户过去的行为，并不代表展示该商品带来的效果。",
                ),
            ),
        ),
        Entry(
            "popularity", Popularity, Text("The baseline: what most customers bought", "基线：购买人数最多的商品"), ()
        ),
        Entry("item_knn", ItemKNN, Text("Bought by the same customers", "同一批客户还买了什么"), ()),
        Entry(
            "ease",
            EASE,
            Text("A linear model from everything bought to everything else", "由已购商品到其他商品的线性模型"),
            (Text("Reads and ranks the 5,000 most bought items only.", "仅处理购买人数最多的 5,000 种商品。"),),
        ),
        Entry(
            "implicit_als",
            ImplicitALS,
            Text("Customers and items as points in one space", "将客户与商品置于同一空间"),
            (),
        ),
    )
}

# plain value objects that fitted models carry
PARTS: dict[str, type] = {
    part.__name__: part
    for part in (
        *(Baseline, Calibration, CategoryColumn, LevelRates, Line, Network, NumberColumn, Trees, Views),
        *(Chance, Chances, ColdTrial, Evaluation, Groups, Learned, Past, Quality, Shelf, Tastes, Trial),
        *(Comparison, Correction, Experience, OffsetLine, Plain, Recency, Season, Spread),
    )
}


def name_of(model: Model) -> str:
    """Return the catalog name of a model."""
    return next(entry.name for entry in MODELS.values() if entry.model is type(model))
