"""Official papers: what an announcement must tell, numbers used once, frozen when issued, who sees them."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from core import clock
from core.errors import NotAllowed, ServiceError
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models.jobs import Job
from prep.models import OfficialPaper, PaperKind, TeamContact
from prep.rules.official import missing_in
from prep.selectors import official as selectors
from prep.selectors.office_desk import office_desk_items
from prep.services import official as services
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_team, make_user, make_village
from tests.prep.office_papers import CONTACT, dated, draft, fill_contact, issued, lead_the_other_team
from villages.models import Membership, Role, Round, RoundParameter

pytestmark = pytest.mark.django_db


def word(cast, paper, tmp_path, who=None):
    row = services.request_official_paper(actor=who or cast.office_clerk, paper=paper)
    run_due(row.pk)
    content = read_bytes(Job.objects.get(pk=row.pk).result_file)
    assert_valid(content, tmp_path)
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return [p.text for p in document.paragraphs], cells


# --- what stands in them ----------------------------------------------------------------------------------


def test_an_announcement_tells_everything_a_villager_needs(cast, tmp_path):
    paragraphs, cells = word(cast, issued(cast), tmp_path)
    text = "\n".join(paragraphs)
    for part in (
        cast.round.name, cast.team.name, "组长：组长；副组长：副组长", "云溪村", "2026年3月2日至2026年3月22日",
        "巡察工作领导小组授权", "已经离任、退休人员", "群众纪律", "个人诉求", "涉法涉诉", "0990-1234567",
        "每天8:30—17:30",
        "13900000000", "青岚区第1号信箱", "xc1@qinglan.example", "村党群服务中心门口；集市公告栏旁", "镇便民中心二楼",
        "0990-7654321", "只受理，不答复", "中共青岚区委巡察工作领导小组办公室", "2026年2月25日",
    ):  # fmt: skip
        assert part in text, part
    # Closing day: the 22nd less seven days.
    assert cells[-4:] == ["云溪村", "2026年3月2日", "2026年3月22日", "2026年3月15日"]


def test_the_closing_day_follows_the_round_s_parameter(cast):
    RoundParameter.objects.create(
        round=cast.round, key="petition_close_offset_days", label="停止受理", value=3
    )
    fill_contact(cast)
    assert draft(cast).annexes[0]["rows"] == [["云溪村", "2026年3月2日", "2026年3月22日", "2026年3月19日"]]


def test_a_notice_names_town_villages_materials_and_the_last_day_to_send_it(cast, tmp_path):
    fill_contact(cast)
    paper = draft(cast, PaperKind.NOTICE)
    paragraphs, cells = word(cast, paper, tmp_path)
    text = "\n".join(paragraphs)
    assert cast.town.office.name in text and "云溪村党组织" in text and "不得补写、涂改" in text
    assert "（草稿）" in text and "中共青岚区委巡察工作领导小组办公室文件" in text
    assert "2026年2月27日前" in text  # three days before entry
    assert "惠民资金" in cells
    assert selectors.send_by(paper) == dt.date(2026, 2, 20)  # ten days before 2 March


def test_an_authorisation_lists_teams_people_villages_and_days(cast, tmp_path):
    paper = draft(cast, PaperKind.AUTHORISATION)
    assert (paper.team, paper.town) == (None, None)
    paragraphs, cells = word(cast, paper, tmp_path)
    assert f"授权组长任{cast.team.name}组长" in "\n".join(paragraphs)
    for part in ("副组长", "组员", "档案员", "外组组员", "云溪村", "柳巷村", "2026年3月2日", "2026年3月22日"):
        assert part in cells, part


def test_short_numbered_lines_become_headings_and_sentences_stay_sentences(cast, tmp_path):
    paper = draft(cast, PaperKind.AUTHORISATION)
    body = (
        "一、总的要求\n（一）先账后人\n（二）每日碰头，重要情况当日报告。\n一、这一句以句号结尾，不是标题。"
    )
    services.edit_paper(actor=cast.office_clerk, paper=paper, revision=paper.revision, values={"body": body})
    row = services.request_official_paper(actor=cast.office_clerk, paper=paper)
    run_due(row.pk)
    document = Document(io.BytesIO(read_bytes(Job.objects.get(pk=row.pk).result_file)))
    styles = {p.text: p.style.style_id for p in document.paragraphs}
    assert styles["一、总的要求"] == "Heading1" and styles["（一）先账后人"] == "Heading2"
    assert (
        styles["（二）每日碰头，重要情况当日报告。"]
        == styles["一、这一句以句号结尾，不是标题。"]
        == "OfficialBody"
    )


# --- issuing ----------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_in_words_and_stops_the_issue(cast):
    paper = draft(cast)
    missing = missing_in(paper)
    for words in ("还没有填写举报电话", "还没有填写监督电话", "还没有填写意见箱位置", "还没有填写成文日期"):
        assert words in missing
    assert any("（待填写）" in words for words in missing)
    with pytest.raises(NotAllowed, match="还没有填写举报电话"):
        services.issue_paper(actor=cast.office_clerk, paper=paper)
    fill_contact(cast)
    paper = services.recompose_paper(actor=cast.office_clerk, paper=paper)
    assert missing_in(paper) == ["还没有填写成文日期"]
    assert services.issue_paper(actor=cast.office_head, paper=dated(cast, paper)).status == "issued"


@pytest.mark.parametrize("name", sorted(set(CONTACT) - {"station"}))
def test_each_single_gap_in_the_contacts_stops_an_announcement(cast, name):
    fill_contact(cast, **{name: [] if name == "boxes" else ""})
    paper = dated(cast, draft(cast))
    with pytest.raises(NotAllowed):
        services.issue_paper(actor=cast.office_clerk, paper=paper)


def test_an_issued_paper_stands_whatever_happens_to_the_data(cast, tmp_path):
    paper = issued(cast)
    before = word(cast, paper, tmp_path)
    contact = TeamContact.objects.get(team=cast.team)
    services.save_contact(
        actor=cast.leader, team=cast.team, revision=contact.revision, values=CONTACT | {"hotline": "110"}
    )
    cast.inspection.exit_on = dt.date(2026, 4, 22)
    cast.inspection.save()
    assert word(cast, OfficialPaper.objects.get(pk=paper.pk), tmp_path) == before
    for change in (
        lambda: services.edit_paper(
            actor=cast.office_clerk, paper=paper, revision=paper.revision, values={"title": "新标题"}
        ),
        lambda: services.recompose_paper(actor=cast.office_clerk, paper=paper),
        lambda: services.issue_paper(actor=cast.office_clerk, paper=paper),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_number_is_used_once_and_not_again_after_voiding(cast):
    paper = issued(cast)
    assert paper.doc_no == f"{cast.district.short}巡告〔{clock.today().year}〕1号"
    services.void_paper(actor=cast.office_clerk, paper=paper, reason="日期有误")
    again = draft(cast)
    assert again.doc_no.endswith("〕2号")
    for number in (paper.doc_no, "青巡告2026-5", "青巡告〔2026〕05号", "青巡告[2026]5号"):
        with pytest.raises(ServiceError) as caught:
            services.edit_paper(
                actor=cast.office_clerk, paper=again, revision=again.revision, values={"doc_no": number}
            )
        assert caught.value.field == "doc_no"
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialPaper.objects.filter(pk=again.pk).update(doc_no=paper.doc_no)


def test_a_paper_is_voided_with_a_reason_only(cast):
    with pytest.raises(ServiceError, match="理由"):
        services.void_paper(actor=cast.office_clerk, paper=issued(cast), reason=" ")


def test_the_database_knows_no_issued_paper_without_number_and_date(cast):
    paper = draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialPaper.objects.filter(pk=paper.pk).update(status="issued")


def test_an_authorisation_gives_its_number_to_members_without_one(cast):
    lead_the_other_team(cast)
    Membership.objects.filter(user=cast.leader).update(authorisation_no="青巡领〔2026〕1号")
    paper = dated(cast, draft(cast, PaperKind.AUTHORISATION), dt.date(2026, 2, 21))
    services.issue_paper(actor=cast.office_clerk, paper=paper)
    numbers = dict(Membership.objects.values_list("user__display_name", "authorisation_no"))
    assert numbers["组长"] == "青巡领〔2026〕1号"
    assert numbers["组员"] == numbers["外组组员"] == paper.doc_no
    assert Membership.objects.get(user=cast.member).authorised_on == dt.date(2026, 2, 21)


def test_later_papers_quote_the_authorisation(cast):
    lead_the_other_team(cast)
    paper = dated(cast, draft(cast, PaperKind.AUTHORISATION))
    services.issue_paper(actor=cast.office_clerk, paper=paper)
    assert paper.doc_no in draft(cast).body


# --- drafting ---------------------------------------------------------------------------------------------


def test_the_whole_set_of_a_round_is_drafted_once(cast):
    assert len(selectors.lacking(cast.round)) == 5  # one authorisation, two notices, two announcements
    services.draft_round_papers(actor=cast.office_clerk, round=cast.round)
    kinds = list(OfficialPaper.objects.values_list("kind", flat=True))
    assert sorted(kinds) == ["announcement", "announcement", "authorisation", "notice", "notice"]
    with pytest.raises(ServiceError, match="都已起草"):
        services.draft_round_papers(actor=cast.office_clerk, round=cast.round)
    with pytest.raises(ServiceError, match="已经起草"):
        draft(cast)


def test_only_the_office_writes_and_not_in_an_ended_round(cast):
    paper = draft(cast)
    for other in (cast.leader, cast.town, cast.sysadmin):
        with pytest.raises(NotAllowed):
            services.draft_round_papers(actor=other, round=cast.round)
        with pytest.raises(NotAllowed):
            services.edit_paper(actor=other, paper=paper, revision=1, values={"title": "新"})
        with pytest.raises(NotAllowed):
            services.void_paper(actor=other, paper=paper, reason="错")
    Round.objects.filter(pk=cast.round.pk).update(status="closed")
    cast.round.refresh_from_db()
    with pytest.raises(NotAllowed, match="已结束"):
        services.draft_round_papers(actor=cast.office_clerk, round=cast.round)


def test_contacts_are_kept_by_office_and_those_who_lead(cast):
    for other in (cast.member, cast.outsider, cast.town):
        with pytest.raises(NotAllowed):
            services.save_contact(actor=other, team=cast.team, revision=0, values=CONTACT)
    assert services.save_contact(actor=cast.deputy, team=cast.team, revision=0, values=CONTACT).hotline


# --- who sees them ----------------------------------------------------------------------------------------


def test_teams_see_what_was_issued_for_them_and_no_draft(cast):
    own, foreign = issued(cast), issued(cast, "foreign")
    whole = dated(cast, draft(cast, PaperKind.AUTHORISATION))
    unsworn = make_user(Role.INSPECTOR)
    assert set(OfficialPaper.objects.visible_to(cast.member)) == {own}
    services.issue_paper(actor=cast.office_clerk, paper=whole)
    assert set(OfficialPaper.objects.visible_to(cast.member)) == {own, whole}
    assert set(OfficialPaper.objects.visible_to(cast.outsider)) == {foreign, whole}
    assert OfficialPaper.objects.visible_to(cast.office_head).count() == 3
    for other in (cast.town, cast.village, cast.department, cast.sysadmin, unsworn):
        assert not OfficialPaper.objects.visible_to(other).exists()


# --- pages ------------------------------------------------------------------------------------------------


def test_the_register_is_searched_by_title_number_and_addressee(cast, client):
    fill_contact(cast)
    notice = draft(cast, PaperKind.NOTICE)
    draft(cast)
    client.force_login(cast.office_clerk)
    for q in ("进驻", notice.doc_no, "云溪村党组织"):
        text = client.get(reverse("prep:papers"), {"q": q}).content.decode()
        assert notice.title in text and "巡察公告</b>" not in text, q
    assert "没有符合条件" in client.get(reverse("prep:papers"), {"q": "不存在"}).content.decode()


def test_a_draft_page_lists_what_is_missing_and_the_issue_button_says_why_not(cast, client):
    paper = draft(cast)
    client.force_login(cast.office_clerk)
    text = client.get(reverse("prep:officialpaper", kwargs={"pk": paper.pk})).content.decode()
    assert "印发前还缺" in text and "还没有填写举报电话" in text and "disabled" in text


def test_a_number_typed_twice_is_said_beside_the_field_and_nothing_is_lost(cast, client):
    taken = issued(cast).doc_no
    paper = draft(cast, PaperKind.NOTICE)
    client.force_login(cast.office_clerk)
    sent = {
        "revision": paper.revision,
        "title": "改过的标题",
        "doc_no": taken,
        "body": "正文",
        "dated_on": "",
    }
    response = client.post(reverse("prep:paper_edit", kwargs={"pk": paper.pk}), sent)
    assert response.status_code == 422
    assert "作废的文号也不再使用" in response.content.decode() and "改过的标题" in response.content.decode()


def test_the_desk_of_the_office_says_which_papers_are_missing(cast):
    with clock.held(dt.date(2026, 2, 20)):
        titles = [line.title for line in office_desk_items(cast.office_clerk, cast.round)]
        assert titles == [f"{cast.round.name}还缺5份公文"]
        assert office_desk_items(cast.member, cast.round) == []


def test_the_register_costs_the_same_with_one_and_with_three(cast, client, django_assert_max_num_queries):
    def cost(who):
        client.force_login(who)
        client.get(reverse("prep:papers"))
        with django_assert_max_num_queries(60) as counted:
            assert client.get(reverse("prep:papers")).status_code == 200
        return len(counted)

    issued(cast)
    before = [cost(cast.office_clerk), cost(cast.leader)]
    for _ in range(2):
        team = make_team(cast.round)
        make_inspection(team, make_village(cast.town_place))
        fill_contact(cast, team)
        services.draft_paper(actor=cast.office_clerk, round=cast.round, kind="announcement", team=team)
    assert [cost(cast.office_clerk), cost(cast.leader)] == before


def test_a_last_day_on_which_nobody_works_moves_to_the_working_day_before(cast):
    cast.inspection.entry_on = dt.date(2026, 3, 3)
    cast.inspection.save()
    paper = draft(cast, PaperKind.NOTICE)
    assert selectors.send_by(paper) == dt.date(2026, 2, 20)  # ten days before is Saturday the 21st
    assert "2026年2月27日前" in paper.body  # three days before is Saturday the 28th
