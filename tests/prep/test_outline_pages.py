"""The pages of outlines through HTTP, their Word file read back by another reader, and talks begun from them."""

import datetime as dt
import io

import docx
import pytest
from django.urls import reverse

from core.blanks.filled import filled_papers
from core.jobs.runner import run_due
from findings.models import Talk
from prep import services
from prep.documents.outline import outlines_docx
from prep.models import Outline, Scope
from prep.selectors.outlines import papers_of, printable
from tests.prep.lists import make_item, save_profile
from tests.prep.outlines import draw, final, kind, rows, save, seed, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


def at(name, row, **more):
    return reverse(f"prep:{name}", kwargs={"pk": row.pk} | more)


def posted(outline, wanted, **over):
    """The edit form as the browser sends it; ``wanted`` as from ``rows``, numbers by place unless given."""
    sent = {"revision": str(outline.revision)}
    for n, row in enumerate(wanted):
        sent |= {f"questions-{n}-id": row["id"], f"questions-{n}-text": row["text"]}
        sent[f"questions-{n}-seq"] = str(row.get("seq", n + 1))
        sent |= {f"questions-{n}-{name}": "on" for name in ("must", "drop") if row.get(name)}
    return sent | over


# --- reading and writing ----------------------------------------------------------------------------------


def test_an_outline_is_drawn_from_its_list_written_made_final_and_followed(member, cast):
    seed()
    make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    listing = member.get(at("outlines", cast.inspection)).content.decode()
    assert "还没有提纲" in listing and "镇包村干部" in listing
    made = member.post(at("outline_new", cast.inspection), {"kind": str(kind("secretary").pk)})
    outline = Outline.objects.get()
    assert made.url == at("outline", outline)
    page = member.get(made.url).content.decode()
    assert "鱼塘租金去向" in page and "清单1" in page and "必问" in page
    assert member.post(at("outline_edit", outline), posted(outline, rows(outline)[:2])).url == made.url
    outline.refresh_from_db()
    member.post(at("outline_action", outline, action="finalise"), {"revision": outline.revision})
    member.post(at("outline_follow", outline), {})
    versions = {row.status: row for row in Outline.objects.all()}
    assert set(versions) == {"final", "draft"}
    compared = at("outline_compare", versions["draft"], other=versions["final"].pk)
    assert "未变2题" in member.get(compared).content.decode()


def test_the_history_counts_the_questions_struck_and_shows_no_keys_of_the_system(member, cast):
    seed()
    make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    outline = draw(cast)
    member.post(at("outline_edit", outline), posted(outline, rows(outline)[:2]))
    outline.refresh_from_db()
    assert [key for key in outline.declined if key.startswith("item:")]
    page = member.get(at("outline", outline)).content.decode()
    history = page.partition('class="history"')[2]
    assert f"删去的题目：<span>{len(outline.declined)}项" in "".join(history.split())
    assert "item:" not in history


def test_the_numbers_decide_the_order_struck_and_emptied_rows_go(member, cast):
    outline = draw(cast)
    first, second, third, fourth = rows(outline)[:4]
    wanted = [
        first | {"seq": 3},
        second | {"seq": 1, "must": True},
        third | {"seq": 2, "drop": True},
        fourth | {"seq": 4, "text": "  "},
        {"id": "", "text": "鱼塘租金谁收？", "seq": ""},
    ]
    assert member.post(at("outline_edit", outline), posted(outline, wanted)).status_code == 302
    assert texts(outline) == [second["text"], first["text"], "鱼塘租金谁收？"]
    assert [line.must for line in outline.lines.order_by("seq")] == [True, False, False]


def test_what_is_refused_keeps_every_word_and_the_order(member, cast):
    outline = draw(cast)
    wanted = rows(outline)[:2]
    wanted[0] |= {"text": "有人举报您，怎么回事？", "seq": 2}
    wanted[1] |= {"seq": 1}
    response = member.post(at("outline_edit", outline), posted(outline, wanted))
    page = response.content.decode()
    assert response.status_code == 422
    assert "第2问里有举报" in page and "有人举报您，怎么回事？" in page
    assert page.index(wanted[1]["text"]) < page.index("有人举报您，怎么回事？</textarea>")


def test_the_second_of_two_editors_sees_both_texts(member, cast):
    outline = draw(cast)
    seen, theirs = outline.revision, rows(outline)
    theirs[0]["text"] = "副组长的问法"
    save(cast, outline, theirs, actor=cast.deputy)
    mine = rows(outline)
    mine[0]["text"] = "组员的问法"
    response = member.post(at("outline_edit", outline), posted(outline, mine, revision=str(seen)))
    page = response.content.decode()
    assert response.status_code == 409
    assert "副组长的问法" in page and "组员的问法" in page
    assert texts(outline)[0] == "副组长的问法"


def test_new_questions_are_offered_and_added_by_ticking(member, cast):
    outline = draw(cast)
    make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    page = member.get(at("outline_offers", outline)).content.decode()
    assert "拟稿以后新出现的（1题）" in page
    source = f"item:{cast.inspection.watchitems.get().pk}"
    member.post(at("outline_offers", outline), {"revision": outline.revision, "source": [source]})
    assert any("鱼塘租金去向" in text for text in texts(outline))


def test_an_item_with_a_conclusion_is_marked_in_the_outline(member, cast):
    item = make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    outline = draw(cast)
    assert "该条已有结论" not in member.get(at("outline", outline)).content.decode()
    services.conclude_watch_item(actor=cast.member, item=item, result="cleared", note="合同和账都在")
    assert "该条已有结论" in member.get(at("outline", outline)).content.decode()


def test_versions_of_different_outlines_are_not_compared(member, cast):
    address = at("outline_compare", draw(cast), other=draw(cast, "accountant").pk)
    assert member.get(address).status_code == 404


# --- talks ------------------------------------------------------------------------------------------------


def test_a_talk_begins_with_the_questions_of_the_version_it_follows_and_keeps_it(member, cast):
    save_profile(cast)
    outline = final(cast)
    new = f"{reverse('findings:talk_new')}?outline={outline.pk}"
    page = member.get(new).content.decode()
    assert all(text in page for text in texts(outline))
    assert 'value="江予安"' in page
    sent = {
        "village": str(cast.inspection.pk), "target_category": "secretary", "target_name": "江予安",
        "happened_at": "2026-03-05T09:00", "place": "村部", "talker": str(cast.deputy.pk),
        "recorder": str(cast.member.pk), "outline-0-question": texts(outline)[0], "outline-0-answer": "任职五年。",
    }  # fmt: skip
    assert member.post(new, sent).status_code == 302
    talk = Talk.objects.get()
    assert talk.outline_used == outline
    assert "第1版" in member.get(reverse("findings:talk", kwargs={"pk": talk.pk})).content.decode()
    held = member.get(reverse("findings:outline_talks", kwargs={"pk": outline.pk})).content.decode()
    assert "副组长谈" in held and "第1版" in held


def test_a_talk_follows_no_draft_no_foreign_and_no_made_up_outline(member, cast):
    new = reverse("findings:talk_new")
    assert member.get(f"{new}?outline={draw(cast).pk}").status_code == 403
    foreign = final(cast, actor=cast.outsider, inspection=cast.other_inspection)
    assert member.get(f"{new}?outline={foreign.pk}").status_code == 404
    assert member.get(f"{new}?outline=nonsense").status_code == 404


# --- on paper ---------------------------------------------------------------------------------------------


def read_back(content):
    """Every cell and paragraph of a Word file, as python-docx sees them."""
    document = docx.Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return cells, [paragraph.text for paragraph in document.paragraphs]


def test_the_printed_outline_has_its_head_its_margin_and_room_to_write(cast):
    items = [make_item(cast.inspection, title=f"个性问题{n}", scope=Scope.INDIVIDUAL) for n in range(2)]
    outline = final(cast)
    content = outlines_docx(papers_of(printable(cast.member, cast.inspection.pk)))
    cells, paragraphs = read_back(content)
    assert paragraphs[0] == "谈话提纲（书记）"
    flat = [text for row in cells for text in dict.fromkeys(row)]
    for label in ("被巡察村（社区）", "谈话对象", "姓名", "谈话时间", "谈话地点", "谈话人", "记录人"):
        assert label in flat, label
    beside = {row[-1]: row[0] for row in cells}
    line = outline.lines.get(items=items[1])
    assert beside[line.text] == f"{line.seq}\n必问\n清单{items[1].seq}"
    assert [text for text in texts(outline) if text not in beside] == []
    heights = [
        row.height.mm
        for row in docx.Document(io.BytesIO(content)).tables[0].rows
        if row.cells[-1].text == line.text
    ]
    assert heights and heights[0] >= 25
    assert "不外传" in paragraphs[-1]


def test_a_paper_for_people_who_complained_has_no_place_for_a_name(cast):
    draw(cast, "petitioner")
    cells, _ = read_back(outlines_docx(papers_of(printable(cast.member, cast.inspection.pk))))
    flat = [text for row in cells for text in dict.fromkeys(row)]
    assert flat[flat.index("姓名") + 1] == "（不登记）"


def test_all_outlines_of_a_village_stand_in_one_file_the_version_in_force_before_its_draft(cast):
    first = final(cast)
    follower = services.follow_outline(actor=cast.member, outline=first)
    save(cast, follower, [*rows(follower), {"id": "", "text": "只在草稿里的一问", "must": False}])
    draw(cast, "accountant")
    papers = papers_of(printable(cast.member, cast.inspection.pk))
    assert [(paper.kind, paper.version) for paper in papers] == [
        ("书记", "第1版"),
        ("会计（报账员）", "草稿"),
    ]
    content = outlines_docx(papers)
    assert content == outlines_docx(papers)
    cells, paragraphs = read_back(content)
    assert "谈话提纲（会计（报账员））" in paragraphs
    assert all("只在草稿里的一问" not in text for row in cells for text in row)


@pytest.mark.django_db(transaction=True)
def test_one_and_all_are_made_in_the_background_and_kept_from_who_may_not_have_them(client, cast):
    outline = final(cast)
    client.force_login(cast.member)
    for address in (at("outline_word", outline), at("outlines_word", cast.inspection)):
        page = client.post(address, {}).url
        job = run_due()
        assert (job.state, job.error) == ("done", "")
        assert "书记" in job.result_file.name or "共1份" in job.result_file.name
        download = client.get(reverse("core:job_file", kwargs={"pk": job.pk}))
        assert download.status_code == 200 and page.endswith(f"{job.pk}/")
    client.force_login(cast.outsider)
    assert client.get(reverse("core:job_file", kwargs={"pk": job.pk})).status_code == 404


def test_the_set_of_papers_of_a_village_takes_its_outlines_in(cast):
    paper = {row.name: row for row in filled_papers()}["prep.outlines"]
    assert paper.make(cast.member, cast.inspection) is None
    final(cast)
    name, content = paper.make(cast.member, cast.inspection)
    assert name == "谈话提纲 云溪村.docx" and read_back(content)[1][0] == "谈话提纲（书记）"
    assert paper.make(cast.outsider, cast.inspection) is None


# --- cost -------------------------------------------------------------------------------------------------


def test_pages_cost_the_same_with_few_questions_and_with_many(member, cast, django_assert_max_num_queries):
    save_profile(cast)
    outline = draw(cast)
    few = services.save_outline(
        actor=cast.member, outline=outline, revision=outline.revision, rows=rows(outline)[:1]
    )
    pages = [
        at("outlines", cast.inspection), at("outline", few), at("outline_edit", few),
        at("outlines_card", cast.inspection), reverse("prep:question_bank"), reverse("prep:kinds"),
        reverse("findings:outline_talks", kwargs={"pk": few.pk}),
    ]  # fmt: skip

    def cost(page):
        member.get(page)
        with django_assert_max_num_queries(60) as captured:
            assert member.get(page).status_code == 200
        return len(captured)

    before = [cost(page) for page in pages]
    more = [{"id": "", "text": f"第{n}问是什么？", "must": False} for n in range(30)]
    save(cast, Outline.objects.get(pk=few.pk), [*rows(few), *more])
    draw(cast, "accountant")
    make_item(cast.inspection, title="鱼塘", due_on=dt.date(2026, 3, 9))
    assert [cost(page) for page in pages] == before
