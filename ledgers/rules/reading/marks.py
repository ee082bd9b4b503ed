"""Rows that are no rows of data: totals, carry-overs, openings, notes, the head again."""

import re
from collections.abc import Iterable, Sequence

from core.office.parse import shown
from core.office.tables import Cell

# Which rows a total adds up, by the words it stands under; in the order they are tried.
_SUM = "(合计|小计|累计|发生额|总计|收支合计|发生额合计|累计发生额|发生额及余额)数?"
_SCOPES = (
    (
        "opening",
        "(期初|年初|月初|上期|上年|上月|承上年|承前年)度?(余额|结转|结余|结存|结转余额|数|转入|移交)数?|承上年",
    ),
    ("brought", "(承|接)[前上]页(余额|合计)?|承前"),
    ("carried", "(过|转|结转)[次下]页(合计)?|结转下[年期月]|转下年|过次"),
    ("day", f"[本当今]?日{_SUM}|日计"),
    ("page", f"[本此每]?页({_SUM}|计)"),
    ("month", rf"[本当全]?月({_SUM}|计)|((19|20)\d{{2}}年)?\d{{1,2}}月份?({_SUM}|计)|本期{_SUM}"),
    ("quarter", f"(本|当|第?[一二三四1-4])季度?{_SUM}"),
    ("year", rf"[本全当]年度?{_SUM}|累计|年计|(19|20)\d{{2}}年度?{_SUM}"),
    ("total", "(总|本表)?(合计|总计|共计|总共|总数)数?|合计金额|总合计|合计大写"),
    ("sub", "小计数?"),
)
_COMPILED = tuple((scope, re.compile(words)) for scope, words in _SCOPES)
# Groups within a table: 资产合计, 一组小计. A summary may end so too, hence only where nothing else speaks for data.
_GROUP = re.compile(r".{1,14}(合计|小计|总计)数?")
_NOTE = re.compile(
    r"^(注|说明|备注|附注|制表|审核|填表|填报|复核|会计主管|会计|出纳|记账|负责人|单位负责人|村主任|村书记|联系电话|打印|"
    r"大写|编制|主管|财务负责人|核对|监委会主任|经手|单位盖章|(村|单位)(（|\()盖章)(单位|人员?|日期|时间)?(签[字名章])?(\)|）)?\s*[\d]*[:：、]"
)
_END = re.compile(r"^(以下空白|※|\*)")
_DITTO = frozenset({"〃", "″", "同上", "\"", "''", "”", "“", "々"})  # fmt: skip
_LOOKED_AT = 8
# Most cells are no such words, which is quick to know: those are short, and each has one of these signs.
_MAYBE = re.compile("[计累页转余结数额承过]")
_LONGEST_WORDS = 20
ACCOUNT = re.compile(
    r"(?:会计)?科目(?:名称|编码|代码)?\s*[:：]\s*[(（\[【]?(\d{3,})?[)）\]】]?[\s\-—_]*([^\s:：]*)"
)


def scope_of(row: Sequence[Cell], *, speaks_for_data: bool) -> tuple[str, str]:
    """What a total row adds up, with its words; two empty texts for a row of data."""
    texts = [cell for cell in row if isinstance(cell, str) and cell][:_LOOKED_AT]
    for text in dict.fromkeys(texts):
        if not _MAYBE.search(text) or len(written := re.sub(r"[\s:：]+", "", text)) > _LONGEST_WORDS:
            continue
        for scope, words in _COMPILED:
            if words.fullmatch(written):
                return scope, written
        if not speaks_for_data and _GROUP.fullmatch(written):
            return "sub", written
    return "", ""


def is_note(filled: Sequence[Cell]) -> bool:
    """Signatures, remarks and headings between the rows: one text for the whole row, or one that begins like a note."""
    first = shown(filled[0])
    if _NOTE.match(first) or _END.match(first):
        return True
    return isinstance(filled[0], str) and all(cell == filled[0] for cell in filled)


def is_numbering(filled: Sequence[Cell]) -> bool:
    """The row of column numbers under a head: 1, 2, 3 … or 甲, 乙, 1, 2."""
    texts = [shown(cell).strip("()（）[]") for cell in filled]
    numbers = [int(text) for text in texts if text.isdecimal()]
    letters = [text for text in texts if text in ("甲", "乙", "丙", "丁", "栏次")]
    return (
        len(numbers) > 2
        and len(numbers) + len(letters) == len(texts)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] in (1, 2)
    )


def is_ditto(cell: Cell) -> bool:
    """Whether the cell says: as above."""
    return isinstance(cell, str) and cell.strip() in _DITTO


def account_named(texts: Iterable[str]) -> tuple[str, str]:
    """Code and name of the account a ledger's title or heading names (科目：541 管理费用)."""
    for text in texts:
        if found := ACCOUNT.search(text):
            return found.group(1) or "", found.group(2)
    return "", ""
