"""A site of thousands of pages of which three changed: the sitemap says which, and nothing else is asked but a few old ones."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from demo import story
from demo.making.web import rvo_page
from demo.paper import RvoPage
from services import watch

CHANGED = 3
SMALL = 400
WHOLE = 13_000
MOST = 150
"""Megabytes of the whole process at its peak (issue 4)."""


def papers(count: int) -> list[Any]:
    """Pages as the sitemap of the site has them: a few dozen schemes and news that are followed, and thousands that are not."""
    page = RvoPage("Regeling", "Over de regeling.", ("De regeling is bedoeld voor ondernemers in het mkb.",), date(2021, 1, 4))
    found = []
    for number in range(count):
        path = f"/nieuws/bericht-{number}" if number < 60 else f"/meldcodes-warmtepompen/toestel-{number}"
        first = replace(page, title=f"Pagina {number}", api="articles" if number < 5 else "subsidies" if number < 8 else "")
        later = (("2021-12-06 09:00", replace(first, intro="Nu met een ander bedrag: € 25.000.")),)
        found.append(rvo_page(path, "2021-06-01 09:00", first, *(later if 10 <= number < 10 + CHANGED else ())))
    return found


def quiet_news(world: Any) -> None:
    """Nothing is rechecked on every visit here: the sample is what is counted."""
    sources = world.home / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(text.replace("/subsidies-financiering/wbso, /subsidies-financiering/mit, ", ""), encoding="utf-8")


@pytest.mark.parametrize("count", [SMALL, pytest.param(WHOLE, marks=pytest.mark.torture)])
def test_three_changed_pages_cost_four_requests_and_the_sample(make_world: Any, count: int) -> None:
    world = make_world(papers=papers(count))
    quiet_news(world)
    radar = world.radar()
    watch.visit(radar, "rvo")
    world.sites.turn(story._at(4, "09:00"))
    watch.visit(radar, "rvo")
    # a visit shortly before: the second opinion of the API was asked just now
    world.sites.turn(story._at(6, "08:00"))
    watch.visit(radar, "rvo")
    world.sites.turn(story._at(6, "09:30"))
    world.sites.clear_requests()
    visit = watch.visit(radar, "rvo")
    asked = [request.path for request in world.sites.requests]
    lists = [path for path in asked if path.endswith(".xml") or path.startswith("/api/")]
    pages = [path for path in asked if path in {f"/nieuws/bericht-{number}" for number in range(10, 10 + CHANGED)}]
    sample = len(asked) - len(lists) - len(pages)
    print(f"{count} pages, {CHANGED} changed: {len(lists)} list + {len(pages)} pages + {sample} of the sample")
    assert lists == ["/sitemap.xml"]
    assert len(pages) == CHANGED
    assert sample <= watch.SAMPLE
    assert visit.counts["changed"] == CHANGED


# The kernel's high-water mark of this program: `ru_maxrss` would count the test process that it was forked from.
MEASURED = """
import re
from cli.main import app
try:
    app(["run", "rvo"], standalone_mode=False)
finally:
    print(int(re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.torture
def test_a_process_that_visits_thousands_of_pages_stays_small(make_world: Any) -> None:
    """Measured in processes of their own: the first visit, which writes all pages down, and the next."""
    world = make_world(papers=papers(WHOLE))
    quiet_news(world)
    environment = {**os.environ, **world.environment, "PYTHONPATH": str(world.root)}
    for moment in (story.START, story._at(6, "09:30")):
        world.sites.turn(moment)
        command = [sys.executable, "-c", MEASURED]
        run = subprocess.run(command, env=environment, cwd=world.root, capture_output=True, text=True, check=True, timeout=300)
        peak = int(run.stdout.splitlines()[-1])
        print(f"{WHOLE} pages, `beleidsradar run rvo`: {peak} MB at its peak; {run.stdout.splitlines()[0]}")
        assert peak < MOST
