"""Reports, feedback and rectification of the demo rounds."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from archives import services as archives
from archives.models import ArchivePackage
from core import clock
from inspection.demo import cast
from inspection.demo.pictures import photograph
from rectification import services as rectify
from rectification.models import RectifyItem
from reports import services
from reports.models import Feedback, Report
from villages.models import Round, Team, Town
from villages.services import close_round

PLAN = "成立由党组织书记牵头的整改专班，逐项列出措施、责任人和完成时间，每半月向镇（街道）党委报告一次。"
RESULT = "已按要求完成整改，修订完善相关制度，并在公开栏公开整改结果，接受群众监督。"
CHECKED = "查看整改资料并到现场核对，与报送情况一致。"
# How far each item of a running rectification has come, in turn.
PACE = ["pending", "acknowledged", "in_progress", "in_progress", "reported", "returned", "verified", "closed"]


def open_reports(round_: Round, *teams: int) -> list[Report]:
    """A living draft per team and town."""
    drafts = []
    for team in Team.objects.filter(round=round_, number__in=teams).order_by("number"):
        leader = cast.person(cast.plan_of(team).leader)
        towns = Town.objects.filter(villages__inspections__team=team).distinct().order_by("code")
        drafts += [services.open_report(actor=leader, round=round_, team=team, town=town) for town in towns]
    return drafts


def issue(report: Report, number: int, day: dt.date) -> Feedback:
    """Along the decision chain to the issued report, then the feedback to the town four days later."""
    leader = cast.person(cast.plan_of(report.team).leader)
    with clock.held(day - dt.timedelta(days=4)):
        services.advance_report(actor=leader, report=report, step="submit")
        services.return_report(actor=leader, report=report, reason="共性问题先写面上数据，再举例子。")
        services.advance_report(actor=leader, report=report, step="submit")
    with clock.held(day - dt.timedelta(days=2)):
        services.advance_report(actor=leader, report=report, step="pass_team")
        services.advance_report(actor=cast.office(), report=report, step="pass_review")
    with clock.held(day):
        services.advance_report(actor=cast.head(), report=report, step="pass_leading")
        services.issue_report(
            actor=cast.head(), report=report, doc_no=f"青巡〔{day.year}〕{number}号", issued_on=day
        )
    feedback_day = day + dt.timedelta(days=4)
    with clock.held(feedback_day):
        return services.issue_feedback(
            actor=cast.office(),
            report=report,
            doc_no=f"青巡反〔{day.year}〕{number}号",
            issued_on=feedback_day,
        )


def open_ledger(feedback: Feedback) -> list[RectifyItem]:
    """The feedback's problems as items to put right; its villages move on to rectification."""
    with clock.held(feedback.issued_on, 15):
        return rectify.create_items_from_feedback(actor=cast.office(), feedback=feedback)


def carry(item: RectifyItem, goal: str, order: int) -> None:
    """Take one item as far as ``goal``, each step by whom it belongs to, a few days apart."""
    town, clerk = cast.town_user(item.town_id), cast.office()
    start = item.feedback_on
    if goal == "pending":
        return
    with clock.held(start + dt.timedelta(days=1 + order % 3)):
        rectify.acknowledge_item(actor=town, item=item)
    if goal == "acknowledged":
        return
    with clock.held(start + dt.timedelta(days=4)):
        rectify.submit_plan(actor=town, item=item, plan=PLAN)
    with clock.held(start + dt.timedelta(days=5)):
        rectify.report_progress(actor=town, item=item, text="已召开专题会议，明确责任人，正在逐项清理。")
    if goal == "in_progress":
        return
    with clock.held(start + dt.timedelta(days=6)):
        rectify.report_done(actor=town, item=item, result=RESULT, photos=[_photo(order)])
    if goal == "reported":
        return
    with clock.held(start + dt.timedelta(days=9)):
        if goal == "returned":
            rectify.return_item(
                actor=clerk, item=item, reason="照片看不出整改前后变化，缺少会议记录，请补充后再报。"
            )
            return
        rectify.verify_item(actor=clerk, item=item, note=CHECKED)
    if goal == "closed":
        with clock.held(start + dt.timedelta(days=12)):
            rectify.close_item(actor=clerk, item=item, basis="整改资料齐全，现场核验通过，同意销号。")


def _photo(order: int) -> SimpleUploadedFile:
    caption, content = photograph(order)
    return SimpleUploadedFile(f"整改后{caption}.jpg", content, content_type="image/jpeg")


def request_papers() -> Round:
    """Ask for what an office would print: reports, lists, letters, the ledger. The jobs run afterwards."""
    for report in Report.objects.select_related("round", "team", "town"):
        services.request_report(actor=cast.office(), report=report)
        services.request_town_list(actor=cast.office(), report=report)
    for feedback in Feedback.objects.all():
        services.request_feedback(actor=cast.office(), feedback=feedback)
    for number in (4, 5):
        rectify.request_ledger(actor=cast.office(), round=cast.the_round(number))
    archives.gather_entries(actor=cast.office(), round=cast.the_round(4))
    archives.request_package(actor=cast.office(), round=cast.the_round(4))
    return cast.the_round(5)


def file_round() -> Round:
    """The finished round's package is sealed: its villages are filed, the round ends."""
    package = ArchivePackage.objects.get(round=cast.the_round(4), inspection=None)
    archives.file_villages(actor=cast.office(), package=package)
    return close_round(actor=cast.head(), round_=cast.the_round(4))
