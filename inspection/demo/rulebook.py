"""The rule book in the demo: the public rules that come with the product, and made-up ones of the district."""

import datetime as dt
from typing import Any

from core.audit import SYSTEM
from inspection.demo import cast
from prep import services
from prep.models import Regulation, RegulationLevel

_OFFICES = "青岚区委办公室、区政府办公室"
# Title, short names, rank, issuer, category, editions: document number, first day, last day, articles.
_OWN = (
    (
        "青岚区农村集体资产管理办法", "农村集体资产管理办法", RegulationLevel.DISTRICT, _OFFICES, "E3",
        (
            ("青政办发〔2018〕31号", "2018-06-01", "", ""),
            (
                "青政办发〔2022〕12号", "2022-07-01", "",
                "第十二条 出租、发包公开竞价\n第十九条 到期前三个月重新发包\n第二十三条 收入足额入账",
            ),
        ),
    ),
    (
        "青岚区村级小型工程管理办法", "村级小型工程管理办法", RegulationLevel.DISTRICT, _OFFICES, "E4",
        (
            ("青政办发〔2019〕8号", "2019-04-01", "", "第九条 五万元以上工程公开比选"),
            ("青政办发〔2023〕27号", "2024-01-01", "", "第七条 三万元以上工程公开比选\n第十五条 变更须经村民代表会议"),
        ),
    ),
    (
        "青岚区农村人居环境整治提升方案", "", RegulationLevel.NORMATIVE, _OFFICES, "A1",
        (("青办发〔2021〕16号", "2021-07-01", "2024-12-31", ""),),
    ),
    (
        "青岚区村级“零招待”规定", "村级零招待规定", RegulationLevel.DISTRICT, "青岚区纪委监委", "D4",
        (("青纪发〔2017〕5号", "2017-03-01", "", "第三条 村级组织一律不列支招待费"),),
    ),
    (
        "青岚区惠民惠农财政补贴资金“一卡通”管理办法", "一卡通管理办法", RegulationLevel.DISTRICT, "青岚区财政局", "E5",
        (("青财〔2021〕44号", "2021-10-01", "", "第六条 补贴名单公示不少于七日"),),
    ),
    (
        "青岚区村级便民服务中心管理规定", "", RegulationLevel.DISTRICT, _OFFICES, "D1",
        (("青政办发〔2020〕19号", "2020-09-01", "", ""),),
    ),
    (
        "青岚区推进移风易俗工作意见", "", RegulationLevel.NORMATIVE, _OFFICES, "B2",
        (("青办发〔2022〕9号", "2022-05-10", "", ""),),
    ),
    (
        "青岚区巡察整改工作办法", "", RegulationLevel.DISTRICT, "青岚区委", "A3",
        (("青委发〔2022〕3号", "2022-02-15", "", ""),),
    ),
    (
        "云溪村村规民约", "", RegulationLevel.VILLAGE, "云溪村村民会议", "B2",
        (("", "2023-12-20", "", "第八条 红白喜事从简"),),
    ),
)  # fmt: skip
# How papers that are written with care cite what the list only names.
_PRECISE = {
    "《中国共产党农村基层组织工作条例》": "《中国共产党农村基层组织工作条例》（2018年12月28日起施行）第十九条",
    "《青岚区农村集体资产管理办法》": "《青岚区农村集体资产管理办法》（2022年7月1日起施行）第十二条",
    "《青岚区村级小型工程管理办法》": "《青岚区村级小型工程管理办法》（2019年4月1日起施行）第九条",
    "《中华人民共和国村民委员会组织法》": "《中华人民共和国村民委员会组织法》（2018年12月29日起施行）第三十条",
}


def fill() -> Regulation:
    """Load the public rules and enter those of the district as its clerk does; the last of them."""
    services.load_rule_book(actor=SYSTEM)
    return [_enter(*row) for row in _OWN][-1]


def _enter(
    title: str, aliases: str, level: str, issuer: str, category: str, editions: tuple[tuple[str, ...], ...]
) -> Regulation:
    clerk = cast.office()
    values = {
        "title": title, "aliases": aliases, "level": level, "issuer": issuer, "category": category,
    }  # fmt: skip
    first, *later = map(_edition, editions)
    regulation = services.add_regulation(actor=clerk, values=values, edition=first)
    for edition in later:
        services.add_edition(actor=clerk, regulation=regulation, values=edition)
    return regulation


def _edition(row: tuple[str, ...]) -> dict[str, Any]:
    doc_no, begin, end, articles = row
    return {
        "name": f"{begin[:4]}年", "doc_no": doc_no, "from_day": dt.date.fromisoformat(begin),
        "until_day": dt.date.fromisoformat(end) if end else None, "articles": articles,
    }  # fmt: skip


def cited(basis: list[str], order: int) -> list[str]:
    """The basis of a paper as its writer words it: every second one names edition and article."""
    return [_PRECISE.get(line, line) for line in basis] if order % 2 else basis
