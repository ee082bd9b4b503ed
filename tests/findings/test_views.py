"""Pages: what a browser sends and sees."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from core.jobs.runner import run_due
from core.models import Job
from core.office.check import check_ooxml
from findings import services
from findings.models import EvidenceItem, Finding, FindingImport, Talk
from tests.factories import make_inspection, make_village
from tests.findings import papers
from tests.findings.test_import import row, workbook

pytestmark = pytest.mark.django_db


def url(name, finding, **more):
    return reverse(f"findings:{name}", kwargs={"pk": finding.pk} | more)


def typed(cast, **over):
    """What the new-paper form sends."""
    fields = {
        "village": cast.inspection.pk, "title": "鱼塘租金未收", "category": papers.category(cast, "E").pk,
        "subcategory": papers.category(cast, "E3").pk, "severity": "key", "commonality": "individual",
        "period_from": "2023-06-01", "period_to": "2025-12-31", "years": "", "amount": "59300", "quantity": "",
        "unit": "", "summary": "未收租金。", "origins": ["ledger", "talk"], "facts": "2023年7月起未缴。",
        "basis": "《办法》第十九条\n《制度》第三条\n", "root_cause": "", "response_of_target": "属实",
        "no_response_reason": "", "disposal": "report", "open_question": "", "prepared_on": "",
        "discovery-0-on": "2026-03-05", "discovery-0-method": "ledger", "discovery-0-people": "二人",
        "discovery-0-text": "翻账。", "discovery-1-on": "", "discovery-1-method": "", "discovery-1-people": "",
        "discovery-1-text": "", "_key": "k1",
    }  # fmt: skip
    return fields | over


def page(response):
    return response.content.decode()


def photo(name="鱼塘.jpg"):
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


# --- writing ----------------------------------------------------------------------------------------------


def test_a_form_makes_one_draft_with_all_that_was_typed(cast, client):
    client.force_login(cast.member)
    response = client.post(reverse("findings:finding_new"), typed(cast))
    finding = Finding.objects.get()
    assert response.url == url("finding", finding)
    assert (finding.handler, finding.basis) == (cast.member, ["《办法》第十九条", "《制度》第三条"])
    assert (finding.origins, str(finding.amount)) == (["ledger", "talk"], "59300.00")
    assert finding.step_rows()[0]["text"] == "翻账。"


def test_a_double_click_makes_one_paper(cast, client):
    client.force_login(cast.member)
    first = client.post(reverse("findings:finding_new"), typed(cast))
    second = client.post(reverse("findings:finding_new"), typed(cast))
    assert (first.url, Finding.objects.count()) == (second.url, 1)


def test_a_second_level_alone_names_its_first_level(cast, client):
    client.force_login(cast.member)
    client.post(reverse("findings:finding_new"), typed(cast, category=""))
    assert Finding.objects.get().category.code == "E"


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(cast, client):
    client.force_login(cast.member)
    wrong = typed(cast, **{"title": "", "years": "去年", "discovery-0-text": "", "facts": "写了很久的事实"})
    response = client.post(reverse("findings:finding_new"), wrong)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {"title", "years", "discovery"}
    assert "第1行经过" in errors["discovery"][0]
    assert "写了很久的事实" in page(response)
    assert "翻账" not in page(response) and "2026-03-05" in page(response)


def test_a_village_of_another_team_cannot_be_chosen(cast, client):
    client.force_login(cast.member)
    response = client.post(reverse("findings:finding_new"), typed(cast, village=cast.other_inspection.pk))
    assert "village" in response.context["form"].errors
    assert Finding.objects.count() == 0


def test_two_editors_see_both_texts_and_the_second_decides(cast, client):
    finding = papers.draft(cast)
    sent = typed(cast, revision=finding.revision, facts="乙的事实", summary=finding.summary)
    sent.pop("village")
    services.edit_finding(
        actor=cast.member, finding=finding, revision=finding.revision, values={"facts": "甲的事实"}
    )
    client.force_login(cast.deputy)
    response = client.post(url("finding_edit", finding), sent)
    assert response.status_code == 409
    assert "甲的事实" in page(response) and "乙的事实" in page(response)
    assert "查证事实" in {row["label"] for row in response.context["conflict"]["rows"]}
    assert papers.reload(finding).facts == "甲的事实"
    sent |= {"revision": response.context["conflict"]["current"].revision, "_key": "k2"}
    assert client.post(url("finding_edit", finding), sent).status_code == 302
    assert papers.reload(finding).facts == "乙的事实"


def test_an_edit_under_signatures_says_so_before_and_after(cast, client):
    finding = papers.signing(cast)
    client.force_login(cast.member)
    assert "签名全部失效" in page(client.get(url("finding_edit", finding)))
    sent = typed(cast, revision=finding.revision, facts="补充的事实")
    sent.pop("village")
    response = client.post(url("finding_edit", finding), sent, follow=True)
    assert "原签名已全部失效" in page(response)
    assert papers.reload(finding).status == "draft"


# --- steps ------------------------------------------------------------------------------------------------


def test_the_signing_story_by_buttons(cast, client):
    finding = papers.draft(cast)
    for person, step in (
        (cast.member, "sign_handler"),
        (cast.deputy, "sign_deputy"),
        (cast.leader, "sign_leader"),
    ):
        client.force_login(person)
        finding = papers.reload(finding)
        assert f"/banli/{step}/" in page(client.get(url("finding", finding)))
        client.post(url("finding_action", finding, action=step), {"revision": finding.revision})
    assert papers.reload(finding).status == "signed"
    client.force_login(cast.office_clerk)
    finding = papers.reload(finding)
    client.post(url("finding_action", finding, action="file"), {"revision": finding.revision})
    assert papers.reload(finding).status == "filed"


def test_an_incomplete_paper_says_on_its_page_what_is_missing(cast, client):
    finding = papers.draft(cast, facts="", evidence=[])
    client.force_login(cast.member)
    text = page(client.get(url("finding", finding)))
    assert "提交前还缺" in text
    gap = f"{url('finding_edit', finding)}#div_id_facts"
    assert f'<a href="{gap}">查证事实</a>' in text
    assert f'<a href="{url("finding", finding)}#zhicheng">支撑材料' in text
    assert "缺少：" not in text, "what is missing stands there once"
    response = client.post(
        url("finding_action", finding, action="sign_handler"), {"revision": finding.revision}, follow=True
    )
    assert "缺少：查证事实、支撑材料" in page(response)


def test_a_button_of_an_old_page_changes_nothing_and_says_so(cast, client):
    finding = papers.signing(cast)
    client.force_login(cast.leader)
    response = client.post(
        url("finding_action", finding, action="sign_leader"), {"revision": finding.revision - 1}, follow=True
    )
    assert "刚被别人改过" in page(response)
    assert papers.reload(finding).status == "signing"


@pytest.mark.parametrize("action", ["reopen", "withdraw", "nonsense"])
def test_steps_without_a_button_have_no_address(action, cast, client):
    finding = papers.signed(cast)
    client.force_login(cast.leader)
    response = client.post(url("finding_action", finding, action=action), {"revision": finding.revision})
    assert response.status_code == 404
    assert papers.reload(finding).status == "signed"


def test_a_step_that_is_not_ones_own_is_refused_with_its_reason(cast, client):
    finding = papers.signing(cast)
    client.force_login(cast.member)
    response = client.post(
        url("finding_action", finding, action="sign_leader"), {"revision": finding.revision}
    )
    assert response.status_code == 403
    assert "应由组长审签" in page(response)


def test_withdrawing_asks_for_reason_and_decision(cast, client):
    finding = papers.signed(cast)
    client.force_login(cast.leader)
    response = client.post(url("finding_withdraw", finding), {"revision": finding.revision, "reason": "x"})
    assert "group_decision" in response.context["form"].errors
    sent = {"revision": finding.revision, "reason": "不成立", "group_decision": "3月12日组务会同意。"}
    text = page(client.post(url("finding_withdraw", finding), sent, follow=True))
    assert "3月12日组务会同意" in text


# --- the review list --------------------------------------------------------------------------------------


def test_the_list_opens_its_first_paper_and_a_row_loads_beside_it(cast, client):
    first, second = papers.signing(cast, title="第一个问题"), papers.signing(cast, title="第二个问题")
    client.force_login(cast.leader)
    response = client.get(reverse("findings:review"), follow=True)
    assert response.context["chosen"] == first
    pane = client.get(url("finding", second) + "?pane=1")
    assert "第二个问题" in page(pane) and "<html" not in page(pane)
    at = client.get(reverse("findings:review"), {"at": second.pk})
    assert at.context["chosen"] == second


def test_signing_beside_the_list_opens_the_next_with_the_filters_kept(cast, client):
    first, second = papers.signing(cast), papers.signing(cast)
    client.force_login(cast.leader)
    response = client.post(
        url("review_action", first, action="sign_leader"),
        {"revision": first.revision},
        headers={"referer": f"{reverse('findings:review')}?status=signing&at={first.pk}"},
    )
    assert response.url == f"{reverse('findings:review')}?status=signing&at={second.pk}"
    assert papers.reload(first).status == "signed"


def test_bulk_signing_says_what_was_and_was_not_done(cast, client):
    mine, waiting = papers.signing(cast), papers.checking(cast)
    client.force_login(cast.leader)
    ticked = [f"{f.pk}:{f.revision}" for f in (mine, waiting)]
    text = page(client.post(reverse("findings:bulk_sign"), {"paper": ticked}, follow=True))
    assert "已办理 1 份" in text and "1 份未办理" in text and "应由副组长复核" in text
    assert papers.reload(mine).status == "signed"


@pytest.mark.parametrize("ticked", [[], ["nonsense"], ["x:1"], ["019a0000-0000-7000-8000-000000000000:y"]])
def test_bulk_signing_survives_anything_that_is_sent(ticked, cast, client):
    client.force_login(cast.leader)
    assert client.post(reverse("findings:bulk_sign"), {"paper": ticked}).status_code in (302, 400)


@pytest.mark.parametrize(
    "query", ["at=x", "cursor=%01", "status='--", "q=%F0%9F%90%9F", "village=x%2F..", "sort=-id"]
)
def test_the_list_survives_any_address(query, cast, client):
    papers.signing(cast)
    client.force_login(cast.leader)
    assert client.get(f"{reverse('findings:review')}?{query}").status_code == 200


# --- materials, persons, print, word ----------------------------------------------------------------------


def test_many_files_at_once_become_materials_with_thumbnails(cast, client):
    finding = papers.draft(cast, evidence=[])
    client.force_login(cast.member)
    sent = {"files": [photo("甲.jpg"), photo("乙.jpg")], "kind": "site", "origin": "photo", "page_range": "",
            "revision": finding.revision}  # fmt: skip
    client.post(url("evidence_upload", finding), sent)
    items = list(finding.evidence.order_by("seq"))
    assert [(i.name, i.kind, i.origin) for i in items] == [
        ("甲.jpg", "site", "photo"),
        ("乙.jpg", "site", "photo"),
    ]
    assert client.get(url("evidence_thumbnail", items[0]))["Content-Type"] == "image/jpeg"
    original = client.get(url("evidence_file", items[0]))
    assert original["Content-Disposition"].startswith("attachment")
    client.force_login(cast.outsider)
    assert client.get(url("evidence_file", items[0])).status_code == 404


def test_a_file_that_lies_is_refused_and_no_material_listed(cast, client):
    finding = papers.draft(cast, evidence=[])
    client.force_login(cast.member)
    lie = SimpleUploadedFile("凭证.pdf", b"MZ\x90 program", content_type="application/pdf")
    sent = {"files": [photo(), lie], "kind": "ledger", "origin": "copy", "revision": finding.revision}
    response = client.post(url("evidence_upload", finding), sent, follow=True)
    assert "凭证.pdf" in page(response)
    assert EvidenceItem.objects.count() == 0


def test_names_of_persons_are_on_the_page_of_those_who_may_see_them_only(cast, client):
    finding = papers.draft(cast)
    client.force_login(cast.member)
    sent = {"name": "金丝雀甲", "post": "会计", "part": "", "revision": finding.revision}
    client.post(url("person_add", finding), sent)
    shown = {}
    for role in ("member", "leader", "office_head", "office_clerk"):
        client.force_login(getattr(cast, role))
        shown[role] = "金丝雀" in page(client.get(url("finding", finding)))
    assert shown == {"member": True, "leader": True, "office_head": True, "office_clerk": False}
    client.force_login(cast.member)
    for name in ("finding_print", "finding_edit"):
        assert "金丝雀" not in page(client.get(url(name, finding)))


def test_word_is_made_in_the_background_and_fetched_from_the_job(cast, client):
    finding = papers.signed(cast)
    client.force_login(cast.member)
    response = client.post(url("finding_word", finding))
    job = Job.objects.get()
    assert (job.kind, response.url) == ("findings.paper", reverse("core:job", kwargs={"pk": job.pk}))
    run_due(job.pk)
    made = client.get(reverse("core:job_file", kwargs={"pk": job.pk}))
    assert check_ooxml(b"".join(made.streaming_content)) == []


def test_a_paper_that_went_out_of_sight_is_not_made_any_more(cast, client):
    finding = papers.signed(cast)
    client.force_login(cast.member)
    client.post(url("finding_word", finding))
    cast.member.recusals.create(village=finding.village, relation="kin")
    run_due(Job.objects.get().pk)
    assert Job.objects.get().result_file is None


@pytest.mark.parametrize("name", ["review", "talks", "progress", "deleted"])
def test_a_page_asks_as_often_for_three_rows_as_for_one(name, cast, client):
    def grow():
        inspection = make_inspection(cast.team, make_village(cast.town_place), status="finding")
        papers.signing(cast, inspection=inspection)
        papers.talk(cast, inspection=inspection)
        gone = papers.draft(cast, inspection=inspection)
        services.delete_finding(actor=cast.member, finding=gone, revision=gone.revision, reason="重复")

    def queries():
        client.get(reverse(f"findings:{name}"), follow=True)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"findings:{name}"), follow=True).status_code == 200
        return len(captured)

    client.force_login(cast.leader)
    grow()
    one = queries()
    grow()
    grow()
    assert queries() == one


def test_the_office_takes_signed_papers_on_file_at_once(cast, client):
    ready, waiting = papers.signed(cast), papers.signing(cast)
    client.force_login(cast.office_clerk)
    ticked = [f"{f.pk}:{f.revision}" for f in (ready, waiting)]
    text = page(client.post(reverse("findings:bulk_sign"), {"paper": ticked}, follow=True))
    assert "已办理 1 份" in text and "1 份未办理" in text
    assert (papers.reload(ready).status, papers.reload(waiting).status) == ("filed", "signing")


def test_a_list_is_uploaded_looked_at_and_confirmed(cast, client):
    client.force_login(cast.member)
    upload = SimpleUploadedFile("清单.xlsx", workbook(row(), row(发生时间="早年")))
    response = client.post(reverse("findings:finding_import"), {"file": upload, "_key": "u1"})
    staged = FindingImport.objects.get()
    preview = page(client.get(response.url))
    assert "鱼塘租金未收" in preview and "看不出时间" in preview and "只导入正确的 1 行" in preview
    client.post(url("import_commit", staged), {"revision": staged.revision, "skip": "1"})
    assert Finding.objects.count() == 1
    client.force_login(cast.deputy)
    assert client.get(url("import_preview", staged)).status_code == 404


# --- talks, progress --------------------------------------------------------------------------------------


def test_a_talk_is_written_submitted_and_signed(cast, client):
    client.force_login(cast.member)
    sent = {
        "village": cast.inspection.pk, "target_category": "accountant", "target_name": "甲", "target_post": "会计",
        "purpose": "", "happened_at": "2026-03-06T09:00", "ended_at": "2026-03-06T10:00", "place": "村委会",
        "talker": cast.deputy.pk, "recorder": cast.member.pk, "read_back": "on", "outline-0-question": "问",
        "outline-0-answer": "答", "outline-0-key_point": "", "_key": "t1",
    }  # fmt: skip
    client.post(reverse("findings:talk_new"), sent)
    talk = Talk.objects.get()
    assert talk.happened_at.isoformat() == "2026-03-06T01:00:00+00:00"
    client.post(url("talk_action", talk, action="submit"), {"revision": talk.revision})
    client.force_login(cast.deputy)
    talk = Talk.objects.get()
    client.post(url("talk_action", talk, action="sign"), {"revision": talk.revision})
    assert Talk.objects.get().status == "signed"


def test_talker_and_recorder_are_two_people_in_the_form_too(cast, client):
    client.force_login(cast.member)
    response = client.post(
        reverse("findings:talk_new"), {"talker": cast.member.pk, "recorder": cast.member.pk, "_key": "t2"}
    )
    assert "不能是同一人" in str(response.context["form"].errors["recorder"])


def test_deleted_drafts_are_listed_and_restored(cast, client):
    finding = papers.draft(cast)
    client.force_login(cast.member)
    client.post(url("finding_delete", finding), {"revision": finding.revision, "reason": "重复"})
    assert finding.title in page(client.get(reverse("findings:deleted")))
    assert "恢复草稿" in page(client.get(url("finding", finding)))
    client.post(url("finding_restore", finding), {"revision": papers.reload(finding).revision})
    assert papers.reload(finding).deleted_at is None
