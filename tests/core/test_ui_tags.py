"""The interface's tags say the right words, escape what they are given and offer only what is allowed."""

import datetime as dt
import re
import uuid
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import path

from core import audit, clock
from core.listing import Page
from core.templatetags import ui_words
from core.verbs import name_verbs, verb_label
from core.verdict import ALLOW, deny
from core.workflow import Offer, Transition
from tests.factories import make_district, make_round, make_scheme

NASTY = '<script>alert("1")</script>'
SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def _page(request, pk, action): ...


urlpatterns = [path("paper/<uuid:pk>/<str:action>/", _page, name="paper_action")]


def render(source, query="", **context):
    context.setdefault("csrf_token", "t" * 64)
    request = RequestFactory().get(f"/list/{query}")
    return engines["django"].from_string(source).render({"request": request, **context}).strip()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1860, "1,860.00"),
        ("59300.005", "59,300.01"),
        (0, "0.00"),
        (-1234567.8, "-1,234,567.80"),
        (None, "—"),
        ("", "—"),
        ("不详", "—"),
        (float("nan"), "—"),
    ],
)
def test_money_has_thousands_and_two_decimals(value, shown):
    assert render("{{ x|money }}", x=value) == shown == render("{% money x %}", x=value)


def test_years_that_follow_each_other_are_a_span():
    assert render("{{ x|years_in_words }}", x=[2023, 2021, 2022, 2025, 2022]) == "2021—2023年、2025年"
    assert render("{{ x|years_in_words }}", x=[]) == "—"


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [(59300, "5.93万元"), (864000, "86.40万元"), (50, "0.01万元"), (49, "0.00万元"), (None, "—")],
)
def test_ten_thousands_are_rounded_half_up(yuan, shown):
    assert render("{% wan x %}", x=yuan) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 8, "12.5%"), (0, 5, "0.0%"), (3, 0, "—")],
)
def test_a_share_of_nothing_is_a_dash(part, whole, shown):
    assert (
        render("{% percent a b %}", a=part, b=whole) == shown == render("{{ a|percent:b }}", a=part, b=whole)
    )


def test_dates_are_written_the_chinese_way_in_local_time():
    late_evening_in_london = dt.datetime(2026, 3, 4, 18, 7, tzinfo=dt.UTC)
    assert render("{% cn_date x %}", x=dt.date(2026, 3, 5)) == "2026年3月5日"
    assert render("{% cn_date x %}", x=late_evening_in_london) == "2026年3月5日"
    assert render("{% cn_datetime x %}", x=late_evening_in_london) == "2026年3月5日 02:07"
    assert render("{% cn_date x %}", x=None) == "—"


@pytest.mark.parametrize(
    ("day", "word", "tone"),
    [(12, "余7天", "ok"), (8, "余3天", "warn"), (5, "今天到期", "bad"), (4, "逾期1天", "bad")],
)
def test_a_deadline_says_how_long_is_left(monkeypatch, day, word, tone):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 3, 5))
    html = render("{% due x %}", x=dt.date(2026, 3, day))
    assert word in html
    assert f"tag-{tone}" in html


def test_a_deadline_that_was_met_is_only_a_date():
    html = render("{% due x True %}", x=dt.date(2020, 1, 2))
    assert "2020年1月2日" in html
    assert "逾期" not in html


@pytest.mark.parametrize(
    "source",
    [
        "{% badge x %}",
        "{% badge 'a' x %}",
        "{% progress 1 2 x %}",
        "{% bar_row x 1 2 %}",
        "{% how x x x %}",
        "{% empty_state x x x x %}",
        "{% heat 1 2 x x %}",
        "{% sort_link x x %}",
        "{% icon x x %}",
    ],
)
def test_what_people_typed_is_escaped(source):
    assert "<script" not in render(source, x=NASTY)


def test_a_status_carries_its_word_and_the_tone_of_its_model():
    paper = SimpleNamespace(
        status="late", get_status_display=lambda: "已逾期", STATUS_TONE={"late": "bad", "new": "info"}
    )
    assert render("{% status_badge x %}", x=paper) == '<span class="tag tag-bad">已逾期</span>'
    assert "tag-warn" in render("{% status_badge x tone='warn' %}", x=paper)


def test_an_unknown_tone_is_grey():
    assert "tag-neutral" in render("{% badge '甲' 'no such tone' %}")


def test_the_ladder_says_in_words_what_its_colours_say():
    steps = [
        {"char": "细", "label": "准备", "state": "done"},
        {"char": "广", "label": "调查", "state": "now", "note": "余6天"},
        {"char": "谋", "label": "发现", "state": "todo"},
    ]
    html = render("{% stage_ladder x %}", x=steps)
    for words in ("准备，已完成", "调查，正在进行", "发现，未开始", "余6天"):
        assert words in html


@pytest.mark.parametrize(
    ("count", "filled", "tone"), [(0, 0, "weak"), (1, 1, "weak"), (2, 2, "fair"), (9, 4, "strong")]
)
def test_strength_shows_blocks_and_the_number_in_words(count, filled, tone):
    html = render("{% evidence_strength x %}", x=count)
    assert html.count('class="on"') == filled
    assert html.count("<i") == 4
    assert f"{count}类独立来源" in html
    assert f"strength-{tone}" in html


@pytest.mark.parametrize(("value", "level"), [(0, 0), (1, 1), (2, 1), (3, 2), (6, 3), (10, 5)])
def test_heat_grows_with_the_share_of_the_highest(value, level):
    assert f"heat-{level}" in render("{% heat x 10 %}", x=value)


def test_heat_of_an_empty_table_is_cold():
    assert "heat-0" in render("{% heat 0 0 %}")


def test_every_form_gets_a_key_of_its_own():
    keys = {re.search(r'value="([0-9a-f]{32})"', str(ui_words.form_key()))[1] for _ in range(20)}
    assert len(keys) == 20


def test_a_filter_keeps_the_other_choices_and_goes_back_to_the_first_page():
    options = [{"value": "", "label": "全部", "count": 3}, {"value": "new", "label": "新的", "count": 0}]
    html = render("{% filter_pills o %}", query="?village=7&cursor=abc&status=new", o=options)
    assert 'href="?village=7"' in html
    assert 'href="?village=7&amp;status=new" aria-current="true"' in html
    assert "cursor" not in html
    assert '<span class="pill-count">0</span>' in html


def test_a_menu_names_the_choice_that_is_made():
    options = [{"value": "7", "label": "云溪村"}]
    assert "村：云溪村" in render("{% filter_menu '村' o 'village' %}", query="?village=7", o=options)
    assert "村：全部" in render("{% filter_menu '村' o 'village' %}", o=options)


def test_sorting_the_sorted_column_turns_it_round():
    assert 'href="?sort=no"' in render("{% sort_link '编号' 'no' %}")
    assert 'href="?sort=-no"' in render("{% sort_link '编号' 'no' %}", query="?sort=no")
    assert 'href="?sort=no"' in render("{% sort_link '编号' 'no' %}", query="?sort=-no")


def test_the_pager_offers_only_pages_that_exist():
    page = Page([1, 2], next="later", previous="")
    html = render("{% pager p c %}", query="?status=new", p=page, c=(1000, True))
    assert "共 1000+ 条" in html
    assert 'href="?status=new&amp;cursor=later"' in html
    assert "上一页" not in html


class Paper:
    """Enough of a record for its buttons."""

    _meta = SimpleNamespace(app_label="papers", model_name="paper")
    revision = 4

    def __init__(self):
        self.pk = uuid.UUID(int=7)


def offer(name, label, verdict=ALLOW, **more):
    return Offer(Transition(name, label, frozenset({"a"}), "b", lambda u, o: verdict, **more), verdict)


@pytest.mark.urls("tests.core.test_ui_tags")
def test_an_allowed_step_posts_its_key_and_the_revision_that_was_read():
    html = render("{% actions o x 'paper_action' %}", o=[offer("sign", "审签", style="primary")], x=Paper())
    assert f'action="/paper/{uuid.UUID(int=7)}/sign/"' in html
    assert 'name="revision" value="4"' in html
    assert "csrfmiddlewaretoken" in html
    assert html.count('name="_key"') == 1


@pytest.mark.urls("tests.core.test_ui_tags")
def test_a_refused_step_is_greyed_and_says_why():
    html = render(
        "{% actions o x 'paper_action' %}", o=[offer("sign", "审签", deny(f"本人所写{NASTY}"))], x=Paper()
    )
    assert "<form" not in html
    assert "disabled" in html
    assert "本人所写&lt;script&gt;" in html


@pytest.mark.urls("tests.core.test_ui_tags")
def test_a_step_that_wants_a_reason_asks_for_it():
    html = render("{% actions o x 'paper_action' %}", o=[offer("back", "退回", wants_reason=True)], x=Paper())
    assert re.search(r'<textarea[^>]+name="reason"[^>]+required', html)


@pytest.mark.urls("tests.core.test_ui_tags")
def test_a_dangerous_step_says_what_it_does_before_it_is_sent():
    html = render(
        "{% actions o x 'paper_action' %}", o=[offer("end", "结束", confirm="12个村将不能再改。")], x=Paper()
    )
    assert 'data-confirm="12个村将不能再改。"' in html


def test_a_verb_has_the_name_its_room_gave_it_or_a_guessed_one():
    name_verbs({"papers.sign_twice": "再次签名"})
    assert verb_label("papers.sign_twice") == "再次签名"
    assert verb_label("anything.create_thing") == "新建"
    assert verb_label("anything.bulk_import") == "导入"
    assert verb_label("anything.unheard_of") == "办理"


def test_files_are_links_and_pictures_are_shown():
    scan = SimpleNamespace(
        name=f"合同{NASTY}.pdf", kind="pdf", get_kind_display=lambda: "PDF 文档", size=1536
    )
    photo = SimpleNamespace(name="现场.jpg", kind="jpg", get_kind_display=lambda: "JPEG 图片", size=10)
    rows = [{"file": scan, "url": "/f/1"}, {"file": photo, "url": "/f/2", "thumbnail": "/f/2/small"}]
    html = render("{% attachments x %}", x=rows)
    assert "<script" not in html
    assert 'href="/f/1"' in html
    assert "1.5KB" in html
    assert 'src="/f/2/small"' in html


def test_history_words_the_change(db):
    row = make_round(make_district(), make_scheme())
    audit.record(
        actor=audit.SYSTEM,
        verb="villages.update",
        target=row,
        reason="更正",
        before={"name": "旧名", "starts_on": "2026-03-01"},
        after={"name": "新名", "starts_on": "2026-03-05"},
    )
    html = render("{% history x %}", x=row)
    for words in ("修改", "更正", "旧名", "新名", "2026年3月5日"):
        assert words in html
