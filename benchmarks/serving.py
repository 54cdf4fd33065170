"""`beleidsradar serve` on the miniature, a day of its clock a minute: what was due, what ran, and how it stops and goes on.

    python -m benchmarks.serving [--minutes 10] [--kills 0] [--home DIR] [--port N] [--leave]

Then a SIGTERM with a restart (timed; no deployment may be paused, nothing be told twice), and, with --kills, so many times a
kill -9 of the service and its runs, with the seconds until the next visit. Exit 1 when something that was due did not run.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from benchmarks.standing import Standing
from demo import home, story
from demo.moments import AMSTERDAM
from demo.serving import Service, within
from demo.sinks import MailSink, SlackSink
from demo.sites import Miniature
from demo.turning import DayAMinute
from domain.calendar import is_workday
from domain.events import VisitState
from flows.server import free_port
from services.radar import Radar
from services.wiring import open_radar, wire
from storage.visits import Visit

ROOT = Path(__file__).resolve().parents[1]
STOP = 15.0
AGAIN = 120.0


@dataclass(slots=True)
class World:
    """The miniature, the sinks and the service over them."""

    sites: Miniature
    mail: MailSink
    slack: SlackSink
    service: Service
    radar: Radar
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: bool, what: str) -> None:
        """Note what should hold and does not."""
        if not holds:
            self.faults.append(what)

    def visits(self, source: str) -> int:
        """How many live visits of a source were accepted."""
        with self.radar.store.read() as unit:
            found = unit.visits.all(source)
        return sum(map(_is_good, found))

    def mails(self) -> list[str]:
        """The delivery of each mail that arrived."""
        raws = [raw for _, raw in self.mail.messages]
        return [found[1].decode() for raw in raws if (found := re.search(rb"^X-Delivery-Id: (.+)$", raw, re.M | re.I))]


def main() -> None:
    """Serve, stop, start, perhaps kill; print what was due and what ran."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.serving")
    wanted.add_argument("--minutes", type=int, default=10)
    wanted.add_argument("--kills", type=int, default=0)
    wanted.add_argument("--home", type=Path)
    wanted.add_argument("--port", type=int, default=0)
    wanted.add_argument("--leave", action="store_true", help="leave service and sites up until Ctrl-C")
    said = wanted.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what it leaves in the background deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, _world(said.home or Path(folder) / "home", said.port) as world:
        took = within(300, lambda: all(world.visits(source) for source in story.EVERY_SITE))
        print(
            f"every source looked at once {took:.0f} s after the start; dashboard http://127.0.0.1:{world.service.port}",
            flush=True,
        )
        with DayAMinute(world.sites, story.START) as clock:
            _days(world, clock, said.minutes)
            _restart(world)
            for _ in range(said.kills):
                _kill(world)
            if said.leave:
                print("left up until Ctrl-C", flush=True)
                _until_interrupted()
        took = world.service.stop()
        world.expect(took < STOP, f"the last SIGTERM took {took:.1f} s")
        doubles = [one for one, count in Counter(world.mails()).items() if count > 1]
        world.expect(not doubles, f"told twice: {doubles}")
        told = f"{len(world.mails())} mails, {len(world.slack.messages)} Slack messages, {len(doubles)} doubles"
        print(f"{told}; SIGTERM {took:.1f} s")
        for fault in world.faults:
            print(f"NOT AS DUE: {fault}")
        print("all that was due ran, once" if not world.faults else f"{len(world.faults)} faults")
        sys.exit(bool(world.faults))


@contextmanager
def _world(place: Path, port: int) -> Iterator[World]:
    with ExitStack() as stack:
        sites = stack.enter_context(Miniature(story.START))
        mail, slack = stack.enter_context(MailSink()), stack.enter_context(SlackSink())
        sources = home.furnish(place, ROOT / "topics")
        environment = home.environment(place, sources, sites.connect, sites.clock_url, mail.address, slack.address)
        looking = open_radar(environment, create=True)
        stack.callback(looking.store.close)
        service = Service(place, ROOT, environment, port or free_port())
        service.start()
        try:
            yield World(sites, mail, slack, service, wire(looking.settings, looking.store, Standing(story.START)))
        finally:
            if service.works:
                service.stop()


def _days(world: World, clock: DayAMinute, minutes: int) -> None:
    within(120, lambda: clock.day_of(datetime.now(AMSTERDAM)) is not None)
    within(60 * minutes + 60, lambda: len(clock.days) >= minutes)
    runs = world.service.runs()
    print(f"{'day':<14}{'visits obm/ro/rvo':>19}  {'ochtend':<22}{'urgent':>7}{'watchdog':>10}  runs by state")
    for day in clock.days:
        _day(
            world,
            day,
            [run for run in runs if run["start_time"] and clock.day_of(datetime.fromisoformat(run["start_time"])) == day],
        )
    seconds: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        seconds[_deployment(run)].append(float(run["total_run_time"]))
    for name, found in sorted(seconds.items()):
        print(f"  {name:<24}{len(found):>4} runs, {sum(found) / len(found):>5.1f} s each, at most {max(found):.1f} s")


def _day(world: World, day: date, runs: list[dict[str, object]]) -> None:
    """What the store holds of a day, and the runs that were started in its minute."""
    with world.radar.store.read() as unit:
        visits = {source: unit.visits.all(source) for source in story.EVERY_SITE}
        issues = [one for one in unit.issues.runs() if _local(one.made) == day]
        regular = [one for one in unit.issues.runs("ochtend", "regular") if _local(one.due) == day]
    made = [sum(_is_good(one) and _local(one.started) == day for one in visits[name]) for name in visits]
    urgent = sum(one.digest == "dringend" for one in issues)
    states = Counter(str(run["state_type"]) for run in runs)
    looked = sum(str(run["name"]).startswith("watchdog") for run in runs)
    shown = ", ".join(f"nr. {one.number} {one.made.astimezone(AMSTERDAM):%H.%M}{' LATE' if one.late else ''}" for one in regular)
    print(
        f"{day:%a %d %b %Y}{'/'.join(map(str, made)):>18}  {shown or '-':<22}{urgent:>7}{looked:>10}  {dict(states)}", flush=True
    )
    for source, count in zip(visits, made, strict=True):
        world.expect(count > 0, f"{day}: no visit of {source}")
    due = is_workday(day) and day > story.START.date()
    world.expect(len(regular) == due, f"{day}: {len(regular)} issues of ochtend, {int(due)} due")
    world.expect(all(_local(one.made) == day and not one.late for one in regular), f"{day}: the issue of ochtend was made late")
    world.expect(looked > 0, f"{day}: no watchdog")
    world.expect(set(states) <= {"COMPLETED", "RUNNING"}, f"{day}: runs by state {dict(states)}")


def _restart(world: World) -> None:
    before = Counter(world.mails())
    took = world.service.stop()
    world.expect(took < STOP, f"SIGTERM took {took:.1f} s")
    world.service.start()
    up = within(180, world.service.deployments)
    paused = [one["name"] for one in world.service.deployments() if one["paused"]]
    world.expect(not paused, f"paused after a restart: {paused}")
    visits = world.visits(story.OFFICIAL)
    again = within(300, lambda: world.visits(story.OFFICIAL) > visits)
    print(f"SIGTERM {took:.1f} s, up again in {up:.0f} s, paused {len(paused)}, next visit {up + again:.0f} s after the restart")
    world.expect(all(count == 1 for count in (Counter(world.mails()) - before).values()), "told twice over a restart")


def _kill(world: World) -> None:
    """kill -9 while a visit is under way."""
    within(180, lambda: [run for run in world.service.ask("/flow_runs/filter", {"flow_runs": RUNNING}) if "watch" in run["name"]])
    runs = world.service.kill()
    visits = world.visits(story.OFFICIAL)
    world.service.start()
    took = within(300, lambda: world.visits(story.OFFICIAL) > visits)
    world.expect(took < AGAIN, f"the next visit came {took:.0f} s after kill -9")
    print(f"kill -9 of the service and {runs} of its runs; the next visit was accepted {took:.0f} s after the start")


RUNNING = {"state": {"type": {"any_": ["RUNNING"]}}}


def _deployment(run: dict[str, object]) -> str:
    tags = run["tags"]
    assert isinstance(tags, list)
    return " ".join(sorted(str(tag) for tag in tags if tag not in ("beleidsradar", "scheduled")))


def _is_good(visit: Visit) -> bool:
    return visit.state is VisitState.ACCEPTED and visit.purpose == "live"


def _local(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _until_interrupted() -> None:
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        print("ending", flush=True)


if __name__ == "__main__":
    main()
