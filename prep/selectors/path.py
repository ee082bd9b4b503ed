"""The preparation of a village as a path: what to do first, what is missing, which step is next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from prep.models import DutyPlan, Outline, OutlineStatus, VillageProfile
from prep.rules import unfinished
from prep.selectors.duties import subjects
from prep.selectors.watch import WatchList
from villages.models import Stage, VillageInspection


@dataclass(frozen=True)
class PathStep:
    """One step. ``why`` says what it is for, ``now`` how it stands; ``action`` is the verb of its button.

    ``writes``: its page is one to write on, closed to those who only read.
    """

    title: str
    why: str
    now: str
    done: bool
    url: str
    action: str
    again: str
    writes: bool = False

    @property
    def label(self) -> str:
        """What its button says: the verb, or how to look at what is done."""
        return self.again if self.done else self.action


@dataclass(frozen=True)
class Path:
    """The steps in order and the one to take next (``None`` when all are done)."""

    steps: list[PathStep]

    @property
    def next(self) -> PathStep | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def finished(self) -> int:
        """How many steps are done."""
        return sum(step.done for step in self.steps)


def preparation_path(
    viewer: Any, inspection: VillageInspection, profile: VillageProfile | None, listed: WatchList
) -> Path:
    """Profile, watch list, outlines, the checklist's plan, the move on; a handful of queries."""
    at = {"pk": inspection.pk}
    return Path([
        _profile(profile, at),
        _watch(inspection, listed, at),
        _outlines(viewer, inspection, at),
        _plan(viewer, inspection, at),
        _move_on(inspection, at),
    ])  # fmt: skip


def _profile(profile: VillageProfile | None, at: dict[str, Any]) -> PathStep:
    return PathStep(
        "填村情档案", "先弄清是个什么样的村：户数人口、历年收支、两委成员、村情类型",
        "已填写" if profile else "还没有填写", profile is not None,
        reverse("prep:profile_edit", kwargs=at), "填写档案", "核对档案", writes=True,
    )  # fmt: skip


def _watch(inspection: VillageInspection, listed: WatchList, at: dict[str, Any]) -> PathStep:
    free = next((holder["count"] for holder in listed.holders if holder["value"] == "-"), 0)
    if not listed.total:
        now, action = "还没有生成", "生成清单"
    elif free and inspection.status == Stage.PREP:
        now, action = f"共{listed.total}条，还有{free}条没有承办人", "分派承办人"
    else:
        now, action = f"共{listed.total}条，已查清{listed.concluded}条", "看清单"
    done = bool(listed.total) and (not free or inspection.status != Stage.PREP)
    return PathStep(
        "列待查问题清单", "要查什么、谁去查：按村情类型从要点库挑，再加本村自己的", now, done,
        reverse("prep:watch_list", kwargs=at), action, "看清单",
    )  # fmt: skip


def _outlines(viewer: Any, inspection: VillageInspection, at: dict[str, Any]) -> PathStep:
    counts = (
        Outline.objects.visible_to(viewer)
        .filter(inspection=inspection)
        .aggregate(
            final=Count("pk", filter=Q(status=OutlineStatus.FINAL)),
            draft=Count("pk", filter=Q(status=OutlineStatus.DRAFT)),
        )
    )
    parts = [f"{counts['final']}份已定稿"] * bool(counts["final"])
    parts += [f"{counts['draft']}份草稿待定稿"] * bool(counts["draft"])
    return PathStep(
        "拟谈话提纲", "找谁谈、问什么：系统按清单和村情拟好，改完定稿，可以打印", "，".join(parts) or "还没有提纲",
        bool(counts["final"]), reverse("prep:outlines", kwargs=at),
        "定稿提纲" if counts["draft"] else "拟提纲", "看提纲、打印",
    )  # fmt: skip


def _plan(viewer: Any, inspection: VillageInspection, at: dict[str, Any]) -> PathStep:
    wanted = len(subjects(inspection, "talk")) + 1
    plans = DutyPlan.objects.visible_to(viewer).filter(inspection=inspection, planned_on__isnull=False)
    planned = plans.filter(Q(part="talk") | Q(subject="")).count()
    return PathStep(
        "安排必谈必访", "哪天谈谁、哪天走访，由谁负责", f"{wanted}项中已排定{min(planned, wanted)}项",
        planned >= wanted, reverse("prep:checklist", kwargs=at), "排日期", "看进度",
    )  # fmt: skip


def _move_on(inspection: VillageInspection, at: dict[str, Any]) -> PathStep:
    missing = unfinished(inspection) if inspection.status == Stage.PREP else []
    done = inspection.status != Stage.PREP
    now = "已转入" if done else "；".join(missing) or "档案、清单、分工齐备，可以转入"
    return PathStep(
        "转入调查测评", "准备齐了，由组长、副组长或联络员转入下一阶段", now, done,
        f"{reverse('prep:village', kwargs=at)}#finish", "去转入", "看阶段",
    )  # fmt: skip
