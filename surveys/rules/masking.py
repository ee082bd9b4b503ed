"""Persons in what people wrote: found, so that a reader is warned, and masked where the words go further."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[0-9Xx]|\d{15}|0\d{2,3}-?\d{7,8})(?![0-9A-Za-z])")
# A surname before a post: 王书记, 李会计. The hundred most frequent surnames cover five people in six.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_POSTS = "书记|副书记|主任|副主任|会计|出纳|文书|委员|组长|队长|村长|支书|主席|镇长|所长|站长"
_TITLED = re.compile(f"[{_SURNAMES}](?:某|姓)?(?={_POSTS})")
MASK = "某"


def persons_in(text: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Places ``(start, end)`` of known names, of surnames before a post, and of phone or identity numbers."""
    found = [match.span() for pattern in (_NUMBER, _TITLED) for match in pattern.finditer(text)]
    for name in {name for name in names if len(name) > 1}:
        found += [match.span() for match in re.finditer(re.escape(name), text)]
    return _joined(sorted(found))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def masked(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with every such place replaced: a name by 某某, a number by stars."""
    pieces, at = [], 0
    for start, end in persons_in(text, names):
        part = text[start:end]
        pieces += [text[at:start], "＊" * 3 if part[:1].isdigit() else MASK * min(2, len(part))]
        at = end
    return "".join([*pieces, text[at:]])
