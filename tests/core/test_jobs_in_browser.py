"""In a real Chromium: a job's page moves along by itself, its buttons stay under the pointer, its file comes down."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.jobs import JobContext, enqueue, lease
from core.jobs.runner import run
from core.models import Job
from tests.core.test_kit_in_browser import page, person  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def claimed(person):  # noqa: F811
    """A job that a worker has just taken."""
    row = enqueue("test.file", args={"text": "云溪村问题清单"}, actor=person, title="云溪村问题清单")
    return lease.claim(row.pk)


def report(row, done):
    lease.report(row, done, 40, "正在汇总问题")


@pytest.mark.parametrize("name", ["list", "own page"])
def test_progress_moves_and_the_file_appears_without_a_reload(page, claimed, name):  # noqa: F811
    page.goto(reverse("core:jobs") if name == "list" else reverse("core:job", args=[claimed.pk]))
    main = page.locator("main")
    expect(main).to_contain_text("已开始")
    report(claimed, 12)
    expect(main).to_contain_text("12/40")
    expect(main).to_contain_text("正在汇总问题")
    expect(page.locator(".topbar progress")).to_be_visible()
    run(claimed)
    expect(main).to_contain_text("已完成")
    with page.expect_download() as download:
        main.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename == "云溪村问题清单.csv"
    expect(page.locator(".topbar progress")).to_have_count(0)


def test_the_button_beside_a_moving_bar_is_not_replaced_under_the_pointer(page, claimed):  # noqa: F811
    page.goto(reverse("core:jobs"))
    button = page.locator("main tbody button")
    button.evaluate("element => element.dataset.mark = 'same'")
    report(claimed, 12)
    expect(page.locator("main")).to_contain_text("12/40")
    report(claimed, 30)
    expect(page.locator("main")).to_contain_text("30/40")
    assert button.get_attribute("data-mark") == "same"


def test_cancelling_asks_first_and_stops_the_worker(page, claimed):  # noqa: F811
    page.goto(reverse("core:jobs"))
    page.locator("main tbody button").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("不再生成")
    dialog.get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("已停止")
    with pytest.raises(lease.Superseded):
        JobContext(claimed).progress(1, 1)


def test_a_job_whose_worker_died_goes_on_in_front_of_the_person(page, claimed):  # noqa: F811
    page.goto(reverse("core:job", args=[claimed.pk]))
    Job.objects.filter(pk=claimed.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    run(lease.claim())
    expect(page.locator("main")).to_contain_text("已完成")
