"""What a portrait sheet asks, once for the form that is printed and for the reader that finds its labels again."""

import re
import unicodedata
from dataclasses import dataclass

from prep.models import PortraitKind

# The edition of the form; a sheet of an older one is read as far as it goes.
EDITION = 2
FORM_CODES = {PortraitKind.SELF: "HX-1", PortraitKind.TOWN: "HX-2"}
TITLES = {PortraitKind.SELF: "村（社区）自画像", PortraitKind.TOWN: "村（社区）预画像"}
WHO = {PortraitKind.SELF: "村（社区）党组织填写", PortraitKind.TOWN: "镇（街道）党（工）委填写"}

_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Ask:
    """One thing asked. ``key``: the field of the table it goes to; ``read``: how its cell is read.

    ``since``: the edition that first asked it. ``hint`` is shown when the cell is chosen.
    """

    key: str
    label: str
    read: str
    aliases: tuple[str, ...] = ()
    hint: str = ""
    since: int = 1

    @property
    def names(self) -> set[str]:
        """Every way the label may be written, reduced to what counts."""
        return {plain_label(name) for name in (self.label, *self.aliases)}


@dataclass(frozen=True)
class AskTable:
    """A list asked row by row. ``identity``: which columns say that two rows mean the same thing."""

    key: str
    title: str
    columns: tuple[Ask, ...]
    identity: tuple[str, ...]
    rows: int

    def column(self, key: str) -> Ask:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)


def plain_label(text: str) -> str:
    """A label without blanks, signs, brackets and what stands in them."""
    folded = unicodedata.normalize("NFKC", text)
    return _SIGNS.sub("", _BRACKETS.sub("", folded)).lower()


_WHOLE = "只填数字，不清楚的留空，不要填0。"
_LONG = "可写多行；写不下另附页。"

BASICS = (
    Ask("households", "户数", "count", ("总户数",), _WHOLE),
    Ask("population", "户籍人口", "count", ("户籍人口数", "总人口"), _WHOLE),
    Ask("residents", "常住人口", "count", ("常住人口数",), _WHOLE),
    Ask("group_count", "村（居）民小组数", "count", ("村民小组数", "居民小组数", "小组数"), _WHOLE),
    Ask("member_count", "党员数", "count", ("党员人数",), _WHOLE),
    Ask("branch_count", "党支部（小组）数", "count", ("党支部数", "支部数"), _WHOLE),
    Ask("representative_count", "村（居）民代表数", "count", ("村民代表数", "居民代表数"), _WHOLE),
    Ask("traits", "村情类型", "traits", ("特色类型", "类型标签"), "从表末所列类型中选，几项之间用顿号隔开。"),
)
WELFARE = (
    Ask("minimum_households", "低保户数", "count", ("低保户",), _WHOLE, since=2),
    Ask("destitute_people", "特困供养人数", "count", ("特困人员", "特困人数", "五保人数"), _WHOLE, since=2),
    Ask("disabled_people", "持证残疾人数", "count", ("残疾人数",), _WHOLE, since=2),
    Ask("lifted_households", "脱贫户数", "count", ("脱贫户",), _WHOLE, since=2),
    Ask("watched_households", "防止返贫监测户数", "count", ("监测户数", "监测户"), _WHOLE, since=2),
    Ask("prior_count", "以往巡察、审计发现问题数", "count", ("发现问题数",), _WHOLE, since=2),
)
LONG = (
    Ask("assets", "集体资产、资源概况", "long", ("资产资源概况", "集体资产资源"), _LONG),
    Ask("prior_problems", "上次巡察、审计发现问题及整改情况", "long", ("上次发现问题及整改情况",), _LONG),
    Ask("note", "画像结论", "long", ("自我评价", "镇街评价", "总体评价"), _LONG),
)
ABOUT = (
    Ask("filled_by", "填表人", "name", ("填报人",)),
    Ask("filled_on", "填表日期", "day", ("填报日期",)),
)

YEARS = AskTable(
    "year",
    "历年数据",
    (
        Ask("year", "年度", "year", ("年份",)),
        Ask(
            "income", "集体收入（元）", "money", ("收入", "集体总收入"), "以元为单位；以万元填的请写明“万”。"
        ),
        Ask(
            "expense", "集体支出（元）", "money", ("支出", "集体总支出"), "以元为单位；以万元填的请写明“万”。"
        ),
        Ask("debt", "年末债务（元）", "money", ("债务", "负债"), "以元为单位；没有债务填0。"),
        Ask("petitions", "信访件数", "few", ("信访", "信访件", "信访量"), "没有发生填0，不清楚留空。"),
        Ask("cases", "违纪案件数", "few", ("案件", "案件数", "违纪案件"), "没有发生填0，不清楚留空。"),
    ),
    ("year",),
    5,
)
MEMBERS = AskTable(
    "member",
    "两委和村务监督委员会成员",
    (
        Ask("name", "姓名", "name"),
        Ask("body", "所在班子", "body", ("班子", "所属班子"), "党组织、村（居）委会、监委会。"),
        Ask("post", "职务", "name", ("现任职务", "所任职务")),
        Ask("gender", "性别", "gender"),
        Ask("born", "出生年月", "month", ("出生日期", "生年月"), "如 1975-03。"),
        Ask("education", "学历", "name", ("文化程度",)),
        Ask("from_on", "任职起", "since", ("任职时间", "任职日期", "任现职时间"), "如 2021-03。"),
        Ask("to_on", "任职止", "until", ("离任时间", "离任日期"), "仍在任的留空。"),
        Ask("both_posts", "一肩挑", "yes", (), "书记、主任一人担任的填“是”。"),
        Ask("kin_note", "亲属关系", "name", ("亲属关系说明",), "与其他成员、承包人的亲属关系，没有留空。"),
    ),
    ("name", "post"),
    10,
)
PROJECTS = AskTable(
    "project",
    "近三年项目",
    (
        Ask("year", "年度", "year", ("年份", "立项年度", "实施年度")),
        Ask("name", "项目名称", "name", ("工程名称", "项目")),
        Ask("funding", "资金来源", "name"),
        Ask("amount", "合同金额（元）", "money", ("合同金额", "合同价", "合同价款"), "以元为单位。"),
        Ask("contractor", "承建单位", "name", ("施工单位", "中标单位", "承包人")),
        Ask("state", "进展", "state", ("项目进展", "完成情况")),
    ),
    ("year", "name"),
    6,
)
TABLES = (YEARS, MEMBERS, PROJECTS)
SCALARS = (*BASICS, *WELFARE, *LONG)
SECTIONS = (
    "一、基本情况",
    "二、困难群众和以往问题",
    "三、历年数据",
    "四、班子成员",
    "五、近三年项目",
    "六、文字说明",
)
EXPLANATION = (
    "填表说明：1.金额以元为单位，以万元填写的请在数字后写“万”；2.不清楚的留空，不要填0，没有发生的填0；"
    "3.日期写成2021-03或2021年3月；4.班子成员现任和上一届的都列上；5.请不要改动各栏名称，行数不够可以插行。"
)
TRAIT_LEAD = "可选村情类型："
FORM_CODE = re.compile(r"表号[:：]?\s*([A-Z]{2}-\d)")
FORM_EDITION = re.compile(r"版次[:：]?\s*第?\s*(\d{1,3})")
VILLAGE_CODE = re.compile(r"(?<!\d)(\d{12})(?!\d)")


def ask_of(key: str) -> Ask:
    """The question behind a cell's key: ``households``, ``year/0/income``."""
    parts = key.split("/")
    if len(parts) == 3:
        table = next(table for table in TABLES if table.key == parts[0])
        return table.column(parts[2])
    return next(ask for ask in (*SCALARS, *ABOUT) if ask.key == key)
