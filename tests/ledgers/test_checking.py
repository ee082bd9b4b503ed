"""Checks run over stored books: found once, the same again, gone when the rows go, remembered when dismissed."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.jobs.runner import run_due
from core.models import AuditEntry, Job
from ledgers import services
from ledgers.jobs import checks
from ledgers.models import LedgerHit, LedgerRun, LedgerStory
from ledgers.selectors.runs import due_villages
from tests.ledgers.checking import HEAD, LEASE, TODAY, change, check, put_in, twice, voucher, withdraw
from tests.ledgers.stored import make_sheet
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db


def told(**over):
    return sorted(LedgerHit.objects.filter(**{"gone": False} | over).values_list("rule", flat=True))


def story(part="李丙丁"):
    return LedgerStory.objects.get(title__contains=part)


def snapshot():
    return [list(model.objects.order_by("pk").values()) for model in (LedgerStory, LedgerHit)]


def test_hits_are_kept_with_the_rows_they_rest_on(cast):
    sheets = put_in(cast, contracts=[LEASE], cadres=[HEAD], entries=twice())
    run = check(cast)
    lease, head, *_ = (sheet.rows.get(line=3) for sheet in sheets)
    kept = {hit.rule: hit for hit in LedgerHit.objects.all()}
    assert kept["K05"].rows == [str(lease.pk)] and kept["K05"].amount == Decimal(2500)
    assert kept["K08"].rows == [str(lease.pk), str(head.pk)]
    one = story()
    assert {hit.rule for hit in one.hits.all()} >= {"K02", "K05", "K08"}
    assert one.rule_list == sorted(one.rule_list) and one.first_seen == TODAY and one.status == "open"
    assert (run.hits_count, run.new_count, run.gone_count) == (len(kept), len(kept), 0)
    assert run.rows_count == 6 and run.stories_count == LedgerStory.objects.count()
    entry = AuditEntry.objects.get(verb="ledgers.run")
    assert "李丙丁" not in json.dumps(entry.after, ensure_ascii=False)


def test_a_second_run_changes_nothing(cast):
    put_in(cast, contracts=[LEASE], cadres=[HEAD], entries=twice())
    check(cast)
    before = snapshot()
    run = check(cast)
    assert snapshot() == before
    assert (run.new_count, run.gone_count) == (0, 0)


def test_what_the_rows_no_longer_say_is_gone_and_comes_back_as_it_was(cast):
    leases, _ = put_in(cast, contracts=[LEASE], entries=twice())
    check(cast)
    known = story().pk
    withdraw(leases)
    run = check(cast, today=TODAY + dt.timedelta(days=1))
    one = LedgerStory.objects.get(pk=known)
    assert one.gone and set(one.hits.values_list("gone", "last_seen")) == {(True, TODAY)}
    assert run.gone_count == one.hits.count()
    # The same sheet read in again has other keys; its hits are the old ones.
    (again,) = put_in(cast, contracts=[LEASE])
    hits = set(one.hits.values_list("pk", flat=True))
    run = check(cast)
    assert not story().gone and set(story().hits.values_list("pk", flat=True)) == hits
    assert run.new_count == len(hits)
    assert story().hits.get(rule="K05").rows == [str(again.rows.get().pk)]


def test_a_dismissal_is_remembered_by_what_the_rows_say(cast):
    (sheet,) = put_in(cast, contracts=[LEASE])
    check(cast)
    services.dismiss_story(actor=cast.member, story=story(), step="explain", reason="已按补充协议分期缴纳")
    withdraw(sheet)
    check(cast)
    put_in(cast, contracts=[LEASE])
    check(cast)
    one = story()
    assert (one.status, one.reason, one.settled_by, one.gone) == (
        "explained",
        "已按补充协议分期缴纳",
        cast.member,
        False,
    )


def test_a_dismissed_story_that_grows_opens_again_and_says_why(cast):
    put_in(cast, contracts=[LEASE])
    check(cast)
    services.dismiss_story(actor=cast.member, story=story(), step="correct", reason="合同金额录错")
    put_in(cast, cadres=[HEAD])
    check(cast, today=TODAY)
    one = story()
    assert one.status == "open" and one.reason == "" and one.settled_by is None
    assert "新增“承租人为村干部或近亲属”1条" in one.word
    assert cast.member.display_name in one.word and "记为“数据错误”：合同金额录错" in one.word
    assert AuditEntry.objects.filter(verb="ledgers.story.change", actor_name=SYSTEM.display_name).count() == 1


def test_a_dismissed_story_that_shrinks_stays_dismissed(cast):
    _, cadres = put_in(cast, contracts=[LEASE], cadres=[HEAD])
    check(cast)
    services.dismiss_story(actor=cast.member, story=story(), step="explain", reason="已核")
    withdraw(cadres)
    check(cast)
    assert story().status == "explained" and "K08" not in told()


def test_a_sum_that_changes_is_news(cast):
    (sheet,) = put_in(cast, contracts=[LEASE])
    check(cast)
    services.dismiss_story(actor=cast.member, story=story(), step="explain", reason="已核")
    withdraw(sheet)
    put_in(cast, contracts=[replace(LEASE, paid=Decimal(100))])
    check(cast)
    assert story().status == "open" and "拖欠租金" in story().word


def test_a_story_made_a_lead_says_when_it_grew(cast):
    put_in(cast, contracts=[LEASE])
    check(cast)
    services.mark_led(actor=cast.member, story=story())
    services.mark_led(actor=cast.member, story=story())
    put_in(cast, cadres=[HEAD])
    check(cast)
    check(cast, today=TODAY + dt.timedelta(days=1))
    assert story().status == "led" and "列为疑点后账册有变化，新增“承租人为" in story().word
    assert AuditEntry.objects.filter(verb="ledgers.story.grow").count() == 1


def test_two_equal_hits_both_stay(cast):
    put_in(cast, contracts=[replace(LEASE, party=""), replace(LEASE, party="")])
    check(cast)
    assert told(rule="K05") == ["K05", "K05"]
    before = snapshot()
    check(cast)
    assert snapshot() == before


def test_the_rounds_limits_hold(cast):
    wages = [
        replace(each, summary="王某工资", party="李丙丁", ticket="签领表", ticket_no="")
        for each in voucher(1)
    ]
    put_in(cast, entries=wages, cadres=[HEAD])
    check(cast)
    assert "L20" not in told()
    RoundParameter.objects.update_or_create(
        round=cast.round, key="ledger_cadre_pay_yuan", defaults={"label": "标准", "value": 500}
    )
    (due,) = due_villages(None, cast.round, TODAY)
    assert not due.fresh
    check(cast)
    assert LedgerHit.objects.get(rule="L20").amount == Decimal(400)


# --- who, when, how many ----------------------------------------------------------------------------------


def test_only_books_that_changed_are_due(cast):
    put_in(cast, contracts=[LEASE])
    put_in(cast, cast.other_village_place, contracts=[LEASE])
    assert [due.fresh for due in due_villages(None, cast.round, TODAY)] == [False, False]
    check(cast)
    assert {due.inspection.village.code: due.fresh for due in due_villages(None, cast.round, TODAY)} == {
        cast.village_place.code: True, cast.other_village_place.code: False,
    }  # fmt: skip
    next_month = due_villages(None, cast.round, TODAY + dt.timedelta(days=31))
    assert not any(due.fresh for due in next_month)
    change(cast.village_place)
    assert not any(due.fresh for due in due_villages(None, cast.round, TODAY))
    assert [due.inspection for due in due_villages(cast.member, cast.round, TODAY)] == [cast.inspection]


def test_the_command_tells_the_hits_of_a_round(cast, capsys):
    put_in(cast, contracts=[LEASE])
    call_command("check_ledgers", "--round", str(cast.round.pk), "--json")
    hits = json.loads(capsys.readouterr().out)
    assert {tuple(hit) for hit in hits} == {("rule", "village", "years", "rows", "amount", "reason")}
    arrears = next(hit for hit in hits if hit["rule"] == "K05")
    assert arrears["village"] == cast.village_place.code and arrears["amount"] == "2500.00"
    assert "东鱼塘承包合同" in arrears["reason"] and arrears["years"] and len(arrears["rows"]) == 1
    runs = LedgerRun.objects.count()
    call_command("check_ledgers", "--round", str(cast.round.pk))
    assert f"现有提示{len(hits)}条" in capsys.readouterr().out and LedgerRun.objects.count() == runs
    call_command("check_ledgers", "--round", str(cast.round.pk), "--all", "--json")
    assert json.loads(capsys.readouterr().out) == hits and LedgerRun.objects.count() == runs + 1


@pytest.mark.parametrize("way", ["command", "job"])
def test_a_run_reads_the_districts_figures_once_for_all_its_villages(cast, way):
    for village in (cast.village_place, cast.other_village_place):
        put_in(cast, village, contracts=[LEASE])
    with CaptureQueriesContext(connection) as asked:
        if way == "command":
            call_command("check_ledgers", "--round", str(cast.round.pk), stdout=StringIO())
        else:
            run_due(services.request_check(actor=cast.office_head, round_=cast.round).pk)
    assert LedgerRun.objects.count() == 2
    assert sum('FROM "ledgers_villagefigures"' in query["sql"] for query in asked) == 1


@pytest.mark.parametrize("wrong", ["", "x", "01912345-0000-7000-8000-000000000000"])
def test_the_command_refuses_a_round_that_is_none(cast, wrong):
    with pytest.raises(CommandError) as refused:
        call_command("check_ledgers", "--round", wrong)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("who", ["village", "town", "discipline", "sysadmin", "stranger"])
def test_only_the_inspecting_side_has_checks_run(cast, who):
    with pytest.raises(NotAllowed):
        services.request_check(actor=getattr(cast, who), round_=cast.round)
    with pytest.raises(NotAllowed):
        check(cast, actor=getattr(cast, who))


def test_decisions_are_the_teams_and_want_a_reason(cast):
    put_in(cast, contracts=[LEASE])
    check(cast)
    for actor in (cast.outsider, cast.office_head):
        with pytest.raises(NotAllowed):
            services.dismiss_story(actor=actor, story=story(), step="explain", reason="已核")
        with pytest.raises(NotAllowed):
            services.mark_led(actor=actor, story=story())
    with pytest.raises(ServiceError, match="理由"):
        services.dismiss_story(actor=cast.member, story=story(), step="explain", reason=" ")
    with pytest.raises(ServiceError, match="处理方式"):
        services.dismiss_story(actor=cast.member, story=story(), step="change", reason="已核")
    services.dismiss_story(actor=cast.member, story=story(), step="explain", reason="有协议")
    with pytest.raises(NotAllowed):
        services.mark_led(actor=cast.member, story=story())
    one = services.reopen_story(actor=cast.deputy, story=story(), reason="协议是后补的")
    assert one.status == "open" and one.settled == []
    assert "恢复待处理：协议是后补的。" in one.word and "“有合理解释”：有协议" in one.word


def test_a_confirmed_sheet_has_its_own_village_checked_in_open_rounds(cast):
    make_sheet(cast.other_village_place, cast.leader, "contracts", [LEASE])
    sheet, _ = make_sheet(cast.village_place, cast.leader, "contracts", [LEASE], status="preview")
    services.confirm_sheet(actor=cast.member, sheet=sheet)
    (job,) = Job.objects.filter(kind="ledgers.check")
    assert job.args == {"round": str(cast.round.pk), "village": cast.village_place.code}
    assert job.requested_by_id == ""
    run_due(job.pk)
    assert Job.objects.get(pk=job.pk).result == {"villages": 1, "new": LedgerHit.objects.count()}
    assert set(LedgerRun.objects.values_list("village", flat=True)) == {cast.village_place.pk}
    # Asked for while a run is under way, another one follows; where nothing is looked at any more, none.
    services.withdraw_sheet(actor=cast.member, sheet=type(sheet).objects.get(pk=sheet.pk), reason="重复")
    assert Job.objects.filter(kind="ledgers.check").count() == 2
    type(cast.inspection).objects.filter(pk=cast.inspection.pk).update(status="rectify")
    Job.objects.all().delete()
    services.recheck_village(actor=SYSTEM, village=cast.village_place)
    assert not Job.objects.exists()


def test_the_job_checks_what_its_asker_sees_and_goes_on_where_it_stopped(cast, monkeypatch):
    put_in(cast, contracts=[LEASE])
    put_in(cast, cast.other_village_place, contracts=[LEASE])
    job = services.request_check(actor=cast.member, round_=cast.round)
    assert services.request_check(actor=cast.member, round_=cast.round) == job
    run_due(job.pk)
    assert list(LedgerRun.objects.values_list("village", flat=True)) == [cast.village_place.pk]
    everything = services.request_check(actor=cast.office_clerk, round_=cast.round, everything=True)
    real = checks.keep

    def stops_at_the_second(**given):
        if LedgerRun.objects.count() == 2:
            raise RuntimeError("stopped")
        return real(**given)

    monkeypatch.setattr(checks, "keep", stops_at_the_second)
    run_due(everything.pk)
    assert LedgerRun.objects.count() == 2
    monkeypatch.setattr(checks, "keep", real)
    Job.objects.filter(pk=everything.pk).update(state="queued", not_before=everything.not_before)
    run_due(everything.pk)
    # The village that was finished before is not done again.
    assert LedgerRun.objects.count() == 3 and Job.objects.get(pk=everything.pk).result["villages"] == 1
