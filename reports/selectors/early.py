"""What an early letter may say: how many villages of the town, which ones, and the first wording."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from core.office.official import OfficialText
from findings.models import CommonGroup, CommonMember, Finding
from findings.rules.common import Share
from reports.models import EarlyLetter
from reports.selectors.drafting import party_committee
from reports.selectors.outgoing import names_in, trace_in
from villages.models import Round, Town, VillageInspection


def early_letters(viewer: Any, round_: Round | None) -> QuerySet[EarlyLetter]:
    """Early letters of a round the viewer may see."""
    return EarlyLetter.objects.visible_to(viewer).filter(round=round_).select_related("town")


def letters_of_town(viewer: Any) -> QuerySet[EarlyLetter]:
    """Those sent to the viewer's town, for its portal, the latest first."""
    return EarlyLetter.objects.visible_to(viewer).filter(status__in=EarlyLetter.SENT).select_related("town")


def told_findings(group: CommonGroup, town: Town) -> QuerySet[Finding]:
    """Of a group's papers in a town those it may be told of: put there by people and signed by all three."""
    sure = CommonMember.objects.filter(group=group, town=town, sure=True, finding__isnull=False)
    return Finding.objects.confirmed().filter(pk__in=sure.values("finding"))


def early_figures(group: CommonGroup, town: Town) -> dict[str, Any]:
    """The villages of the town with the problem, and how many the round inspects there."""
    names = told_findings(group, town).order_by("village__code").values_list("village__name", flat=True)
    every = VillageInspection.objects.filter(round=group.round_id, town=town).count()
    return {"villages": list(dict.fromkeys(names)), "of": every}


def first_words(group: CommonGroup, town: Town, figures: dict[str, Any]) -> dict[str, str]:
    """Title, addressee and body; people edit them afterwards."""
    place = "街道" if town.name.endswith("街道") else "镇" if town.name.endswith("镇") else "乡"
    villages = figures["villages"]
    share = Share(town.name, len(villages), figures["of"]).percent
    lines = [
        f"在{group.round.name}中发现，你{place}{figures['of']}个被巡察村（社区）中，有{len(villages)}个存在"
        f"“{group.name}”问题，占{share}%，涉及{'、'.join(villages)}。",
        group.description,
        "为便于及早研究、边巡边改，现予提示：",
        "一、对照上述问题，在全部村（社区）开展自查，是同一问题的一并纠正。",
        f"二、由{party_committee(town.name)}统筹研究，从制度和监督上找原因，健全统一的管理规定。",
        "三、各村（社区）的具体问题以巡察反馈意见为准，逐村逐项整改；本函不代替正式反馈。",
        "请不要打听问题来源，不要据此追究反映情况的人。",
    ]
    return {
        "title": f"关于{group.name[:60]}共性问题的提示函",
        "addressee": party_committee(town.name),
        "body": "\n".join(filter(None, lines)),
    }


def trace_of(letter: EarlyLetter, text: str) -> str:
    """What in ``text`` must not leave the office: a person concerned, or who spoke up; empty when nothing."""
    rows = CommonMember.objects.filter(group=letter.group_id, finding__isnull=False)
    return trace_in(text, names_in(Finding.objects.filter(pk__in=rows.values("finding"))))


def early_text(letter: EarlyLetter, today: dt.date) -> OfficialText:
    """The letter as a paper; what was not sent says that it is a draft."""
    office = f"中共{letter.round.district.name}委巡察工作领导小组办公室"
    return OfficialText(
        title=letter.title, masthead=office, issuer=office, number=letter.doc_no, day=letter.dated_on,
        created=today, addressee=letter.addressee, copy_to="", body=letter.body, annexes=(),
        draft=letter.status not in EarlyLetter.SENT,
    )  # fmt: skip
