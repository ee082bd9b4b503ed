"""The register, an order's page, its Word form, and what is filed."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from archives.models import ArchivePackage
from archives.selectors.gathering import gathered
from archives.selectors.pages import villages_to_file
from core import clock
from core.blanks import find_blank
from core.blanks.context import NOWHERE
from core.errors import ServiceError
from core.files import read_bytes
from core.jobs.registry import may_have
from core.jobs.runner import run_due
from rectification import services
from rectification.documents.order import order_docx
from rectification.models import FixOrder, OrderExtension
from rectification.selectors.order_paper import order_paper
from rectification.selectors.orders import OrderFilters, order_figures, register
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_village
from tests.rectification.ledger import photo
from tests.rectification.orders import NOW, TODAY, make_order, values
from tests.rectification.test_pages import queries
from tests.reports.papers import make_finding
from villages.models import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def titles(cast, user=None, **chosen):
    page = register(user or cast.office_head, cast.round, OrderFilters.read(chosen), TODAY)
    return {row.title for row in page.rows}


def test_filters_narrow_the_register_and_unknown_ones_restrict_nothing(cast):
    make_order(cast, "received", title="甲", due_on=dt.date(2026, 3, 9))
    make_order(cast, "issued", title="乙", kind="handle", due_on=dt.date(2026, 3, 10))
    make_order(cast, "reported", title="丙", due_on=dt.date(2026, 3, 1))
    make_order(cast, "received", "foreign", title="丁", due_on=dt.date(2026, 3, 18))
    every = {"甲", "乙", "丙", "丁"}
    assert titles(cast) == every == titles(cast, status="x", kind="y", team="²", due="z")
    assert titles(cast, cast.deputy) == {"甲", "乙", "丙"}
    assert titles(cast, status="received") == {"甲", "丁"}
    assert titles(cast, kind="handle") == {"乙"}
    assert titles(cast, team=str(cast.other_team.number)) == {"丁"}
    assert titles(cast, village=cast.village_place.code) == {"甲", "乙", "丙"}
    assert titles(cast, due="late") == {"甲"}
    assert titles(cast, due="soon") == {"乙"}
    assert titles(cast, q="甲 公开栏") == {"甲"}


def test_figures_count_by_hand(cast):
    papers = [make_finding(cast, disposal="fix_now") for _ in range(4)]
    make_finding(cast, status="draft", no="")
    for state in ("draft", "signing", "issued", "reported", "withdrawn"):
        make_order(cast, state)
    make_order(cast, "closed", linked_finding=papers[0])
    make_order(cast, "received", linked_finding=papers[0], due_on=dt.date(2026, 3, 9))
    make_order(cast, "withdrawn", linked_finding=papers[1])
    make_order(cast, "draft", linked_finding=papers[2])
    found = order_figures(cast.office_head, cast.round, TODAY)
    assert (found.total, found.issued, found.received, found.closed) == (9, 4, 3, 1)
    assert (found.late, found.soon) == (1, 1)
    assert (found.covered, found.problems) == (1, 4)
    assert "1÷4" in found.formula


def test_the_pages_ask_the_same_number_of_questions_for_one_order_and_for_many(cast, client):
    finding = make_finding(cast, disposal="fix_now")
    row = make_order(cast, "received", linked_finding=finding)
    services.add_order_files(actor=cast.village, order=row, side="after", uploads=[photo()])
    addresses = [
        reverse("rectification:orders"),
        reverse("rectification:orders_open"),
        reverse("rectification:order", args=[row.pk]),
        reverse("rectification:order_card", args=["finding", finding.pk]),
        reverse("rectification:village_card", args=[cast.village_place.pk]),
    ]
    client.force_login(cast.leader)
    few = [queries(client, address) for address in addresses]
    for state in ("draft", "issued", "returned", "closed"):
        make_order(cast, state, linked_finding=finding)
    services.add_order_files(actor=cast.village, order=row, side="before", uploads=[photo(), photo()])
    assert [queries(client, address) for address in addresses] == few


def test_the_card_offers_an_order_only_for_what_is_to_be_put_right_at_once(cast, client):
    client.force_login(cast.member)
    for disposal, offered in (("fix_now", True), ("report", False)):
        paper = make_finding(cast, disposal=disposal)
        page = client.get(reverse("rectification:order_card", args=["finding", paper.pk])).content.decode()
        assert ("开交办单" in page and f"?finding={paper.pk}" in page) is offered
    client.force_login(cast.leader)
    page = client.get(reverse("rectification:order_card", args=["finding", paper.pk])).content.decode()
    assert "?finding=" not in page


def test_an_order_about_nothing_written_yet_begins_with_the_village(cast, client):
    client.force_login(cast.member)
    address = reverse("rectification:order_new")
    page = client.get(address).content.decode()
    assert f"?village={cast.village_place.code}" in page and "柳巷村" not in page
    form = client.get(address, {"village": cast.village_place.code}).content.decode()
    assert "保存草稿" in form and cast.village.office.name in form
    assert "没有可以开交办单" not in page
    client.force_login(cast.office_clerk)
    assert "没有可以开交办单" in client.get(address).content.decode()


def test_a_draft_is_written_by_form_and_warns_without_losing_a_word(cast, client):
    paper = make_finding(cast, disposal="fix_now", title="公章保管")
    client.force_login(cast.member)
    address = f"{reverse('rectification:order_new')}?finding={paper.pk}"
    assert "公章保管" in client.get(address).content.decode()
    given = values(cast, to_office=cast.village.office.pk, cc_office=cast.town.office.pk, due_on="")
    given |= {"problem_brief": "收到举报信后查看，公章由一人保管。"}
    warned = client.post(address, given)
    assert warned.status_code == 422
    assert "举报信" in warned.content.decode() and not FixOrder.objects.exists()
    sent = client.post(address, given | {"confirmed": "on"})
    row = FixOrder.objects.get()
    assert sent.status_code == 302 and row.linked_finding == paper and row.status == "draft"
    edited = given | {"title": "公章由一人保管", "confirmed": "on", "revision": row.revision}
    assert client.post(reverse("rectification:order_edit", args=[row.pk]), edited).status_code == 302
    stale = client.post(reverse("rectification:order_edit", args=[row.pk]), edited | {"title": "又改"})
    assert stale.status_code == 409 and "又改" in stale.content.decode()


def test_the_inspecting_side_steps_by_buttons_and_verifies_by_form(cast, client):
    order = make_order(cast, "signing")
    client.force_login(cast.leader)

    def act(action, **data):
        order.refresh_from_db()
        data |= {"revision": order.revision}
        return client.post(reverse("rectification:fixorder_action", args=[order.pk, action]), data)

    assert act("issue").status_code == 302
    services.receive_order(actor=cast.village, order=FixOrder.objects.get(), name="江予安")
    asked = services.ask_extension(
        actor=cast.village, order=order, reason="等材料", wanted_on=dt.date(2026, 3, 20)
    )
    page = client.get(reverse("rectification:order", args=[order.pk])).content.decode()
    assert "同意延期" in page and "等材料" in page
    client.post(
        reverse("rectification:orderextension_action", args=[asked.pk, "grant"]),
        {"revision": asked.revision, "reason": "同意"},
    )
    order.refresh_from_db()
    assert order.due_on == dt.date(2026, 3, 20)
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])
    services.report_order(actor=cast.village, order=order, measure="补", result="好", principal="江")
    client.force_login(cast.deputy)
    address = reverse("rectification:order_verify", args=[order.pk])
    assert "没有整改前的照片" in client.get(address).content.decode()
    bad = client.post(address, {"revision": order.revision, "verdict": "partly", "note": " "})
    assert bad.status_code == 422
    client.post(address, {"revision": order.revision, "verdict": "done", "note": "现场属实"})
    order.refresh_from_db()
    assert (order.status, order.verifier) == ("closed", cast.deputy)


# --- papers -----------------------------------------------------------------------------------------------


def text_of(content):
    document = Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_filled_form_is_the_blank_one_with_every_word_in_it(cast, tmp_path):
    finding = make_finding(cast, disposal="fix_now")
    order = make_order(cast, "closed", linked_finding=finding)
    OrderExtension.objects.create(
        order=order, reason="等材料", due_before=dt.date(2026, 3, 17), wanted_on=dt.date(2026, 3, 20),
        asked_by=cast.village, asked_on=TODAY, status="granted", answer="同意", decided_by=cast.leader,
        decided_on=TODAY,
    )  # fmt: skip
    content = order_docx(order_paper(order, whole=True))
    assert_valid(content, tmp_path)
    text = text_of(content)
    blank = text_of(find_blank("JB-1").render(NOWHERE, 6))
    for label in (
        "问题摘要",
        "整改要求",
        "依　　据",
        "全镇排查",
        "对应底稿编号",
        "核验结论",
        "办结期限",
        "表JB-1（2026年1月版）",
    ):
        assert label in text and label in blank
    for words in (
        order.doc_no, order.no, "立行立改", order.problem_brief, order.requirement, order.basis, "不需要",
        cast.village.office.name, cast.town.office.name, "组员", "组长", "江予安（书记）", "已补贴", "已更新",
        "2026年3月17日", "有，理由：等材料", "延至2026年3月20日 组长", "已改", "副组长", "属实", finding.no,
    ):  # fmt: skip
        assert words in text, words


def test_the_addressees_copy_names_no_workpaper_and_stays_as_it_was_sent(cast, tmp_path):
    finding = make_finding(cast, disposal="fix_now")
    order = make_order(cast, "closed", linked_finding=finding)
    content = order_docx(order_paper(order, whole=False))
    assert_valid(content, tmp_path)
    text = text_of(content)
    assert order.doc_no in text and finding.no not in text and "已更新" not in text


def test_rounds_of_reports_and_naughty_words_are_printed(cast, tmp_path):
    order = make_order(cast, "returned", problem_brief="=1+1 <b>𠮷\n第二行")
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()], caption="东侧")
    services.report_order(actor=cast.village, order=order, measure="再补", result="补齐", principal="江")
    content = order_docx(order_paper(order, whole=True))
    assert_valid(content, tmp_path)
    text = text_of(content)
    for words in ("=1+1 <b>𠮷", "第二行", "历次报告和核验", "还差一季度", "补齐", "整改后：东侧", "待核验"):
        assert words in text


def test_a_tampered_order_is_not_printed(cast):
    order = make_order(cast, "issued")
    FixOrder.objects.filter(pk=order.pk).update(basis="另一条")
    order.refresh_from_db()
    with pytest.raises(ServiceError, match="不一致"):
        order_paper(order, whole=True)
    with pytest.raises(ServiceError, match="签发后"):
        order_paper(make_order(cast, "draft"), whole=True)


def test_word_comes_from_a_job_and_is_asked_again_who_may_have_it(cast, client):
    order = make_order(cast, "issued")
    client.force_login(cast.deputy)
    client.post(reverse("rectification:order_word", args=[order.pk]))
    job = run_due()
    assert (job.state, job.result_file.name) == ("done", f"交办单 {order.doc_no}.docx")
    args = {"order": str(order.pk)}
    assert may_have("rectification.order", cast.deputy, args)
    for who in ("outsider", "village", "town", "sysadmin"):
        assert not may_have("rectification.order", getattr(cast, who), args)


def test_the_register_as_a_workbook(cast, tmp_path):
    finding = make_finding(cast, disposal="fix_now")
    make_order(cast, "closed", linked_finding=finding)
    make_order(cast, "received", due_on=dt.date(2026, 3, 9), title="=逾期的")
    make_order(cast, "draft"), make_order(cast, "issued", "foreign")
    services.request_order_register(actor=cast.deputy, round=cast.round)
    job = run_due()
    assert job.state == "done", job.error
    content = read_bytes(job.result_file)
    assert_valid(content, tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["交办单登记簿"]
    header, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    found = [dict(zip(header, row, strict=True)) for row in rows if isinstance(row[0], int)]
    assert len(found) == 3
    first, second, draft = found
    assert (first["核验结论"], first["对应底稿编号"], first["报告次数"], first["签收人"]) == (
        "已改", finding.no, 1, "江予安（书记）",
    )  # fmt: skip
    assert (second["交办事项"], second["是否逾期"]) == ("=逾期的", "逾期")
    assert (draft["文号"], draft["状态"]) == (None, "草稿")
    assert "已签发2份" in str(rows[-1][0]) and "1÷1" in str(rows[-1][0])


def test_orders_are_filed_with_their_files_and_withdrawn_ones_too(cast):
    order, called_off = make_order(cast, "received"), make_order(cast, "withdrawn")
    make_order(cast, "draft")
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()], caption="东侧")
    services.report_order(actor=cast.village, order=order, measure="补", result="好", principal="江")
    services.verify_order(actor=cast.deputy, order=order, verdict="partly", note="还差")
    services.add_order_files(
        actor=cast.village, order=order, side="after", uploads=[photo()], caption="没报的"
    )
    papers = [p for p in gathered(cast.office_clerk, cast.round) if "order" in p.source]
    assert [p.doc_no for p in papers] == [order.doc_no, order.doc_no, called_off.doc_no]
    assert papers[1].title == f"{order.doc_no}第1次报告整改后1：东侧"
    assert order.doc_no in text_of(papers[0].content())
    assert called_off.withdrawn_reason in text_of(papers[2].content())
    other = make_inspection(cast.team, make_village(cast.town_place))
    assert [p for p in gathered(cast.office_clerk, cast.round, other) if "order" in p.source] == []


def test_a_village_is_not_filed_while_an_order_is_open(cast):
    order = make_order(cast, "reported")
    make_order(cast, "draft"), make_order(cast, "withdrawn")
    type(cast.inspection).objects.filter(pk=cast.inspection.pk).update(status=Stage.RECTIFY)
    package = ArchivePackage(round=cast.round)
    assert villages_to_file(package)[1] == [cast.inspection]
    services.verify_order(actor=cast.deputy, order=order, verdict="done", note="属实")
    assert villages_to_file(package)[0] == [cast.inspection]


# --- from a paper that went into another ------------------------------------------------------------------


def test_an_order_of_a_merged_paper_is_read_at_the_kept_one_and_leads_there(cast, client):
    first, second, kept = (
        make_finding(cast, disposal="fix_now", title=title) for title in ("甲", "乙", "丙")
    )
    order = make_order(cast, "issued", linked_finding=first)
    for gone, into in ((first, second), (second, kept)):
        type(gone).objects.filter(pk=gone.pk).update(status="merged", merged_into=into)
    client.force_login(cast.member)
    card = client.get(reverse("rectification:order_card", args=["finding", kept.pk])).content.decode()
    assert order.doc_no in card
    page = client.get(reverse("rectification:order", args=[order.pk])).content.decode()
    assert reverse("findings:finding", args=[first.pk]) in page
    assert reverse("findings:finding", args=[kept.pk]) in page and "已并入" in page
    assert FixOrder.objects.get().linked_finding == first
    found = order_figures(cast.office_head, cast.round, TODAY)
    assert (found.covered, found.problems) == (1, 1)
