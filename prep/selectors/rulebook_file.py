"""The rule book as a workbook, one edition on each row: its columns, written and read with the same names."""

from core.office import parse
from core.office.columns import Column
from prep.models import RegulationLevel

TITLE, ALIASES, LEVEL, CATEGORY = "名称", "简称", "层级", "类别代码"
FROM, UNTIL, SUCCESSOR, ARTICLES = "施行日期", "最后施行日", "被何替代", "常用条款"
# What belongs to the rule; of several rows of one rule the first one counts.
OF_RULE = ("aliases", "level", "issuer", "category", "note")
OF_EDITION = ("name", "doc_no", "from_day", "until_day", "articles", "edition_note")

COLUMNS = (
    Column("title", TITLE, ("法规名称", "文件名称", "制度名称"), required=True, parse=parse.name(120)),
    Column("aliases", ALIASES, ("别称", "简称、别称"), parse=parse.text(300)),
    Column(
        "level", LEVEL, ("效力层级",), parse=parse.choice({str(c.label): c.value for c in RegulationLevel})
    ),
    Column("issuer", "制定机关", ("发文机关", "发布机关"), parse=parse.text(120)),
    Column("category", CATEGORY, ("类别",), parse=parse.text(10)),
    Column("name", "版本", (), parse=parse.text(40)),
    Column("doc_no", "文号", ("发文字号",), parse=parse.text(60)),
    Column("from_day", FROM, ("起施行日期", "生效日期"), required=True, parse=parse.day()),
    Column("until_day", UNTIL, ("失效日期", "停止施行日期"), parse=parse.day()),
    Column("successor", SUCCESSOR, ("替代文件",), parse=parse.name(120)),
    Column("articles", ARTICLES, ("条款",), parse=parse.text(4000)),
    Column("edition_note", "版本说明", (), parse=parse.text(300)),
    Column("note", "说明", (), parse=parse.text(300)),
)
