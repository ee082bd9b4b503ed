"""Made-up rows of an issue list: the same for every contestant."""

from collections.abc import Iterator

TITLES = (
    "序号",
    "问题类别",
    "主要特征",
    "问题表现",
    "问题出处",
    "村（社区）",
    "年度",
    "金额",
    "是否共性",
    "责任人",
    "期限",
    "备注",
)
SENTENCE = "第{0}项：村集体资金收支未按规定公开，抽查{1}份凭证，其中{2}份缺少经手人签字。"


def rows(size: int) -> Iterator[tuple[object, ...]]:
    """``size`` rows of twelve cells: five texts with Chinese, four short texts, three numbers."""
    for n in range(1, size + 1):
        yield (
            n,
            f"C{n % 9}",
            f"特征{n % 40}",
            SENTENCE.format(n, n % 17, n % 5),
            f"底稿{n:06}号<第{n % 30}页>",
            f"样例{n % 200}村",
            2021 + n % 5,
            n * 37.5,
            "共性" if n % 3 else "个性",
            f"甲{n % 90}",
            f"2026-0{n % 9 + 1}-15",
            "",
        )
