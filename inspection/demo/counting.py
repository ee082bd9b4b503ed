"""The 三资 survey tables of the demo villages: counted on the spot, most signed, with things to look at in them."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils import timezone

from core import clock
from findings import services
from findings.models import SurveyTable, TableKind
from findings.selectors.table_hints import village_hints
from inspection.demo.cast import COUNTY
from inspection.demo.fieldwork import members
from villages.models import VillageInspection

Row = dict[str, str]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "姚丁鲁汤邹倪俞尹纪岑柴苗"
_GIVEN = ("守田", "望秋", "知春", "有禾", "平川", "含章", "长林", "思源", "南星", "松岩", "雨生", "水根")
_WHO_WAS_THERE = "村报账员、监委会主任、镇农经站工作人员"


class Count(NamedTuple):
    """One sheet: which table, what part of the village, where, its rows, what is said of it."""

    kind: str
    rows: list[Row]
    scope: str = ""
    place: str = "村部会计室"
    remarks: str = ""


def _rows(names: str, *lines: str) -> list[Row]:
    """Rows written as lines: cells between bars, in the order of ``names``."""
    keys = names.split()
    return [dict(zip(keys, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]


_FUNDS = _rows(
    "sort bank account booked counted reason checked_on note",
    "银行存款|镇农商行（基本户）|9901010200100004016|386,512.70|386,512.70|||",
    "银行存款|镇农商行（专户）|9901010200100008821|1,204,300.00|1,164,300.00|两笔工程款已付，凭证没有传到会计手上||",
    "库存现金|||8,640.00|3,120.00|三张收条抵库，经办人说月底补票||",
    "其他|镇代理中心暂存||52,000.00|52,000.00||| 土地流转款",
)
_DEALINGS = _rows(
    "subject party since balance matter person chasing note",
    "应收款|鱼塘承包户|2019-01-15|36,000.00|2018年、2019年塘租|村会计|2021年催过一次，没有书面记录|",
    "应收款|沙石料场|2025-06-30|18,500.00|场地使用费|村主任|已发催收单|",
    "内部往来|三组|2016年12月|9,800.00|修路自筹款垫付|三组组长||",
    "应付款|村道硬化施工队|2025-09-20|120,000.00|质保金和尾款|村会计|等决算审计|",
    "应付款|文具店|2024-11-05|3,460.00|办公用品|报账员||",
    "长期借款及应付款|镇农经站|2012年|150,000.00|化解债务借款||没有还款计划|",
)
_ASSETS = _rows(
    "name use place quantity area cost acquired_on state user deed booked note",
    "村部综合楼|非经营性|村部|1|680|1,260,000|2014-10|自用|村委会|青岚不动产第0316号|是|",
    "旧村小学教室|经营性|一组路口|6|420|186,000|1998|出租|惠民农资店||否|租金每年现金交",
    "粮食仓库|经营性|二组|2|320|94,000|2003|闲置|||是|屋面漏雨",
    "碾米机|经营性|二组|1||28,000|2011-03|出借|合作社||是|",
    "抽水机组|非经营性|三组塘边|2||16,800|2019-05|自用|灌溉小组||是|",
    "太阳能路灯|非经营性|各组|46||138,000|2022-08|自用|||是|四盏不亮",
)
_RESOURCES = _rows(
    "sort bounds booked_area measured_area user obtained contract condition note",
    "机动地|村北，东至排水渠、西至机耕路|86.5|86.2|12户|租赁|是|正常|",
    "水面|村西大塘，四面至塘埂|32|27.4|鱼塘承包户|承包|否|正常|合同2019年到期后没有续签",
    "四荒|后山坡，南至林场界|140|141.5|果园合作社|流转|是|正常|",
    "建设用地|村口，北至公路|6.8|6.8||其他|否|闲置|原砖厂",
    "机动地|三组河滩|14|14|外村种植户|无偿使用|否|被占用|组里说是口头借用",
    "林地|后山|260|260|村集体||否|正常|公益林",
)
_CONTRACTS = _rows(
    "ref name object area tenant relation signed_on starts_on ends_on price rent rise payment paid way meeting_on"
    " published filed written",
    "1|机动地租赁|机动地|86.5|十二户代表|无|2021-10-20|2021-11-01|2031-10-31|320|27,680|每5年10%|按年|110,720|公开交易|2021-10-08|是|是|是",
    "2|鱼塘承包|村西大塘|32|鱼塘承包户|村主任姨父|2009-12-28|2010-01-01|2019-12-31|563|18,000||按年|144,000|协商||否|否|是",
    "3|果园流转|后山坡|140|果园合作社|无|2015-03-01|2015-03-01|2045-12-31|60|8,400|每5年递增5%|分期|96,000|协商|2015-02-11|是|是|是",
    "4|门面出租|村口门面两间|2|便民超市|无|2024-01-05|2024-01-01|2028-12-31||12,000||按年|24,000|招标|2024-01-18|是|否|是",
    "5|沙石场地|河边空地|5|沙石料场|无||2022-01-01|2031-12-31||18,500|第四年起每亩加100元|按年|55,500|协商||否|否|否",
    "6|光伏屋顶|村部屋顶|300|新能源公司|无|2023-05-10|2023-06-01|2048-05-31||6,000||一次付清|150,000|公开交易|2023-04-28|是|是|是",
)
_WORKS = _rows(
    "name funding budget tender contractor price changes settled paid began_on ended_on accepted audited note",
    "村道硬化（二组至五组）|一事一议奖补|620,000|公开招标|诚筑建设公司|586,000|42,000|671,400|551,400|2025-04-10|2025-08-26|是|是|",
    "路灯安装|村集体|140,000|直接发包|亮化电器店|138,000||138,000|138,000|2022-07|2022-08|否|否|四盏不亮",
    "灌渠清淤|水利补助|90,000|竞争性谈判|清源劳务队|86,500||86,500|86,500|2024-11-02|2024-12-20|是|否|",
    "文化广场|乡村振兴衔接资金|720,000|直接发包|诚筑建设公司|698,000||||2026-03-15|||否|在建",
)
_FEW = 2


def _benefits(village: str, count: int) -> list[Row]:
    """A list of land subsidies; one person stands on it twice, one account serves two, two are kin of cadres."""
    shift = len(village) + ord(village[0]) % 7
    rows = []
    for number in range(count):
        person = _SURNAMES[(number + shift) % 12] + _GIVEN[(number * 5 + shift) % 12]
        rows.append(
            {
                "scheme": "耕地地力保护补贴",
                "person": person,
                "identity": _identity(number + shift),
                "householder": person,
                "amount": f"{(4.2 + number % 9 * 0.7) * 118:.2f}",
                "account": f"9901010300{number + 100 * shift:09d}",
                "paid_on": "2025-07-18",
                "basis": f"承包地{4.2 + number % 9 * 0.7:.1f}亩",
                "relation": "无",
                "published": "是",
            }
        )
    rows[-1] |= {name: rows[2][name] for name in ("person", "identity", "householder")}
    rows[-1] |= {"account": rows[4]["account"], "visited": "本人说只领到一份"}
    rows[5] |= {"relation": "会计之兄", "visited": "在家，足额到账"}
    rows[7] |= {"published": "否"}
    return rows


def _identity(number: int) -> str:
    """A made-up number of the made-up district, with its check digit."""
    digits = f"{COUNTY}19{50 + number % 40}0{1 + number % 9}{10 + number % 18}{100 + number * 7 % 800}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _counts(village: str) -> list[Count]:
    return [
        Count(TableKind.FUNDS, _FUNDS, remarks="现金当面盘点，存款与当日银行对账单核对。"),
        Count(TableKind.DEALINGS, _DEALINGS),
        Count(TableKind.ASSETS, _ASSETS, place="各处现场"),
        Count(
            TableKind.RESOURCES,
            _RESOURCES,
            place="各处现场",
            remarks="面积用手持测亩仪绕行一周，取两次平均。",
        ),
        Count(TableKind.CONTRACTS, _CONTRACTS),
        Count(TableKind.WORKS, _WORKS),
        Count(TableKind.BENEFITS, _benefits(village, 38), scope="2025年度耕地补贴"),
        Count(TableKind.FUNDS, _FUNDS[2:], scope="离村前复点", remarks="复点时三张收条仍在。"),
    ]


def count(inspection: VillageInspection, *, end: bool) -> list[SurveyTable]:
    """The village's sheets. Where the team is still there one waits for its second signature and one is a draft."""
    first, second = members(inspection)
    wanted = _counts(inspection.village.name)
    made = []
    for order, one in enumerate(wanted):
        recorder, checker = (first, second) if order % 2 else (second, first)
        table = _write(inspection, one, order, recorder, checker)
        made.append(table)
        if not end and order == len(wanted) - 1:
            continue
        services.submit_minutes(actor=recorder, paper=table)
        if end or order != len(wanted) - _FEW:
            table.refresh_from_db()
            services.sign_minutes(actor=checker, paper=table)
    if not end:
        _follow_up(made[4], first)
    return made


def _write(inspection: VillageInspection, one: Count, order: int, recorder: Any, checker: Any) -> SurveyTable:
    day = min(inspection.entry_on + dt.timedelta(days=3 + order), clock.today())
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(8 + order % 4, 40)))
    values = {
        "happened_at": start,
        "ended_at": start + dt.timedelta(minutes=70 + 10 * order),
        "checker": checker,
        "place": f"{inspection.village.name}{one.place}",
        "scope": one.scope,
        "present": _WHO_WAS_THERE,
        "remarks": one.remarks,
    }
    rows = [row | ({"checked_on": day.isoformat()} if "checked_on" in row else {}) for row in one.rows]
    return services.create_table(
        actor=recorder, inspection=inspection, kind=one.kind, values=values, rows=rows
    )


def _follow_up(table: SurveyTable, who: Any) -> None:
    """Two things seen in the contracts go into the inbox of leads."""
    for hint in [hint for hint in village_hints(table) if hint.rule in ("E3", "E9")][:_FEW]:
        services.lead_from_hint(actor=who, table=table, key=hint.key)
