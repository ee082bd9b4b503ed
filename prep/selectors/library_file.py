"""A version of the library as a workbook: its columns, written and read with the same names."""

from core.office import parse
from core.office.columns import Column
from prep.models import AttentionClass, CheckPointLibrary
from villages.models import Category

CODE, CATEGORY, TITLE = "编号", "类别代码", "要点"
EVERY = "所有"


def category_names(library: CheckPointLibrary) -> dict[str, str]:
    """Codes a point of ``library`` may have, with their names: the newest version of its scheme, both levels."""
    rows = Category.objects.filter(scheme__code=library.scheme_code).order_by("scheme__version", "order")
    return {row.code: row.name for row in rows}


def _list_of(labels: dict[str, str]) -> parse.Parser:
    """Several choices in one cell, by their names; ``所有`` and signs for nothing give none."""
    values = {label: value for value, label in labels.items()}

    def read(cell: parse.Cell) -> list[str]:
        text = parse.shown(cell)
        if text in (EVERY, "/", "-", "—", "无", "所有村（社区）"):
            return []
        names = [
            name
            for name in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、")
            if name
        ]
        strange = [name for name in names if name.strip() not in values]
        if strange:
            raise parse.BadCell(f"没有“{strange[0][:20]}”，只能填 {'、'.join(values)}，多项用顿号隔开。")
        return [values[name.strip()] for name in names]

    return read


def columns(traits: dict[str, str]) -> tuple[Column, ...]:
    """The columns of the workbook; ``traits``: names of kinds of villages by code."""
    classes = {str(value): str(label) for value, label in AttentionClass.choices}
    return (
        Column("code", CODE, ("要点编号",)),
        Column("category", CATEGORY, ("类别",), required=True, parse=parse.text(10)),
        Column("title", TITLE, ("监督要点", "待查问题"), required=True, parse=parse.text(120), unique=True),
        Column("basis", "依据", ("政策依据",), required=True, parse=parse.text(300)),
        Column("method", "查法", ("检查方法",), required=True, parse=parse.text(300)),
        Column("evidence_hint", "看什么材料", ("查看材料",), required=True, parse=parse.text(300)),
        Column("traits", "适用类型", ("村情类型",), parse=_list_of(traits)),
        Column("attention", "关注类别", ("适用关注类别",), parse=_list_of(classes)),
        Column("active", "启用", ("是否启用",), parse=parse.yes_no()),
    )
