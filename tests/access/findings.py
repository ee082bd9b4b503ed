"""Decisions about talks and problem workpapers: the own team writes, the office reads, files and returns."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from findings import services
from findings.models import FindingImport, FindingPerson, Tip
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.factories import make_member, make_round
from tests.findings import leads, loans, papers, tips
from tests.findings.test_import import row, workbook
from villages.models import TeamRole, VillageInspection

LEADING = {"leader", "deputy"}
WRITER = {"outsider"}  # the one member of the foreign team
READ = {"may": OFFICE | TEAM, "may_foreign": OFFICE | WRITER}
WRITE = {"may": TEAM, "sees": OFFICE, "may_foreign": WRITER, "sees_foreign": OFFICE}
# No page was ever that new: whoever may take the step is told so, and nothing changes for the next role.
STALE = {"revision": "999", "reason": "核对后退回", "text": ""}


def one_of(may, may_foreign=WRITER):
    """A step that only some of the team may take."""
    return {
        "may": may,
        "sees": (OFFICE | TEAM) - may,
        "may_foreign": may_foreign,
        "sees_foreign": (OFFICE | WRITER) - may_foreign,
    }


def _writer(cast, whose):
    return (cast.member, cast.inspection) if whose == "own" else (cast.outsider, cast.other_inspection)


def draft(cast, whose, **over):
    handler, inspection = _writer(cast, whose)
    return papers.draft(cast, handler=handler, inspection=inspection, **over)


def a_paper(cast, whose):
    return {"pk": draft(cast, whose).pk}


def a_numbered_paper(cast, whose):
    finding = draft(cast, whose)
    return {"pk": services.sign_as_handler(actor=finding.handler, finding=finding).pk}


def a_deleted_paper(cast, whose):
    finding = draft(cast, whose)
    services.delete_finding(actor=finding.handler, finding=finding, revision=finding.revision, reason="重复")
    return {"pk": finding.pk}


def a_material(cast, whose):
    return {"pk": draft(cast, whose).evidence.get(seq=1).pk}


def a_picture(cast, whose):
    finding = draft(cast, whose, evidence=[])
    services.upload_evidence(
        actor=finding.handler,
        finding=finding,
        revision=finding.revision,
        uploads=[_photograph()],
        kind="site",
        origin="photo",
    )
    return {"pk": finding.evidence.get().pk}


def a_person(cast, whose):
    finding = draft(cast, whose)
    services.add_person(actor=finding.handler, finding=finding, revision=finding.revision, name="涉及人甲")
    return {"pk": FindingPerson.objects.get(finding=finding).pk}


def talk_row(cast, whose):
    if whose == "own":
        return papers.talk(cast)
    colleague = make_member(cast.other_team, TeamRole.MEMBER)
    return papers.talk(cast, inspection=cast.other_inspection, recorder=cast.outsider, talker=colleague)


def a_talk(cast, whose):
    return {"pk": talk_row(cast, whose).pk}


def a_deleted_talk(cast, whose):
    talk = talk_row(cast, whose)
    services.delete_minutes(actor=talk.recorder, paper=talk, revision=talk.revision, reason="重复")
    return {"pk": talk.pk}


def lead_row(cast, whose, **over):
    person, inspection = _writer(cast, whose)
    return leads.a_lead(cast, actor=person, inspection=inspection, **over)


def a_lead(cast, whose):
    return {"pk": lead_row(cast, whose).pk}


def a_held_lead(cast, whose):
    """A lead its handler holds: the member's, or the foreign writer's."""
    lead, (person, _) = lead_row(cast, whose), _writer(cast, whose)
    services.assign_lead(actor=person, lead=lead, handler=person)
    return {"pk": lead.pk}


def field_row(cast, whose):
    if whose == "own":
        return papers.field(cast)
    colleague = make_member(cast.other_team, TeamRole.MEMBER)
    return papers.field(cast, inspection=cast.other_inspection, recorder=cast.outsider, companion=colleague)


def a_field_paper(cast, whose):
    return {"pk": field_row(cast, whose).pk}


def a_deleted_field_paper(cast, whose):
    paper = field_row(cast, whose)
    services.delete_minutes(actor=paper.recorder, paper=paper, revision=paper.revision, reason="重复")
    return {"pk": paper.pk}


def a_field_picture(cast, whose):
    paper = field_row(cast, whose)
    services.add_field_files(
        actor=paper.recorder, paper=paper, revision=paper.revision, uploads=[_photograph()]
    )
    return {"pk": paper.files.get().pk}


def _photograph():
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG")
    return SimpleUploadedFile("现场.jpg", buffer.getvalue(), content_type="image/jpeg")


def loan_row(cast, whose):
    person, inspection = _writer(cast, whose)
    return loans.a_loan(cast, actor=person, inspection=inspection)


def a_loan(cast, whose):
    return {"pk": loan_row(cast, whose).pk}


def a_topic(cast, whose):
    """A topic of the cast's round, or of one nobody of it serves in."""
    round_ = cast.round if whose == "own" else make_round(cast.district, cast.round.scheme)
    return {"pk": services.add_topic(actor=cast.office_clerk, round=round_, name="三资").pk}


def a_paper_of_a_topic(cast, whose):
    finding = draft(cast, whose)
    topic = services.add_topic(actor=cast.office_clerk, round=cast.round, name=f"三资{whose}")
    return {"pk": services.put_to_topic(actor=finding.handler, finding=finding, topic=topic).pk}


def a_tip(cast, whose):
    """A tip that is out, of the cast's team or of the other one."""
    tip = tips.shared(cast)
    if whose == "foreign":
        Tip.objects.filter(pk=tip.pk).update(
            inspection=cast.other_inspection, team=cast.other_team, village=cast.other_inspection.village
        )
    return {"pk": tip.pk}


def a_draft_tip(cast, whose):
    found = a_tip(cast, whose)
    Tip.objects.filter(**found).update(status="draft")
    return found


def a_village_at_work(cast, whose):
    _, inspection = _writer(cast, whose)
    VillageInspection.objects.filter(pk=inspection.pk).update(status="finding")
    return {"pk": inspection.pk}


def a_staged_list(cast, whose):
    owner, inspection = _writer(cast, whose)
    upload = SimpleUploadedFile("清单.xlsx", workbook(row(**{"村（社区）": inspection.village.name})))
    staged = services.stage_finding_import(actor=owner, round=cast.round, upload=upload)
    return {"pk": FindingImport.objects.get(pk=staged.pk).pk}


def step(objects, action):
    return lambda cast, whose: objects(cast, whose) | {"action": action}


def post(name, objects, decided, sent=STALE):
    return Entry(f"findings:{name}", objects=objects, method="post", post=sent, **decided)


def get(name, objects, decided):
    return Entry(f"findings:{name}", objects=objects, **decided)


OWNER = {"may": {"member"}, "may_foreign": WRITER}

ENTRIES = [
    Entry("findings:review", INSPECTING),
    Entry("findings:progress", INSPECTING),
    Entry("findings:deleted", INSPECTING),
    Entry("findings:talks", INSPECTING),
    Entry("findings:finding_import", INSPECTING),
    Entry("findings:bulk_sign", INSPECTING, method="post"),
    Entry("findings:finding_new", TEAM | WRITER),
    Entry("findings:talk_new", TEAM | WRITER),
    get("finding", a_paper, READ),
    get("finding_print", a_paper, READ),
    post("finding_word", a_paper, READ),
    get("finding_edit", a_paper, WRITE),
    post("finding_action", step(a_paper, "sign_handler"), one_of({"member"})),
    post("review_action", step(a_numbered_paper, "sign_deputy"), one_of({"deputy"}, set())),
    get("finding_withdraw", a_numbered_paper, one_of({"leader"}, set())),
    get("finding_merge", a_paper, one_of({"deputy", "leader"}, set())),
    post("finding_delete", a_paper, one_of({"member", "deputy", "leader"})),
    post("finding_restore", a_deleted_paper, one_of({"member", "deputy", "leader"})),
    post("evidence_upload", a_paper, WRITE),
    post("evidence_add", a_paper, WRITE),
    post("person_add", a_paper, WRITE),
    post("comment_add", a_paper, READ),
    get("evidence_edit", a_material, WRITE),
    post("evidence_action", step(a_material, "down"), WRITE),
    get("evidence_file", a_picture, READ),
    get("evidence_thumbnail", a_picture, READ),
    post("person_remove", a_person, WRITE | {"sees": {"office_head"}, "sees_foreign": {"office_head"}}),
    get("talk", a_talk, READ),
    get("talk_edit", a_talk, WRITE),
    post("talk_action", step(a_talk, "submit"), one_of({"member"})),
    post("talk_delete", a_talk, one_of({"member", "deputy"})),
    post("talk_restore", a_deleted_talk, WRITE),
    Entry("findings:field_papers", INSPECTING),
    Entry("findings:field_new", TEAM | WRITER),
    get("field_paper", a_field_paper, READ),
    get("field_edit", a_field_paper, WRITE),
    post("field_action", step(a_field_paper, "submit"), one_of({"member"})),
    post("field_delete", a_field_paper, one_of({"member", "deputy"})),
    post("field_restore", a_deleted_field_paper, WRITE),
    post("field_word", a_field_paper, READ),
    post("field_upload", a_field_paper, WRITE),
    get("field_file", a_field_picture, READ),
    get("field_thumbnail", a_field_picture, READ),
    get("field_captions", a_field_paper, WRITE),
    post("field_file_action", step(a_field_picture, "down"), WRITE),
    Entry("findings:topics", INSPECTING),
    Entry("findings:topic_new", OFFICE | LEADING),
    get("topic", a_topic, {"may": INSPECTING, "may_foreign": OFFICE}),
    get(
        "topic_edit",
        a_topic,
        {"may": OFFICE | LEADING, "sees": INSPECTING - OFFICE - LEADING, "may_foreign": OFFICE},
    ),
    post("topic_put", a_paper, READ),
    post("topic_take", a_paper_of_a_topic, READ),
    Entry("findings:tips", INSPECTING),
    get("tip_new", a_paper, {"may": set(), "sees": OFFICE | TEAM, "sees_foreign": OFFICE | WRITER}),
    get("tip_edit", a_draft_tip, WRITE),
    post("tip_action", step(a_draft_tip, "share"), one_of(LEADING, set())),
    post(
        "tip_rate",
        a_tip,
        {
            "may": OFFICE | WRITER,
            "sees": TEAM,
            "may_foreign": OFFICE | TEAM,
            "sees_foreign": WRITER,
        },
    ),
    Entry("findings:loans", INSPECTING),
    Entry("findings:loan_ask", TEAM | WRITER),
    Entry("findings:loans_sign", set(), method="post"),
    get("loan", a_loan, READ),
    get("loan_edit", a_loan, WRITE),
    get("loan_step", step(a_loan, "cancel"), WRITE),
    Entry("findings:lead_inbox", INSPECTING),
    Entry("findings:lead_new", TEAM | WRITER),
    get("lead", a_lead, READ),
    get("lead_edit", a_lead, WRITE),
    get("lead_assign", a_lead, one_of(LEADING, set())),
    get("lead_hand_over", a_lead, one_of(LEADING, set())),
    post("lead_claim", a_lead, WRITE),
    post("lead_link", a_lead, WRITE),
    post("lead_watch", a_lead, WRITE),
    post("lead_action", step(a_held_lead, "explain"), one_of({"member"} | LEADING)),
    post("finish", a_village_at_work, one_of({"leader"}, set())),
    get("import_preview", a_staged_list, OWNER),
    post("import_commit", a_staged_list, OWNER),
    post("import_discard", a_staged_list, OWNER),
]
