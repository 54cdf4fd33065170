"""What a day of watching costs the sites, and that three processes together are as polite as one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from protego import Protego

from demo import story
from demo.exchange import Request
from services import watch
from sources.robots import AGENT

RATES = {"zoek.officielebekendmakingen.nl": 3.0, "www.rijksoverheid.nl": 1.0, "open.overheid.nl": 1.0, "www.rvo.nl": 1.0}
HOUR = timedelta(hours=1)


def apart(world: Any) -> dict[str, float]:
    """The shortest time between two requests to each host."""
    moments: dict[str, list[datetime]] = defaultdict(list)
    for request in world.sites.requests:
        moments[request.host].append(request.at)
    return {
        host: min((later - earlier).total_seconds() for earlier, later in pairwise(sorted(found)))
        for host, found in moments.items()
        if len(found) > 1
    }


def check_polite(world: Any) -> None:
    """No host faster than its rate, none that is not configured, no path that its robots.txt forbids."""
    assert {request.host for request in world.sites.requests} <= RATES.keys()
    for host, seconds in apart(world).items():
        assert seconds >= RATES[host] - 0.001, f"{host}: {seconds} s between two requests"
    for host in RATES:
        site = world.sites._front.sites[host]
        rules = Protego.parse(site.answer(Request(host, "/robots.txt"), world.sites.now).body.decode())
        forbidden = [
            r.path for r in world.sites.requests if r.host == host and not rules.can_fetch(f"https://{host}{r.path}", AGENT)
        ]
        assert forbidden == []


def test_a_steady_day_costs_a_handful_of_conditional_requests_a_visit(world: Any) -> None:
    """A quiet afternoon of visits, each by a process of its own as far as what it remembers goes: no paper is asked twice, and
    robots.txt is asked once a day."""
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    world.sites.turn(story._at(4, "09:00"))
    for source in radar.adapters:
        watch.visit(radar, source)
    robots = Counter(request.host for request in world.sites.requests if request.path == "/robots.txt")
    assert set(robots.values()) == {1}
    per_visit: dict[str, list[int]] = defaultdict(list)
    world.sites.clear_requests()
    for hour in (0, 3):
        world.sites.turn(story._at(4, "10:00") + hour * HOUR)
        for source in radar.adapters:
            before = len(world.sites.requests)
            watch.visit(world.radar(), source)
            per_visit[source].append(len(world.sites.requests) - before)
    print("requests per visit:", dict(per_visit), "shortest time between two:", apart(world))
    assert [r.path for r in world.sites.requests if r.path == "/robots.txt"] == []
    # Lists, pages that every visit asks again, and at most five papers of the sample, of which many have two files.
    # The first of the two asks about today only; in the second the days before are due again, and the second route of one site.
    first = {"officielebekendmakingen": 5, "rijksoverheid": 4, "rvo": 8}
    most = {"officielebekendmakingen": 2 * 5, "rijksoverheid": 5 + 2 * 11, "rvo": 8}
    sample = {"officielebekendmakingen": 10, "rijksoverheid": 10, "rvo": 5}
    assert [source for source, counts in per_visit.items() if counts[0] > first[source] + sample[source]] == [], per_visit
    assert [source for source, counts in per_visit.items() if max(counts) > most[source] + sample[source]] == [], per_visit
    assert {r.status for r in world.sites.requests} <= {200, 304}
    pages = [r for r in world.sites.requests if not r.path.startswith(("/rss", "/api/", "/sitemap", "/news/", "/overheid/"))]
    assert all(r.status == 304 for r in pages)
    assert all(r.user_agent.startswith("Beleidsradar/") and "@" in r.user_agent for r in world.sites.requests)
    check_polite(world)


ASKER = """
import json, os, sys, time
from services.clock import SystemClock
from services.wiring import _Slots, open_radar
radar = open_radar(os.environ, create=False)
slots = _Slots(radar.store, SystemClock())
turns = []
for _ in range(int(sys.argv[1])):
    now = time.time()
    turns.append(now + slots.reserve("www.rvo.nl", 1.0))
print(json.dumps(turns))
"""


def test_three_processes_share_one_rate(world: Any) -> None:
    """Three processes that ask at the same moment get turns that never lie closer together than the rate, in real time."""
    world.radar().store.close()
    environment = {**os.environ, **world.environment, "PYTHONPATH": str(world.root)}
    command = [sys.executable, "-c", ASKER, "6"]
    started = [subprocess.Popen(command, env=environment, cwd=world.root, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    turns = sorted(turn for process in started for turn in json.loads(process.communicate(timeout=60)[0]))
    shortest = min(later - earlier for earlier, later in pairwise(turns))
    print(f"{len(turns)} turns over {turns[-1] - turns[0]:.1f} s, {shortest:.3f} s apart at least")
    assert len(turns) == 18
    assert turns[-1] - turns[0] >= 16.9
    assert shortest >= 0.9  # each process read its clock a moment before its turn was written down
