"""A server dies under a phone and comes back: the answer is there once, and is mixed without anybody's call."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.kill.site import Site, end_group
from tests.kill.web import SECONDS, Web, serve
from tests.stack.deployment import wait_for
from tests.surveys.test_kinds_in_browser import PHONE, fill_in, next_one

pytestmark = pytest.mark.browser

# Thirty-nine have answered; with the phone's there are twenty to mix and twenty to leave behind.
MAKE = """
from tests.factories import make_cast
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import issue, send
survey = open_survey_of_kinds(make_cast())
cards = issue(survey, 40)
for card in cards[1:]:
    send(card.token, digits="1A10011")
print(cards[0].token)
"""
LOOK = """
from core.models import AuditEntry, Job
from surveys.models import AnswerSheet, OpenAnswer, Slip, Waiting
print(AnswerSheet.objects.count(), Waiting.objects.count(), Slip.objects.count(), OpenAnswer.objects.count(),
      AnswerSheet.objects.filter(answers="2B10115").count(), Job.objects.count(),
      AuditEntry.objects.filter(verb="surveys.mix").count())
"""


def run(site, *words):
    done = subprocess.run(
        [sys.executable, "manage.py", *words], env=site.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.split()


def test_an_answer_outlives_the_death_of_the_server_and_is_mixed_by_the_clock(browser, tmp_path):
    site = Site(tmp_path, "", SURVEY_MIX_SECONDS="1")
    try:
        run(site, "migrate", "-v0")
        token = run(site, "shell", "-v0", "-c", MAKE)[-1]
        web = serve(site)
        context = browser.new_context(base_url=f"http://127.0.0.1:{web.port}", **PHONE)
        page = context.new_page()
        page.goto(f"/w/#{token}")
        fill_in(page)
        end_group(web.process)
        next_one(page)
        expect(page.get_by_text("网络不稳")).to_be_visible(timeout=30_000)
        Web(site, site.manage("web", "serve", "--port", str(web.port)), web.port).wait_until_open()
        expect(page.get_by_text("已收到")).to_be_visible(timeout=60_000)
        assert context.cookies() == []
        context.close()
        wait_for("nobody mixes", lambda: run(site, "shell", "-v0", "-c", LOOK)[:2] == ["20", "20"], SECONDS)
        # Whether the phone's is among the twenty left behind, chance decides.
        run(site, "survey_mix", "--all")
        assert run(site, "shell", "-v0", "-c", LOOK) == ["40", "0", "0", "1", "1", "0", "0"]
    finally:
        site.close()
