"""The first wording of each official paper, put together from what the round knows; people edit it afterwards."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.display import cn_date
from prep.models import OfficialPaper, PaperKind, PaperStatus, TeamContact
from prep.rules.official import BLANK
from villages.models import Membership, Office, Round, Team, TeamRole, Town, VillageInspection
from villages.selectors.calendar import add_working_days, is_working_day, load_calendar
from villages.selectors.parameters import parameter

LEADING_GROUP, OFFICE = "中共{}委巡察工作领导小组", "中共{}委巡察工作领导小组办公室"
_POSTS = list(TeamRole.values)
MATERIALS = (
    ("党组织建设", "两委成员和党员名册、三会一课和主题党日记录、发展党员档案、换届选举资料", "近三年"),
    ("议事决策", "两委会议、党员大会、村（居）民代表会议记录，四议两公开档案，印章使用登记", "近三年"),
    ("财务资料", "总账、明细账、凭证、银行对账单、票据领用存根、往来款清单、财务公开照片或底稿", "近三年"),
    ("资产资源", "清产核资报表、资产和资源台账、承包租赁合同、租金收缴明细", "现行有效及近三年到期的"),
    ("工程项目", "项目立项、招投标、合同、变更、验收、结算和付款资料", "近三年"),
    ("惠民资金", "低保、残疾、危房改造、耕地补贴等对象的申请、评议、公示和发放资料", "近三年"),
    ("整改资料", "历次巡察、审计、检查反馈的问题清单和整改佐证资料", "上一届以来"),
)


@dataclass(frozen=True)
class Draft:
    """The fields of a new paper."""

    title: str
    masthead: str
    issuer: str
    body: str
    addressee: str = ""
    copy_to: str = ""
    annexes: list[dict[str, Any]] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """As keyword arguments of the model."""
        return dict(self.__dict__)


def compose(kind: str, round_: Round, team: Team | None = None, town: Town | None = None) -> Draft:
    """The paper of ``kind`` with everything that is known; what is not stands as ``BLANK``."""
    if kind == PaperKind.AUTHORISATION or team is None:
        return _authorisation(round_)
    return _notice(round_, team, town) if kind == PaperKind.NOTICE else _announcement(round_, team)


def stays(round_: Round, team: Team | None = None, town: Town | None = None) -> list[VillageInspection]:
    """Villages of a round, of one team, in one town, in the order of entry."""
    rows = VillageInspection.objects.filter(round=round_).select_related("village", "town", "team")
    rows = rows.filter(team=team) if team else rows
    rows = rows.filter(town=town) if town else rows
    return sorted(rows, key=lambda row: (row.team.number, row.entry_on or dt.date.max, row.village.code))


def last_working_day(day: dt.date) -> dt.date:
    """``day``, or the working day before it when nobody works on it."""
    calendar = load_calendar()
    return day if is_working_day(calendar, day) else add_working_days(calendar, day, -1)


def _members(teams: Iterable[Team]) -> list[Membership]:
    rows = Membership.objects.filter(team__in=teams).select_related("user__office", "team")
    return sorted(rows, key=lambda row: (row.team.number, _POSTS.index(row.role), row.user.display_name))


def _named(members: list[Membership], *roles: TeamRole) -> str:
    return "、".join(row.user.display_name for row in members if row.role in roles) or BLANK


def _leaders(teams: list[Team], members: list[Membership]) -> str:
    named = [
        f"{_named([row for row in members if row.team_id == team.pk], TeamRole.LEADER)}任{team.name}组长"
        for team in teams
    ]
    return "、".join(named) or BLANK


def _day(day: dt.date | None) -> str:
    return cn_date(day) if day else BLANK


def _authority(round_: Round) -> str:
    issued = OfficialPaper.objects.filter(
        round=round_, kind=PaperKind.AUTHORISATION, status=PaperStatus.ISSUED
    ).first()
    return f"（{issued.doc_no}）" if issued else ""


def _authorisation(round_: Round) -> Draft:
    district = round_.district.name
    teams = list(Team.objects.filter(round=round_).order_by("number"))
    members = _members(teams)
    rows = stays(round_)
    people = [
        [row.team.name, row.get_role_display(), row.user.display_name, str(row.user.office or "—")]
        for row in members
    ]
    tasks = [
        [row.team.name, row.town.name, row.village.name, _day(row.entry_on), _day(row.exit_on)]
        for row in rows
    ]
    body = "\n".join([
        f"按照“一次一授权”的要求，经{district}委巡察工作领导小组研究，决定设立{len(teams)}个巡察组，"
        f"对{len({row.town_id for row in rows})}个镇（街道）的{len(rows)}个村（社区）党组织开展{round_.name}。",
        "一、组长授权和成员组成",
        f"授权{_leaders(teams, members)}。"
        "各组副组长、联络员、组员、档案管理员名单见附件1。",
        "二、任务分工",
        "各巡察组负责巡察的村（社区）和驻村时间见附件2。驻村期间确需调整的，由巡察组提出，报巡察办同意。",
        "三、授权期限",
        f"本次授权自{_day(round_.starts_on)}至{_day(round_.ends_on)}，只对本轮巡察有效，任务结束后自行终止。",
        "四、工作要求",
        "全体人员进组前签署保密承诺书、申报应当回避的情形。巡察组不干预被巡察村（社区）的正常工作，"
        "不处理具体问题，重要情况及时向巡察工作领导小组报告。",
    ])  # fmt: skip
    annexes = [
        {"title": "巡察组人员名单", "headers": ["巡察组", "职务", "姓名", "原单位"],
         "rows": people, "widths": [34, 30, 30, 62]},
        {"title": "任务分工表", "headers": ["巡察组", "镇（街道）", "村（社区）", "进驻日期", "离村日期"],
         "rows": tasks, "widths": [26, 24, 26, 40, 40]},
    ]  # fmt: skip
    return Draft(
        title=f"关于{round_.name}组长授权任职和任务分工的决定",
        masthead=LEADING_GROUP.format(district), issuer=LEADING_GROUP.format(district), body=body,
        addressee="各巡察组", copy_to=f"{district}纪委监委，{district}委组织部", annexes=annexes,
    )  # fmt: skip


def _notice(round_: Round, team: Team, town: Town | None) -> Draft:
    district, rows = round_.district.name, stays(round_, team, town)
    members = _members([team])
    first = min((row.entry_on for row in rows if row.entry_on), default=None)
    unit = Office.objects.filter(kind=Office.Kind.TOWN, town=town).first() if town else None
    ready = last_working_day(first - dt.timedelta(days=3)) if first else None
    names = "、".join(f"{row.village.name}党组织" for row in rows)
    body = "\n".join([
        f"根据{district}委统一部署和巡察工作领导小组授权{_authority(round_)}，{team.name}将于{_day(first)}起进驻"
        f"{town.name if town else BLANK}，对{'、'.join(row.village.name for row in rows) or BLANK}"
        f"共{len(rows)}个村（社区）党组织开展{round_.name}。现将有关事项通知如下：",
        "一、巡察安排",
        f"组长{_named(members, TeamRole.LEADER)}，副组长{_named(members, TeamRole.DEPUTY)}。"
        "各村（社区）进驻和离村时间见附件1。进驻当日召开见面沟通会，请镇（街道）分管负责同志和村（社区）两委成员参加。",
        "二、需要准备的材料",
        f"请各村（社区）按附件2准备材料原件，于{_day(ready)}前集中存放、列出目录。"
        "材料保持原样，不得补写、涂改、抽换、销毁。",
        "三、需要配合的事项",
        "（一）镇（街道）和各村（社区）各确定1名联络员，提供安静、便于群众来访的谈话和办公场所。",
        "（二）在村务公开栏和人员集中的地方张贴巡察公告，配合设置意见箱；意见箱由巡察组上锁、开启。",
        "（三）两委成员和报账员在巡察期间保持通讯畅通，外出须向巡察组说明。",
        "四、联系方式",
        f"{team.name}联系人：{_named(members, TeamRole.LIAISON, TeamRole.DEPUTY)}；联系电话：{_phone(team)}。",
    ])  # fmt: skip
    annexes = [
        {"title": "进驻时间安排", "headers": ["村（社区）", "进驻日期", "离村日期"],
         "rows": [[row.village.name, _day(row.entry_on), _day(row.exit_on)] for row in rows], "widths": [60, 48, 48]},
        {"title": "需要准备的材料清单", "headers": ["序号", "类别", "材料名称", "时间范围"],
         "rows": [[n, *line] for n, line in enumerate(MATERIALS, 1)], "widths": [14, 28, 84, 30]},
    ]  # fmt: skip
    return Draft(
        title=f"关于{team.name}进驻{town.name if town else ''}开展{round_.name}的通知",
        masthead=OFFICE.format(district), issuer=OFFICE.format(district), body=body,
        addressee="，".join(filter(None, [unit.name if unit else (f"{town.name}党委" if town else ""), names])),
        copy_to=team.name, annexes=annexes,
    )  # fmt: skip


def _phone(team: Team) -> str:
    contact = TeamContact.objects.filter(team=team).first()
    return contact.hotline if contact and contact.hotline else BLANK


def _announcement(round_: Round, team: Team) -> Draft:
    district, rows, members = round_.district.name, stays(round_, team), _members([team])
    offset = parameter(round_, "petition_close_offset_days")
    towns = "、".join(dict.fromkeys(row.town.name for row in rows)) or BLANK
    first = min((row.entry_on for row in rows if row.entry_on), default=None)
    last = max((row.exit_on for row in rows if row.exit_on), default=None)
    body = "\n".join([
        f"根据{district}委统一部署和巡察工作领导小组授权{_authority(round_)}，{team.name}于{_day(first)}至{_day(last)}"
        f"对{towns}的{'、'.join(row.village.name for row in rows) or BLANK}"
        f"共{len(rows)}个村（社区）党组织开展{round_.name}。现公告如下：",
        "一、巡察组组成",
        f"组长：{_named(members, TeamRole.LEADER)}；副组长：{_named(members, TeamRole.DEPUTY)}。",
        "二、受理的范围",
        "受理反映村（社区）两委班子及其成员、其他村（社区）干部，包括已经离任、退休人员违反政治纪律、组织纪律、廉洁纪律、"
        "群众纪律、工作纪律、生活纪律问题的来信、来电、来访。集体资金资产资源管理、惠民政策落实、工程项目、选人用人和"
        "侵害群众利益的问题，重点受理。",
        "三、不受理的事项",
        "个人诉求、民事纠纷、涉法涉诉和已经终结的信访事项不属于受理范围，由有关单位依规办理；当面反映的，巡察组告知去处。",
        "四、反映问题的渠道",
        *_channels(team),
        "五、受理截止时间",
        f"各村（社区）在巡察组离村前{offset}天截止受理，具体日期见附件。信件以邮戳为准。",
        "六、说明",
        "巡察组只受理，不答复办理结果，不处理具体案件。提倡实名反映，对反映人的信息严格保密；打击报复反映人的，严肃查处。",
        f"对巡察组成员违反纪律的，可向巡察办反映，监督电话：{_contact(team, 'supervision')}。",
    ])  # fmt: skip
    closing = [
        [row.village.name, _day(row.entry_on), _day(row.exit_on),
         _day(row.exit_on - dt.timedelta(days=offset) if row.exit_on else None)]
        for row in rows
    ]  # fmt: skip
    annex = {
        "title": "各村（社区）巡察时间和受理截止日期", "rows": closing, "widths": [36, 40, 40, 40],
        "headers": ["村（社区）", "进驻日期", "离村日期", "受理截止日期"],
    }  # fmt: skip
    return Draft(
        title=f"中共{district}委{team.name}巡察公告", masthead="", issuer=OFFICE.format(district), body=body,
        annexes=[annex],
    )  # fmt: skip


def _contact(team: Team, name: str) -> str:
    contact = TeamContact.objects.filter(team=team).first()
    value = getattr(contact, name, "") if contact else ""
    return ("；".join(value) if isinstance(value, list) else value) or BLANK


def _channels(team: Team) -> list[str]:
    contact = TeamContact.objects.filter(team=team).first() or TeamContact(team=team)
    words = [
        ("举报电话", f"{contact.hotline or BLANK}，接听时间：{contact.hours or BLANK}"),
        ("短信", contact.message_number or BLANK),
        ("来信", contact.post_box or BLANK),
        ("电子邮箱", contact.email or BLANK),
        ("意见箱", "；".join(contact.boxes) or BLANK),
        ("来访", contact.reception or BLANK),
    ]
    return [
        f"（{numeral}）{name}：{text}。" for numeral, (name, text) in zip("一二三四五六", words, strict=True)
    ]
