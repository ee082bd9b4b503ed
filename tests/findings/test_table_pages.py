"""Pages of survey tables: what a browser sends is what is kept, nothing typed is lost, nothing secret stays behind."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models.forms import Draft
from findings import services
from findings.models import TABLES, Lead, SurveyTable, TableImport
from tests.findings import papers, tables
from tests.findings.tables import ACCOUNT, IDENTITY
from tests.findings.test_table_files import book
from tests.findings.test_views import page

pytestmark = pytest.mark.django_db

LIST = reverse("findings:tables")
NAUGHTY = "<b>'\"&\u202e 𠮷 =SUM(A1)"


def url(name, pk, **more):
    return reverse(f"findings:{name}", kwargs={"pk": pk} | more)


def typed(cast, rows, sealed="", **over):
    """What the form of a sheet sends."""
    fields = {
        "happened_at": "2026-03-12T09:00",
        "ended_at": "2026-03-12T10:00",
        "place": "村部",
        "scope": "",
        "checker": cast.deputy.pk,
        "recorder": cast.member.pk,
        "present": "报账员",
        "remarks": "",
        "rows": json.dumps(rows),
        "sealed_rows": sealed,
        "_key": "k1",
    }
    return fields | over


def create(cast, client, rows=(), kind="funds", **over):
    client.force_login(cast.member)
    return client.post(
        url("table_new", cast.inspection.pk, kind=kind), typed(cast, list(rows) or tables.ROWS[kind], **over)
    )


def check(cast, client, rows, kind="funds", about="", **over):
    client.force_login(cast.member)
    fields = {"rows": json.dumps(rows), "happened_at": "2026-03-12T09:00"} | over
    return client.post(url("table_check", cast.inspection.pk, kind=kind) + about, fields)


def test_what_was_typed_stands_on_the_page_unchanged_and_once(cast, client):
    for _ in range(2):
        create(cast, client, [{"sort": "其他", "bank": NAUGHTY, "booked": "1.2万", "counted": "1"}])
    made = SurveyTable.objects.get()
    assert made.rows[0]["bank"] == NAUGHTY and made.rows[0]["booked"] == "12000.00"
    shown = page(client.get(url("table", made.pk)))
    assert "&lt;b&gt;" in shown and "𠮷" in shown and "<b>'" not in shown
    assert "账面数12,000.00－实存数1.00" in shown and "11,999.00" in shown


def test_mistakes_are_said_by_row_and_column_and_nothing_typed_is_lost(cast, client):
    rows = [{"sort": "其他", "booked": "约一千", "account": "****0018"}]
    response = create(
        cast, client, rows, sealed=json.dumps({"0": {"account": ACCOUNT}}), ended_at="2026-03-12T08:00"
    )
    text = page(response)
    assert response.status_code == 422 and "早于开始时间" in text
    response = create(cast, client, rows, sealed=json.dumps({"0": {"account": ACCOUNT}}))
    text = page(response)
    assert response.status_code == 422 and "第1行账面数：应为数字，现为“约一千”。" in text
    # The whole number goes back to who typed it, and nowhere else.
    assert "\\u7ea6\\u4e00\\u5343" in text and ACCOUNT in text and not SurveyTable.objects.exists()


@pytest.mark.parametrize("rows", ["[", "{}", "[1]", '[{"booked": 1}]', "[" * 5000, json.dumps([{}] * 1501)])
def test_rows_no_grid_can_have_sent_are_refused_with_a_sentence(cast, client, rows):
    client.force_login(cast.member)
    response = client.post(
        url("table_new", cast.inspection.pk, kind="funds"), typed(cast, []) | {"rows": rows}
    )
    assert response.status_code == 422 and "没有传完整" in page(response)
    asked = client.post(url("table_check", cast.inspection.pk, kind="funds"), {"rows": rows})
    assert asked.status_code == 400 and "没有传完整" in asked.json()["message"]


def test_an_unknown_kind_is_not_there(cast, client):
    client.force_login(cast.member)
    for kind in ("vouchers", "F"):
        assert client.get(url("table_new", cast.inspection.pk, kind=kind)).status_code == 404
        assert client.post(url("table_check", cast.inspection.pk, kind=kind)).status_code == 404


def test_the_later_of_two_editors_sees_both_sheets_and_keeps_the_own(cast, client):
    made = tables.table(cast)
    tables.edit(cast.deputy, papers.reload(made), rows=[{"sort": "其他", "booked": "5", "counted": "5"}])
    client.force_login(cast.member)
    mine = [{"sort": "库存现金", "booked": "7", "counted": "7", "account": "****0018"}]
    sent = typed(cast, mine, sealed=json.dumps({"0": {"account": ACCOUNT}}), revision=made.revision)
    response = client.post(url("table_edit", made.pk), sent)
    text = page(response)
    assert response.status_code == 409
    assert "1. 库存现金｜—｜****0018｜7.00｜7.00" in text and "1. 其他｜—｜—｜5.00｜5.00" in text
    assert '"tail"' not in text and "&#x27;key&#x27;" not in text


# --- two editors of one sheet -----------------------------------------------------------------------------


@pytest.fixture
def meeting(cast, client):
    """The member has the sheet open; the deputy saves ``theirs``; then the member sends ``mine``."""
    made = tables.table(cast)

    def play(mine, theirs, sealed="", **over):
        client.force_login(cast.member)
        shown = client.get(url("table_edit", made.pk))
        opened = json.loads(shown.context["form"]["rows"].value())
        tables.edit(cast.deputy, papers.reload(made), rows=theirs(opened))
        sent = typed(cast, mine(opened), sealed=sealed, revision=made.revision, _base=shown.context["base"])
        return client.post(url("table_edit", made.pk), sent | over)

    play.made = made
    return play


def said(response):
    return {row["name"]: row["outcome"] for row in response.context["conflict"]["rows"]}


def again(cast, client, meeting, response):
    """Send what stands in the form once more."""
    form = response.context["form"]
    sent = typed(
        cast,
        json.loads(form["rows"].value()),
        sealed=form["sealed_rows"].value() or "",
        revision=form["revision"].value(),
        _base=response.context["base"],
        _key="k2",
    ) | {"remarks": form["remarks"].value(), "place": form["place"].value()}
    assert client.post(url("table_edit", meeting.made.pk), sent).status_code == 302
    return papers.reload(meeting.made)


def test_rows_of_two_editors_join_and_nothing_of_either_is_lost(cast, client, meeting):
    response = meeting(
        lambda rows: [
            rows[0] | {"account": "****0019"},
            rows[1],
            {"sort": "其他", "booked": "3", "counted": "3"},
        ],
        lambda rows: [
            rows[0] | {"reason": "未达账项"},
            rows[1] | {"counted": "5100"},
            {"sort": "其他", "booked": "9", "counted": "9"},
        ],
        sealed=json.dumps({"0": {"account": ACCOUNT[:-1] + "9"}, "2": {"account": ACCOUNT}}),
    )
    assert response.status_code == 409 and said(response)["rows"] == "merged"
    assert ACCOUNT not in response.context["base"] and ACCOUNT not in str(response.context["conflict"])
    made = again(cast, client, meeting, response)
    assert [(row["sort"], row["booked"], row["counted"], row["reason"]) for row in made.rows] == [
        ("银行存款", "123456.50", "123456.50", "未达账项"),
        ("库存现金", "8210.00", "5100.00", "两张白条抵库"),
        ("其他", "3.00", "3.00", ""),
        ("其他", "9.00", "9.00", ""),
    ]
    # Numbers typed in full are kept with their rows, as digests.
    same = tables.table(
        cast, rows=[{"sort": "其他", "account": ACCOUNT[:-1] + "9"}, {"sort": "其他", "account": ACCOUNT}]
    )
    assert [made.rows[0]["account"], made.rows[2]["account"]] == [row["account"] for row in same.rows]


def test_a_cell_both_changed_is_put_before_the_second_and_fields_join_like_everywhere(cast, client, meeting):
    response = meeting(
        lambda rows: [rows[0], rows[1] | {"counted": "4000"}],
        lambda rows: [rows[0], rows[1] | {"counted": "5100"}],
        remarks="甲写的。",
        place="村部会计室",
    )
    assert (said(response)["rows"], said(response)["remarks"]) == ("choose", "mine")
    shown = {row["name"]: row for row in response.context["conflict"]["rows"]}["rows"]
    assert "5000.00" in shown["base"] and "4000.00" in shown["mine"] and "5100.00" in shown["theirs"]
    assert [row["counted"] for row in again(cast, client, meeting, response).rows][1] == "4000.00"


def test_rows_only_the_other_changed_come_in_by_themselves(cast, client, meeting):
    response = meeting(lambda rows: rows, lambda rows: rows[:1], remarks="甲写的。")
    assert said(response)["rows"] == "theirs"
    made = again(cast, client, meeting, response)
    assert (len(made.rows), made.remarks) == (1, "甲写的。")


def test_two_people_sign_in_the_browser_and_a_later_change_says_what_it_does(cast, client):
    create(cast, client)
    made = SurveyTable.objects.get()
    client.post(url("table_action", made.pk, action="submit"), {"revision": made.revision, "_key": "a"})
    client.force_login(cast.deputy)
    made.refresh_from_db()
    client.post(url("table_action", made.pk, action="sign"), {"revision": made.revision, "_key": "b"})
    made.refresh_from_db()
    assert made.status == "signed"
    assert "保存改动后签名失效" in page(client.get(url("table_edit", made.pk)))


def test_neither_draft_nor_form_key_nor_any_row_keeps_a_whole_number(cast, client, capsys):
    masked = [{"scheme": "补贴", "person": "丁某", "identity": "****002X", "amount": "1"}]
    sealed = json.dumps({"0": {"identity": IDENTITY, "account": ACCOUNT}})
    create(cast, client, masked, kind="benefits", sealed=sealed)
    values = {"rows": json.dumps(masked), "sealed_rows": sealed}
    body = json.dumps({"form": "findings.table.new:x", "values": values})
    client.post(reverse("core:draft"), body, content_type="application/json")
    assert set(Draft.objects.get().values) == {"rows"}
    row = SurveyTable.objects.get().rows[0]
    assert row["identity"]["tail"] == "002X" and row["identity"]["key"] and row["account"]["tail"] == "0018"
    call_command("dumpdata", "findings", "core", "sessions")
    dumped = capsys.readouterr().out
    assert IDENTITY not in dumped and ACCOUNT not in dumped
    text = page(client.get(url("table_edit", SurveyTable.objects.get().pk)))
    assert "****002X" in text and IDENTITY not in text


# --- what the grid asks -----------------------------------------------------------------------------------


def test_the_grid_is_told_faults_figures_sums_and_hints_by_place(cast, client):
    rows = [
        {"sort": ""},
        {"sort": "库存现金", "booked": "１，０００", "counted": "900"},
        {"sort": "借据", "booked": "x", "counted": "1"},
    ]
    answer = check(cast, client, rows).json()
    assert [(row, column) for row, column, _ in answer["faults"]] == [(2, "sort"), (2, "booked")]
    assert answer["figures"] == [[1, "gap", "100.00", "账面数1,000.00－实存数900.00"]]
    assert answer["sums"] == {"booked": "1,000.00", "counted": "901.00", "gap": "100.00"}
    assert [hint[:2] for hint in answer["hints"]] == [[1, "gap"]]
    assert not SurveyTable.objects.exists()


def test_the_grid_counts_up_to_the_day_above_it_and_does_not_see_itself_twice(cast, client):
    rows = [{"subject": "应收款", "party": "甲", "since": "2020-01-01", "balance": "1"}]
    answer = check(cast, client, rows, kind="dealings", happened_at="2021-01-01T08:00").json()
    assert answer["figures"][0][2] == "1" and answer["hints"] == []
    made = tables.table(cast, "benefits", rows=tables.ROWS["benefits"][:1])
    mine = [tables.ROWS["benefits"][0]]
    assert check(cast, client, mine, kind="benefits", about=f"?biao={made.pk}").json()["hints"] == []
    assert len(check(cast, client, mine, kind="benefits").json()["hints"]) == 1
    assert check(cast, client, mine, kind="benefits", about="?biao=x", happened_at="soon").status_code == 200


# --- lists ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["list", "village", "sheet", "progress", "desk"])
def test_pages_ask_the_same_number_of_queries_for_one_and_for_many(cast, client, address):
    made = tables.signed(cast, "benefits")
    services.lead_from_hint(actor=cast.member, table=made, key=f"{made.rows[0]['id']}:H1")
    where = {
        "list": LIST,
        "village": url("village_tables", cast.inspection.pk),
        "sheet": url("table", made.pk),
        "progress": reverse("findings:progress"),
        "desk": reverse("inspection:desk"),
    }[address]
    client.force_login(cast.member)
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for kind in (*TABLES, "benefits"):
        tables.signed(cast, kind, scope="二组")
    with CaptureQueriesContext(connection) as many:
        text = page(client.get(where))
    assert len(many) == len(few)
    assert address not in ("list", "village") or "二组" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=works", 1),
        ("status=signed", 1),
        ("q=三组", 1),
        ("kind=x&status=y", 2),
        ("q=没有", 0),
        ("village=none", 0),
    ],
)
def test_the_list_shows_what_is_asked_for(cast, client, query, expected):
    tables.signed(cast)
    tables.table(cast, "works", scope="三组")
    client.force_login(cast.member)
    assert page(client.get(f"{LIST}?{query}")).count("row-link") == expected


def test_empty_pages_say_what_to_do_first(cast, client):
    client.force_login(cast.member)
    assert "还没有三资调查表" in page(client.get(LIST))
    assert "还没有登记：A 资金、B 往来" in page(client.get(url("village_tables", cast.inspection.pk)))


# --- from a hint onwards ----------------------------------------------------------------------------------


def test_a_hint_becomes_a_lead_with_one_click_and_says_so_afterwards(cast, client):
    made = tables.table(cast)
    client.force_login(cast.member)
    assert "登记为疑点" in page(client.get(url("table", made.pk)))
    client.post(url("table_lead", made.pk), {"hint": f"{made.rows[1]['id']}:A1", "_key": "x"})
    lead = Lead.objects.get()
    text = page(client.get(url("table", made.pk)))
    there = reverse("findings:lead", kwargs={"pk": lead.pk})
    assert there in text and url("table", made.pk) in page(client.get(there))
    answer = client.post(url("table_lead", made.pk), {"hint": "none:A1", "_key": "y"}, follow=True)
    assert "不再成立" in page(answer) and Lead.objects.count() == 1


def test_a_row_is_cited_from_the_page_and_from_the_workpaper(cast, client):
    finding, made = papers.draft(cast, evidence=[]), tables.signed(cast)
    client.force_login(cast.member)
    assert "引用到底稿" in page(client.get(url("table", made.pk)))
    sent = {"row": made.rows[1]["id"], "finding": f"{finding.pk}:{finding.revision}", "_key": "x"}
    client.post(url("table_cite", made.pk), sent)
    assert finding.evidence.get().page_range == "第2行"
    stale = client.post(url("table_cite", made.pk), sent | {"_key": "y"}, follow=True)
    assert finding.evidence.count() == 1 and stale.status_code == 200
    finding.refresh_from_db()
    entry = {
        "table": made.pk,
        "kind": "document",
        "origin": "copy",
        "revision": finding.revision,
        "_key": "z",
    }
    client.post(reverse("findings:evidence_add", kwargs={"pk": finding.pk}), entry)
    assert finding.evidence.filter(table=made, kind="ledger").count() == 2
    assert url("table", made.pk) in page(client.get(reverse("findings:finding", kwargs={"pk": finding.pk})))


@pytest.mark.parametrize(
    "sent", [{}, {"finding": "x:1"}, {"finding": "01890000-0000-7000-8000-000000000000:1"}]
)
def test_a_workpaper_that_is_not_there_is_not_cited_under(cast, client, sent):
    made = tables.signed(cast)
    client.force_login(cast.member)
    answer = client.post(url("table_cite", made.pk), sent | {"_key": "x"}, follow=True)
    assert "请选择列入哪份底稿" in page(answer) and not made.cited.exists()


def test_an_upload_is_previewed_and_confirmed_in_the_browser(cast, client):
    rows = [["资金类别", "账面数", "实存数"], ["其他", "1.2万", "1"], ["其他", "甲", "1"]]
    upload = SimpleUploadedFile("三资.xlsx", book(("A 资金", rows)))
    client.force_login(cast.member)
    sent = {
        "file": upload,
        "happened_at": "2026-03-12T09:00",
        "place": "村部",
        "checker": cast.deputy.pk,
        "_key": "u",
    }
    text = page(client.post(url("tables_import", cast.inspection.pk), sent, follow=True))
    assert "12,000.00" in text and "应为数字，现为“甲”" in text and not SurveyTable.objects.exists()
    staged = TableImport.objects.get()
    answer = {"revision": staged.revision, "skip": "1", "_key": "c"}
    text = page(client.post(url("tables_commit", staged.pk), answer, follow=True))
    assert "已导入为草稿" in text and SurveyTable.objects.get().rows[0]["booked"] == "12000.00"
