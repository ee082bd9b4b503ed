"""Talks, problem workpapers, their evidence and their signatures in the demo villages."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.audit import SYSTEM
from findings import services
from findings.models import Finding, MaterialForm, SourceKind, Talk
from inspection.demo import cast, rulebook
from inspection.demo.foundation import EXAMPLES
from inspection.demo.outlines import used_for
from inspection.demo.pictures import photograph
from villages.models import User, VillageInspection

NAMES = ["姚守拙", "丁望舒", "鲁知白", "汤有仪", "邹平野", "倪含光", "俞长风", "尹思齐", "纪南枝", "岑松月"]


def members(inspection: VillageInspection) -> list[User]:
    """The two members of the team who write its papers."""
    return [cast.person(name) for name in cast.plan_of(inspection.team).members]


def talk_outlines() -> dict[tuple[str, str], list[dict[str, str]]]:
    """What is asked of whom: points per category and post, from ``examples/talks.csv``."""
    outlines: dict[tuple[str, str], list[dict[str, str]]] = {}
    with (EXAMPLES / "talks.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            outlines.setdefault((row.pop("category"), row.pop("post")), []).append(row)
    return outlines


def hold_talks(inspection: VillageInspection, count: int = 5) -> list[Talk]:
    """Talk records of one village, each by two people, signed by both."""
    recorder, talker = members(inspection)
    made = []
    for order, ((category, post), points) in enumerate(list(talk_outlines().items())[:count]):
        day = inspection.entry_on + dt.timedelta(days=1 + order)
        start = timezone.make_aware(dt.datetime.combine(day, dt.time(9 + order, 0)))
        name = NAMES[(order * 3 + len(inspection.village.name) + inspection.team.number) % len(NAMES)]
        talk = services.create_talk(
            actor=recorder,
            inspection=inspection,
            values={
                "target_name": name, "target_post": post, "target_category": category, "purpose": "了解情况",
                "happened_at": start, "ended_at": start + dt.timedelta(minutes=50),
                "place": f"{inspection.village.name}党群服务中心", "talker": talker, "read_back": True,
            },
            points=points,
            outline=used_for(inspection, category),
        )  # fmt: skip
        services.submit_minutes(actor=recorder, paper=talk)
        made.append(services.sign_minutes(actor=talker, paper=talk))
    return made


def import_findings(number: int) -> int:
    """The round's workpapers from the office's list, as drafts of their teams; return how many."""
    file = EXAMPLES / f"第{'四' if number == 4 else '五'}轮问题底稿汇总.xlsx"
    plan = services.plan_finding_import(
        actor=SYSTEM, round=cast.the_round(number), content=file.read_bytes(), filename=file.name
    )
    return len(services.commit_finding_import(actor=SYSTEM, plan=plan, strict=True))


def complete(inspection: VillageInspection, talks: list[Talk]) -> None:
    """What the list did not hold: how it was found, the facts, the disposal, photographs, talks, ledgers."""
    findings = Finding.objects.filter(inspection=inspection).order_by("id")
    for order, finding in enumerate(findings):
        writer = finding.handler
        day = inspection.entry_on + dt.timedelta(days=2 + order % 8)
        services.edit_finding(
            actor=writer,
            finding=finding,
            revision=finding.revision,
            values={
                "facts": f"经查阅资料、当面核对：{finding.summary}",
                "disposal": "fix_now" if order % 9 == 4 else "report",
                "basis": rulebook.cited(finding.basis, order),
            },
            steps=_steps(writer, day),
        )  # fmt: skip
        _support(finding, order, talks)


def _steps(writer: User, day: dt.date) -> list[dict[str, Any]]:
    read = {"method": SourceKind.DOCUMENT, "people": writer.display_name, "text": "调阅有关记录并摘录。"}
    asked = {"method": SourceKind.TALK, "people": "本组二人", "text": "与有关人员谈话核对，形成记录。"}
    return [{"on": day, **read}, {"on": day + dt.timedelta(days=1), **asked}]


def _support(finding: Finding, order: int, talks: list[Talk]) -> None:
    if order % 3 == 0 and talks:
        talk = talks[order // 3 % len(talks)]
        services.add_evidence(
            actor=finding.handler, finding=finding, items=[{"talk": talk, "page_range": "第1页"}]
        )
    if order % 7 == 1:
        _attach_photographs(finding, order)
    if finding.subcategory and finding.subcategory.code == "E1":
        _attach_ledger(finding)


def _attach_photographs(finding: Finding, order: int) -> None:
    uploads = []
    for step in range(1 + order % 3):
        caption, content = photograph(order + step)
        uploads.append(SimpleUploadedFile(f"{caption}.jpg", content, content_type="image/jpeg"))
    services.upload_evidence(
        actor=finding.handler,
        finding=finding,
        revision=finding.revision,
        uploads=uploads,
        kind=SourceKind.SITE,
        origin=MaterialForm.PHOTO,
    )


def _attach_ledger(finding: Finding) -> None:
    path = EXAMPLES / f"{finding.village.name}明细账2023-2025.xlsx"
    already = finding.inspection.evidenceitems.filter(file__name=path.name).exists()
    if not path.exists() or already:
        return
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    services.upload_evidence(
        actor=finding.handler,
        finding=finding,
        revision=finding.revision,
        uploads=[upload],
        kind=SourceKind.LEDGER,
        origin=MaterialForm.ELECTRONIC,
    )


def signing_plan(inspection: VillageInspection, *, everything: bool) -> Iterator[tuple[Finding, int]]:
    """Each paper with how many of the three signatures it has; a village at work has them at every stage."""
    for order, finding in enumerate(Finding.objects.filter(inspection=inspection).order_by("id")):
        yield finding, 3 if everything else (3, 3, 3, 2, 3, 1, 2, 3, 0, 3)[order % 10]


def sign(inspection: VillageInspection, *, everything: bool) -> None:
    """Handler, deputy and leader sign, as far as the plan says."""
    plan = cast.plan_of(inspection.team)
    deputy, leader = cast.person(plan.deputy), cast.person(plan.leader)
    steps: list[tuple[Any, Any]] = [
        (services.sign_as_handler, None),
        (services.sign_as_deputy, deputy),
        (services.sign_as_leader, leader),
    ]
    for finding, count in signing_plan(inspection, everything=everything):
        for service, person in steps[:count]:
            service(actor=person or finding.handler, finding=finding)
