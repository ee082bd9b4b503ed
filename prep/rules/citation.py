"""Reading a line of basis as people write it: which rules it names, in which edition, which articles. Pure text.

``《中国共产党纪律处分条例》（2018年10月1日起施行）第九十八条`` is how we write it ourselves; half-width brackets, a
year before the title or inside it, short names without title marks and two rules in one line are understood as well.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

# One sign for one sign, so that places in the folded line are places in the line.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict(
    zip(map(ord, "\u3000\u00a0【】"), map(ord, "  ()"), strict=True)
)
_QUOTED = re.compile(r"(?:《|<<|«)([^《》«»<>]+)(?:》|>>|»)")
_BRACKET = r"(?:\(([^()]*)\)|\[([^\[\]]*)\]|〔([^〔〕]*)〕)"
_BRACKET_WITHIN = re.compile(rf"{_BRACKET}\s*$")
_BRACKET_AFTER = re.compile(rf"\s*{_BRACKET}")
# Where another matter begins: a sign of enumeration that no further article follows.
_NEXT_MATTER = re.compile(r"[、,;。及和与](?!\s*第)")
_YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})"
_BEFORE = re.compile(
    rf"({_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:新?(?:修订|修正|颁布|公布|发布|印发|版))?(?:起?(?:施行|实施))?)的?\s*$"
)
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
_ANY_YEAR = re.compile(_YEAR)
_TRIAL = re.compile(r"\((?:试行|暂行)\)$")
_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "○": 0, "两": 2}
_NUMBER = "[零〇○一二三四五六七八九十百两\\d]+"
_ARTICLE = re.compile(rf"第\s*({_NUMBER})\s*条(之[一二三四五六七八九十])?")
_NUMERALS = "零一二三四五六七八九"
_PREFIXES = ("中华人民共和国", "关于")
# Words that may stand before or after a name without title marks: anything else makes it part of another name.
_LEADS = (
    "依据", "根据", "按照", "依照", "对照", "参照", "违反", "违背", "不符合", "符合", "和", "与", "及", "或", "的",
    "年", "版", "条", "款", "项", "规定", "修订", "修正", "施行",
)  # fmt: skip
_FOLLOWS = ("第", "有关", "相关", "规定", "等", "和", "与", "及", "或", "中", "的", "精神", "要求")
# All a bracket may hold that speaks of an edition; （2023年度） speaks of something else.
_OF_EDITION = re.compile(r"[\d〇○零一二三四五六七八九年月日./\s\-自于起新施行实修订正改版公布发印颁通过]+")
_GENERIC = frozenset({"条例", "规定", "办法", "准则", "细则", "规则", "制度", "意见", "通知", "法", "本法"})
_SHORTEST = 3
_SEPARATORS = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True)
class Hint:
    """What a line says about the edition: a day, or at least a year; or a document number."""

    year: int = 0
    day: dt.date | None = None
    in_force: bool = False
    doc_no: str = ""


@dataclass(frozen=True)
class Mention:
    """One rule named in a line: the name as written, its key, what is said of the edition, the articles."""

    written: str
    key: str
    hint: Hint | None = None
    articles: tuple[str, ...] = ()


def fold(text: str) -> str:
    """``text`` in half-width signs, sign for sign."""
    return text.translate(_FOLD)


def key_of_name(name: str) -> str:
    """A name reduced to what counts: half-width, without blanks and signs."""
    return re.sub(r"[\W_]+", "", fold(name)).lower()


def split_names(text: str) -> list[str]:
    """Several names in one field, without title marks, each once."""
    names = [name.strip("《》<> ") for name in _SEPARATORS.split(text)]
    return list(dict.fromkeys(name for name in names if key_of_name(name)))


def name_forms(name: str) -> list[str]:
    """A name and what people leave out of it: the state's name, ``关于``, ``（试行）``; the full one first."""
    forms = [fold(name).strip()]
    for form in list(forms):
        forms.append(_TRIAL.sub("", form))
    for form in list(forms):
        forms += [form.removeprefix(prefix) for prefix in _PREFIXES]
    return list(dict.fromkeys(form for form in forms if len(key_of_name(form)) >= _SHORTEST))


def numeral(number: int) -> str:
    """1–9999 as articles are numbered: 10 is 十, 98 is 九十八, 105 is 一百零五, 1260 is 一千二百六十."""
    if not 0 < number < 10_000:
        raise ValueError(number)
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap else "") + _NUMERALS[digit] + sign
        gap = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def number_of(text: str) -> int:
    """The number of an article, written in digits or in Chinese; 0 when it is none."""
    if text.isdecimal():
        return int(text) if len(text) < 5 else 0
    total, digit = 0, 0
    for sign in text:
        unit = {"十": 10, "百": 100, "千": 1000}.get(sign)
        if unit:
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit


def articles_in(text: str) -> tuple[str, ...]:
    """The articles named in ``text``, each once, as ``第九十八条``."""
    found = []
    for number, branch in _ARTICLE.findall(fold(text)):
        value = number_of(number)
        if 0 < value < 10_000:
            found.append(f"第{numeral(value)}条{branch}")
    return tuple(dict.fromkeys(found))


def mentions(line: str, bare: re.Pattern[str] | None = None) -> list[Mention]:
    """Every rule ``line`` names, in its order. ``bare``: names known without title marks (:func:`bare_names`)."""
    text = fold(line)
    spans = [(m.start(), m.end(), m.group(1), True) for m in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(lambda m: "《" + "\0" * (len(m.group(0)) - 2) + "》", text)
    if bare is not None:
        spans += [
            (m.start(), m.end(), m.group(0), False) for m in bare.finditer(rest) if _stands_alone(rest, m)
        ]
    spans.sort()
    found: list[Mention] = []
    for place, (start, end, name, quoted) in enumerate(spans):
        before = text[spans[place - 1][1] if place else 0 : start]
        tail = text[end : spans[place + 1][0] if place + 1 < len(spans) else len(text)]
        _add(found, _mention(name, before, tail), back_reference=quoted)
    return found


def bare_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of names, the longest first: a name within a longer one is that longer one."""
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Is the name written here a name of its own and not a part of a longer one that is not in the book?"""
    before, after = text[: match.start()], text[match.end() :]
    free_before = not before or not _is_han(before[-1]) or before.endswith(_LEADS)
    return free_before and (not after or not _is_han(after[0]) or after.startswith(_FOLLOWS))


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _mention(name: str, before: str, tail: str) -> Mention:
    hint, name = _hint_within(name.strip())
    after = _BRACKET_AFTER.match(tail)
    lead = _BEFORE.search(before)
    for text in (_inner(after), lead.group(1) if lead else ""):
        hint = hint or _hint(text)
    own = _NEXT_MATTER.split(tail)[0]
    return Mention(written=name, key=key_of_name(name), hint=hint, articles=articles_in(own))


def _inner(bracket: re.Match[str] | None) -> str:
    """What stands in a bracket of whichever kind."""
    return next((text for text in bracket.groups() if text is not None), "") if bracket else ""


def _hint_within(name: str) -> tuple[Hint | None, str]:
    """A bracket at the end of a title that speaks of the edition belongs to the edition, not to the title."""
    bracket = _BRACKET_WITHIN.search(name)
    hint = _hint(_inner(bracket))
    return (hint, name[: bracket.start()].strip()) if bracket and hint else (None, name)


def _hint(text: str) -> Hint | None:
    if "号" in text:
        return Hint(doc_no=key_of_name(text))
    if not _OF_EDITION.fullmatch(text):
        return None
    in_force = "施行" in text or "实施" in text
    if day := _DAY.search(text):
        try:
            named = dt.date(*map(int, day.groups()))
        except ValueError:
            return Hint(year=int(day.group(1)), in_force=in_force)
        return Hint(year=named.year, day=named, in_force=in_force)
    if year := _ANY_YEAR.search(text):
        digits = "".join(str(_DIGITS.get(sign, sign)) for sign in year.group(0))
        return Hint(year=int(digits), in_force=in_force)
    return None


def _add(found: list[Mention], mention: Mention, *, back_reference: bool) -> None:
    """``《条例》`` after a full title means that title again: its articles go there."""
    generic = back_reference and mention.key in _GENERIC
    if generic and found and found[-1].key.endswith(mention.key.removeprefix("本")):
        both = tuple(dict.fromkeys((*found[-1].articles, *mention.articles)))
        found[-1] = replace(found[-1], articles=both)
    else:
        found.append(mention)
