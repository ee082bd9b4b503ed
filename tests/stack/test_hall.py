"""A hall of five hundred phones behind one address answers while inspectors work: proxy, web, PostgreSQL, Redis."""

import json

import pytest

from tests.kill.hall import LOOK, MAKE, Place
from tests.kill.test_hall import INSPECTORS, judge
from tests.stack.deployment import HOST

pytestmark = pytest.mark.stack


def test_every_answer_of_a_hall_arrives_once_through_the_proxy_and_inspectors_go_on_working(stack):
    def run(code):
        return stack.manage("web", "shell", "--no-imports", "-c", code).splitlines()[-1]

    tokens, inspectors = json.loads(run(MAKE.format(phones=500, inspectors=INSPECTORS)))
    place = Place(stack.ports["https"], HOST, str(stack.folder / "secrets" / "tls_certificate"))
    judge(place, tokens, inspectors, 60, lambda: run(LOOK))
