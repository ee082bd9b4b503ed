"""Keeping the rule book: who may, what is refused, how editions follow one another, what the trail says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep import services
from prep.models import Regulation, RegulationEdition
from prep.rules.in_force import overlapping
from tests.core import naughty
from tests.prep.rulebook import DISCIPLINE, accounting, day, discipline, edition, make_rule
from villages.services import seed_reference

pytestmark = pytest.mark.django_db
NEW = {"title": "村级财务办法", "level": "district"}


@pytest.fixture
def loaded(cast):
    seed_reference(actor=SYSTEM)
    return services.load_rule_book(actor=SYSTEM)


def terms(title):
    rows = RegulationEdition.objects.filter(regulation__title=title).order_by("from_day")
    return [(str(row.from_day), str(row.until_day or "")) for row in rows]


def page(response):
    return response.content.decode()


# --- what comes with the product --------------------------------------------------------------------------


def test_some_sixty_public_rules_come_with_the_product_and_are_put_in_once(loaded):
    assert len(loaded) >= 60 and services.load_rule_book(actor=SYSTEM) == []
    for rule in Regulation.objects.prefetch_related("editions"):
        editions = list(rule.editions.all())
        assert editions and overlapping(editions) is None, rule
        assert all(row.replaced_by_id for row in editions if row.until_day), rule


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (DISCIPLINE, [("2016-01-01", "2018-09-30"), ("2018-10-01", "2023-12-31"), ("2024-01-01", "")]),
        ("中国共产党农村基层组织工作条例", [("1999-02-13", "2018-12-27"), ("2018-12-28", "")]),
        ("农村集体经济组织会计制度", [("2024-01-01", "")]),
        ("村集体经济组织会计制度", [("2005-01-01", "2023-12-31")]),
        ("信访工作条例", [("2022-05-01", "")]),
        ("中华人民共和国农村集体经济组织法", [("2025-05-01", "")]),
    ],
)
def test_dates_that_everybody_can_look_up(loaded, title, expected):
    assert terms(title) == expected


def test_what_the_office_changed_stays_when_it_is_loaded_again(cast):
    seed_reference(actor=SYSTEM)
    make_rule("信访条例", ("2005-05-01", "2022-04-30"), issuer="由巡察办登记")
    services.load_rule_book(actor=SYSTEM)
    assert Regulation.objects.get(title="信访条例").issuer == "由巡察办登记"


# --- editions ---------------------------------------------------------------------------------------------


def test_a_new_edition_ends_the_one_in_force_the_day_before(cast):
    discipline()
    assert terms(DISCIPLINE) == [
        ("2016-01-01", "2018-09-30"),
        ("2018-10-01", "2023-12-31"),
        ("2024-01-01", ""),
    ]
    chain = [row.replaced_by and str(row.replaced_by.from_day) for row in RegulationEdition.objects.all()]
    assert chain == ["2018-10-01", "2024-01-01", None]


def test_an_earlier_edition_entered_late_ends_before_the_next_and_is_linked(cast):
    row = make_rule(DISCIPLINE, "2018-10-01")
    services.add_edition(actor=SYSTEM, regulation=row, values={"from_day": day("2016-01-01")})
    assert terms(DISCIPLINE) == [("2016-01-01", "2018-09-30"), ("2018-10-01", "")]
    assert edition(DISCIPLINE, "2016-01-01").replaced_by == edition(DISCIPLINE, "2018-10-01")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_day": None}, "from_day"),
        ({"from_day": "2018-10-01"}, "from_day"),
        ({"from_day": "2017-01-01", "until_day": "2016-12-31"}, "until_day"),
        ({"from_day": "2017-01-01", "until_day": "2018-10-01"}, "from_day"),
        ({"from_day": "2026-01-01", "articles": "村务公开"}, "articles"),
        ({"from_day": "2026-01-01", "note": "长" * 301}, "note"),
    ],
)
def test_an_edition_that_does_not_fit_is_refused_and_nothing_is_written(cast, values, field):
    row = discipline()
    before = terms(DISCIPLINE)
    dates = {name: day(text) for name, text in values.items() if name.endswith("_day")}
    with pytest.raises(ServiceError) as refused:
        services.add_edition(actor=cast.office_clerk, regulation=row, values=values | dates)
    assert refused.value.field == field and terms(DISCIPLINE) == before


def test_an_edition_is_corrected_within_its_neighbours(cast):
    discipline()
    row = edition(DISCIPLINE, "2018-10-01")
    with pytest.raises(ServiceError, match="重叠"):
        services.edit_edition(
            actor=cast.office_clerk,
            edition=row,
            revision=row.revision,
            values={"until_day": day("2024-01-01")},
        )
    values = {"articles": "第98条：某条", "name": "2018年修订"}
    services.edit_edition(actor=cast.office_clerk, edition=row, revision=row.revision, values=values)
    assert edition(DISCIPLINE, "2018-10-01").articles == "第九十八条 某条"
    with pytest.raises(StaleRecord):
        services.edit_edition(actor=cast.office_clerk, edition=row, revision=1, values={"name": "另一名"})


def test_a_rule_gives_way_to_another_one(cast):
    old, new = accounting()
    ended = edition(old.title, "2005-01-01")
    assert (str(ended.until_day), ended.replaced_by.regulation) == ("2023-12-31", new)
    with pytest.raises(ServiceError, match="施行到"):
        services.end_edition(
            actor=SYSTEM, edition=ended, revision=ended.revision, until_day=day("2024-01-01")
        )


def test_an_end_before_the_beginning_or_by_something_older_is_refused(cast):
    make_rule("信访条例", "2005-05-01")
    make_rule("更早的办法", "1990-01-01")
    row = edition("信访条例", "2005-05-01")
    for over in (
        {"until_day": day("2005-04-30")},
        {"until_day": day("2022-04-30"), "replaced_by": edition("更早的办法", "1990-01-01")},
        {"until_day": day("2022-04-30"), "replaced_by": row},
    ):
        with pytest.raises(ServiceError):
            services.end_edition(actor=SYSTEM, edition=row, revision=row.revision, **over)
    assert terms("信访条例") == [("2005-05-01", "")]


# --- rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " 《》 "}, "title"),
        ({"title": "《中国共产党 纪律处分条例》"}, "title"),
        ({"title": "纪律处分条例"}, "title"),  # the short name of another one
        ({"aliases": "某办法、纪律处分条例"}, "aliases"),
        ({"level": ""}, "level"),
        ({"level": "x"}, "level"),
        ({"category": "Z9"}, "category"),
        ({"title": "长" * 121}, "title"),
    ],
)
def test_a_rule_that_cannot_be_told_from_another_is_refused(cast, values, field):
    discipline()
    with pytest.raises(ServiceError) as refused:
        services.add_regulation(
            actor=cast.office_clerk, values=NEW | values, edition={"from_day": day("2022-01-01")}
        )
    assert refused.value.field == field and Regulation.objects.count() == 1


def test_names_are_kept_without_marks_and_once(cast):
    row = make_rule("《村级财务办法》", "2022-01-01", aliases="财务办法,《村财办法》；财务办法")
    assert (row.title, row.aliases) == ("村级财务办法", "财务办法、村财办法")


@pytest.mark.parametrize(
    "who", ["leader", "deputy", "member", "archivist", "town", "village", "sysadmin", "stranger"]
)
def test_only_the_office_keeps_the_book(cast, who):
    row = discipline()
    actor, last = getattr(cast, who), edition(DISCIPLINE, "2024-01-01")
    attempts = [
        lambda: services.add_regulation(actor=actor, values=NEW, edition={"from_day": day("2022-01-01")}),
        lambda: services.edit_regulation(actor=actor, regulation=row, revision=1, values={"note": "改"}),
        lambda: services.add_edition(actor=actor, regulation=row, values={"from_day": day("2026-01-01")}),
        lambda: services.edit_edition(actor=actor, edition=last, revision=1, values={"note": "改"}),
        lambda: services.end_edition(actor=actor, edition=last, revision=1, until_day=day("2026-01-01")),
        lambda: services.request_rule_sheet(actor=actor),
        lambda: services.load_rule_book(actor=actor),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert Regulation.objects.count() == 1 and terms(DISCIPLINE)[-1] == ("2024-01-01", "")


def test_every_step_is_in_the_trail(cast):
    row = make_rule(DISCIPLINE, "2018-10-01", actor=cast.office_clerk)
    services.add_edition(actor=cast.office_clerk, regulation=row, values={"from_day": day("2024-01-01")})
    services.edit_regulation(actor=cast.office_head, regulation=row, revision=1, values={"note": "核过"})
    last = edition(DISCIPLINE, "2024-01-01")
    services.end_edition(
        actor=cast.office_head, edition=last, revision=last.revision, until_day=day("2030-12-31")
    )
    told = list(
        AuditEntry.objects.filter(verb__startswith="prep.").values_list("verb", flat=True).order_by("seq")
    )
    assert told == [
        "prep.add_regulation", "prep.add_edition", "prep.end_edition", "prep.add_edition", "prep.link_edition",
        "prep.edit_regulation", "prep.end_edition",
    ]  # fmt: skip


# --- pages ------------------------------------------------------------------------------------------------


def test_the_list_asks_the_same_number_of_queries_for_one_rule_and_for_many(cast, client):
    client.force_login(cast.member)
    discipline()
    at = reverse("prep:regulations")
    client.get(at)
    with CaptureQueriesContext(connection) as few:
        client.get(at)
    for number in range(5):
        make_rule(f"办法{number}", "2020-01-01", "2022-01-01")
    with CaptureQueriesContext(connection) as many:
        text = page(client.get(at))
    assert "办法4" in text and len(many) == len(few)


def test_filters_and_words_narrow_the_list(cast, client):
    client.force_login(cast.member)
    discipline()
    make_rule("信访条例", ("2005-05-01", "2022-04-30"), level="admin", category="A2")
    make_rule("未来办法", "2099-01-01")

    def shown(query):
        text = page(client.get(reverse("prep:regulations") + query))
        return [name for name in (DISCIPLINE, "信访条例", "未来办法") if f">{name}</a>" in text]

    assert shown("") == [DISCIPLINE, "信访条例", "未来办法"]
    assert shown("?state=current") == [DISCIPLINE]
    assert shown("?state=ended") == shown("?level=admin") == shown("?category=A") == ["信访条例"]
    assert shown("?state=ahead") == ["未来办法"]
    assert shown("?q=纪律 处分") == shown("?q=《纪律处分条例》") == [DISCIPLINE]
    assert shown("?state=bad&level=bad&cursor=bad") == [DISCIPLINE, "信访条例", "未来办法"]
    assert shown("?q=没有这样的") == []


def test_from_the_form_to_the_page_of_a_rule(cast, client):
    client.force_login(cast.office_clerk)
    typed = NEW | {"from_day": "2022-01-01", "articles": "第3条 <b>财务公开</b>", "_key": "a"}
    sent = client.post(reverse("prep:regulation_add"), typed)
    row = Regulation.objects.get()
    shown = page(client.get(sent.url))
    assert sent.url == reverse("prep:regulation", args=[row.pk])
    assert "第三条" in shown and "&lt;b&gt;财务公开" in shown and "（2022年1月1日起施行）" in shown
    refused = client.post(reverse("prep:regulation_add"), typed | {"_key": "b"})
    assert (
        refused.status_code == 422 and "已指《村级财务办法》" in page(refused) and "财务公开" in page(refused)
    )


def test_editions_are_entered_corrected_and_ended_on_their_pages(cast, client):
    client.force_login(cast.office_clerk)
    row = discipline()
    client.post(reverse("prep:edition_add", args=[row.pk]), {"from_day": "2027-01-01", "_key": "a"})
    assert terms(DISCIPLINE)[2:] == [("2024-01-01", "2026-12-31"), ("2027-01-01", "")]
    last = edition(DISCIPLINE, "2027-01-01")
    at = reverse("prep:edition_end", args=[last.pk])
    assert "最后施行日" in page(client.get(at))
    refused = client.post(at, {"until_day": "2026-01-01", "revision": last.revision, "_key": "b"})
    assert refused.status_code == 422 and "早于施行日期" in page(refused)
    client.post(at, {"until_day": "2030-12-31", "revision": last.revision, "_key": "c"})
    assert terms(DISCIPLINE)[3] == ("2027-01-01", "2030-12-31")
    at = reverse("prep:edition_edit", args=[last.pk])
    stale = {"from_day": "2027-01-01", "name": "另一版", "revision": 1, "_key": "d"}
    assert client.post(at, stale).status_code == 409


def test_naughty_words_survive_unchanged(cast):
    for number, text in enumerate(t for t in naughty.KEPT if 0 < len(t) < 200 and " ".join(t.split()) == t):
        row = make_rule(f"办法{number}", "2022-01-01", note=text)
        assert row.note == text
