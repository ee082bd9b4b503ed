"""Decisions about problems through the years: the team and the office judge, the inspected side knows of nothing."""

from findings import services
from findings.models import ThreadPaper, ThreadRefusal
from tests.access.entry import Entry
from tests.access.findings import READ, STALE, draft
from tests.access.roles import INSPECTING, OFFICE, TEAM

KEEP = {"may": OFFICE | TEAM, "may_foreign": OFFICE | {"outsider"}}


def _pair(cast, whose):
    return draft(cast, whose), draft(cast, whose)


def a_paper(cast, whose):
    return {"pk": draft(cast, whose).pk}


def _thread(cast, whose):
    """A thread of the cast's village or of the other one, made anew for every role that may end it."""
    one, two = _pair(cast, whose)
    return services.put_together(actor=one.handler, finding=one, other=two)


def a_thread(cast, whose):
    return {"pk": _thread(cast, whose).pk}


def a_place(cast, whose):
    return {"pk": ThreadPaper.objects.filter(thread=_thread(cast, whose)).first().pk}


def a_judgement(cast, whose):
    one, two = _pair(cast, whose)
    row = services.refuse_proposal(actor=one.handler, finding=one, other=two, reason="两件事")
    return {"pk": ThreadRefusal.objects.get(pk=row.pk).pk}


def a_village(cast, whose):
    return {"pk": cast.village_place.pk if whose == "own" else cast.other_village_place.pk}


def get(name, objects, decided=KEEP):
    return Entry(f"findings:{name}", objects=objects, **decided)


def post(name, objects):
    return Entry(f"findings:{name}", objects=objects, method="post", post=STALE, **KEEP)


ENTRIES = [
    Entry("findings:threads", INSPECTING),
    get("thread", a_thread, READ),
    get("thread_edit", a_thread),
    get("thread_join", a_thread),
    post("thread_take_out", a_place),
    post("thread_recall", a_judgement),
    get("paper_threads", a_paper, READ),
    post("thread_confirm", a_paper),
    post("thread_refuse", a_paper),
    get("thread_add", a_paper),
    # The places of the district are no secret to the inspecting side; the threads are narrowed row by row.
    get("village_card", a_village, {"may": INSPECTING, "may_foreign": INSPECTING}),
    Entry("rectification:thread_marks", INSPECTING),
    Entry("rectification:thread_promises", objects=a_thread, **READ),
]
