"""The pages of the survey as its team sees them, wide and on a phone: no barrier axe knows of, nothing cut off."""

import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from core.audit import SYSTEM
from surveys import services
from tests.factories import make_cast, make_inspection, make_village
from tests.surveys import ballots, exams, polls
from tests.surveys.kinds import open_survey_of_kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1440, "height": 900}, {"width": 360, "height": 740})


def at(name, *rows):
    return reverse(f"surveys:{name}", kwargs={"pk": rows[0].pk} if rows else None)


def typed(rng, number):
    """Rows of sheets with every answer, so that results have something of everything to show."""
    return [
        polls.sheet_row(
            n,
            rng.choice(["党员代表", "普通群众", "村组干部"]),
            {item: rng.choices([1, 2, 3, 4, 5, None], [40, 25, 15, 10, 7, 3])[0] for item in range(1, 23)},
            rng.choice(["路灯坏了", None]),
        )
        for n in range(1, number + 1)
    ]


@pytest.fixture
def pages():
    """Two villages whose survey and rating are locked and one that is being surveyed; ``(cast, addresses)``."""
    cast, rng = make_cast(), random.Random(7)
    second, third = (
        make_inspection(cast.team, make_village(cast.town_place, name=n)) for n in ("石塘村", "东岭村")
    )
    done, _ = (polls.locked(cast, typed(rng, 24), one) for one in (cast.inspection, second))
    rated, _ = (
        ballots.locked(cast, [[n, "党员代表" if n % 3 else "普通群众", *rng.choices(["好", "较好", "一般", "差"], k=4)]
                              for n in range(1, 30)], one)
        for one in (cast.inspection, second)
    )  # fmt: skip
    cast.inspection = third
    running = open_survey_of_kinds(cast)
    services.save_occasion(actor=SYSTEM, survey=polls.reload(running), values={
        "channel": "visit", "held_on": cast.round.starts_on, "place": "一组", "led_by": "", "attended": 9,
    })  # fmt: skip
    polls.count(running, channel="visit", issued=9, returned=8, missing=1, valid=8)
    services.create_batch(actor=cast.member, survey=running, channel="visit", expected=8)
    rating = ballots.open_rating(cast)
    sheet = ballots.sheet(rating, 12, "party", way="counted", counter=cast.member, second=cast.leader,
                          marks={str(n): [9, 1, 1, 0, 1, 0] for n in range(1, 5)})  # fmt: skip
    staged = services.preview_answer_import(
        actor=cast.member, survey=polls.reload(polls.open_survey(cast)), channel="entry", filename="录入.xlsx",
        content=polls.workbook([polls.sheet_row(1), polls.sheet_row(2, cells={3: "还行"}), polls.sheet_row(1)]),
    )  # fmt: skip
    paper = exams.issue(exams.open_test(cast))[0]
    return cast, [
        at("index"), at("compare"), at("results", done), at("survey", done), at("rating_results", rated),
        at("rating", rated), at("survey", running), at("counts", running), at("plan", running),
        at("slips", running), at("import_preview", staged), at("rating", rating), at("count_sheet", sheet),
        at("count_add", rating), at("ballot_grid", rating), at("test", paper.test), at("test_answers", paper),
        at("questions"), at("questionnaires"),
    ]  # fmt: skip


def test_no_page_of_the_survey_has_a_barrier_or_is_wider_than_its_screen(browser, live_server, client, pages):
    cast, addresses = pages
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", reduced_motion="reduce")
    context.add_cookies(
        [{"name": n, "value": morsel.value, "url": live_server.url} for n, morsel in client.cookies.items()]
    )
    page, found = context.new_page(), []
    for address in addresses:
        page.set_viewport_size(SIZES[0])
        assert page.goto(address).status == 200, address
        for size in SIZES:
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append((address, size["width"], "wider than the screen"))
            for barrier in Axe().run(page).response["violations"]:
                found.append((address, size["width"], barrier["id"], barrier["nodes"][0]["html"]))
    context.close()
    assert found == []
