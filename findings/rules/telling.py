"""What in a redacted text may still tell who reported: shown to the writer, who decides. A village is small."""

import re
from collections.abc import Iterable

from surveys.rules.masking import persons_in

_SIGNS = (
    (re.compile(r"(?<!\d)\d{1,4}号(?!文)"), "门牌号"),
    (
        re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}"),
        "车牌号",
    ),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "卡号或证号"),
    (re.compile(r"(?:微信|QQ|qq)号?[:：]?\s*[A-Za-z0-9_-]{5,}"), "账号"),
    (re.compile(r"(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:出)?生"), "出生日期"),
    (
        re.compile(
            r"(?:我|本人)(?:家|的)?(?:父|母|爷|奶|儿|女|丈夫|妻|爱人|老公|老婆|哥|弟|姐|妹|叔|伯|舅|姑)[亲子]?|本人|我家|我们家"
        ),
        "反映人自述的口气",
    ),
    (re.compile(r"第?[一二三四五六七八九十\d]{1,3}组(?:的)?[\u4e00-\u9fff]{0,4}(?:户|家)"), "指得出是哪一户"),
    (re.compile(r"唯一|独一家|只有一(?:户|家|个)"), "独一无二的情况"),
)
_PERSON = "姓名、职务或号码"
_SHOWN = 6


def telling_parts(text: str, names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Places that may tell who is meant: the words and what they look like, in order, each once."""
    found = [(start, text[start:end], _PERSON) for start, end in persons_in(text, names)]
    for pattern, what in _SIGNS:
        found += [(match.start(), match.group(), what) for match in pattern.finditer(text)]
    seen: dict[str, str] = {}
    for _, words, what in sorted(found):
        seen.setdefault(words, what)
    return list(seen.items())


def telling_sentence(parts: list[tuple[str, str]]) -> str:
    """The warning for the writer."""
    named = "、".join(f"“{words}”（{what}）" for words, what in parts[:_SHOWN])
    more = f"等{len(parts)}处" if len(parts) > _SHOWN else ""
    return f"这段文字里有{named}{more}，可能让人看出反映人是谁。请改成概括的说法。"
