"""Who may write an outline and when it may be made final; what no question may give away."""

import re
from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import Outline, OutlineStatus, TargetKind
from prep.rules import can_edit
from villages.access import is_office

# A question is read aloud to people of the village: none of these may stand in it, whoever it is for.
_TRACES = (
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"), "电话号码"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "身份证号"),
    (re.compile(r"举报|检举|控告|告发|来信人|反映人|信访人|上访人|信访件"), "举报、来信来访的字样"),
    (re.compile(r"(有人|群众|村民|据\S{0,6}?)(来信|来电|来访|向我们)?(?<!您)反映"), "“有人反映”一类的说法"),
)
# For people who came with a complaint even half a name or an address is too much.
_PERSONAL = (
    (re.compile(r"[\u4e00-\u9fff]某"), "姓名"),
    (re.compile(r"家住|住址|门牌|\d+\s*号(楼|院|户|门)|\d+\s*(组|队)\s*\d+\s*号"), "住址"),
)


def traces(text: str, *, shielded: bool = False) -> list[str]:
    """What in ``text`` could tell who reported something; ``shielded`` looks for names and addresses as well."""
    patterns = _TRACES + (_PERSONAL if shielded else ())
    return [name for pattern, name in patterns if pattern.search(text)]


def can_draw(user: Any, inspection: Any) -> Verdict:
    """Make an outline for this village: members of its team."""
    return can_edit(user, inspection)


def can_write(user: Any, outline: Outline) -> Verdict:
    """Change the questions: only of a draft."""
    allowed = can_edit(user, outline)
    if allowed and outline.status != OutlineStatus.DRAFT:
        return deny("这一版已定稿，不再改动；要改请另起新版。")
    return allowed


def can_finalise(user: Any, outline: Outline) -> Verdict:
    """Make a draft the version people talk by."""
    allowed = can_write(user, outline)
    if allowed and not outline.lines.exists():
        return deny("提纲里还没有题目，不能定稿。")
    return allowed


def can_drop(user: Any, outline: Outline) -> Verdict:
    """Put a draft aside."""
    return can_write(user, outline)


def can_follow(user: Any, outline: Outline) -> Verdict:
    """Begin the next version: from the one in force."""
    allowed = can_edit(user, outline)
    if allowed and outline.status != OutlineStatus.FINAL:
        return deny("只能在现行的定稿上另起新版。", visible=False)
    return allowed


def can_talk_by(user: Any, outline: Outline) -> Verdict:
    """Begin a talk record from this version."""
    allowed = can_edit(user, outline)
    if allowed and outline.status != OutlineStatus.FINAL:
        return deny("定稿后才能据此谈话，谈话记录要注明用的是哪一版。", visible=outline.status == "draft")
    return allowed


def can_edit_kinds(user: Any) -> Verdict:
    """Change the list of kinds of people: the office."""
    return ALLOW if is_office(user) else deny("谈话对象类别由巡察办维护。", visible=False)


def may_name(kind: TargetKind) -> Verdict:
    """May an outline of this kind carry a name?"""
    return deny(f"{kind.name}的提纲不留姓名，以免认出人来。") if kind.shielded else ALLOW
