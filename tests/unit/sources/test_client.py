"""The polite client against a small server on loopback that can misbehave in every way the client must survive."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from domain.errors import ConfigurationError, FetchError, FetchFailure
from sources.adapter import Rate
from sources.client import Client
from sources.retries import retry_after
from sources.robots import RobotsAnswer, RobotsCache

HOST = "www.example.nl"
OTHER = "zoek.example.nl"
Handler = Callable[["Site"], None]


class Site(BaseHTTPRequestHandler):
    """Answers with the handler registered for host and path; remembers what was asked."""

    protocol_version = "HTTP/1.1"
    pages: dict[str, Handler]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        key = f"{self.headers['Host']}{self.path}"
        self.asked.append((key, {name.lower(): value for name, value in self.headers.items()}))
        handler = self.pages.get(key)
        if handler is None:
            self.reply(404, b"nothing here")
        else:
            handler(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """A server that says nothing when a client hangs up, as the client under test often does."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class FakeClock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


class FakeSlots:
    """The turns at each host, on the clock."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.free: dict[str, datetime] = {}

    def reserve(self, host: str, seconds: float) -> float:
        now = self.clock.now()
        begin = max(now, self.free.get(host, now))
        self.free[host] = begin + timedelta(seconds=seconds)
        return (begin - now).total_seconds()


class World:
    """A server, a clock, the turns, and clients of them."""

    def __init__(self, address: str, pages: dict[str, Handler], asked: list[tuple[str, dict[str, str]]]) -> None:
        self.address = address
        self.pages = pages
        self.asked = asked
        self.clock = FakeClock()
        self.slots = FakeSlots(self.clock)

    @contextmanager
    def client(self, **options: object) -> Iterator[Client]:
        settings: dict[str, object] = {
            "connect": {HOST: self.address, OTHER: self.address},
            "timeout": httpx2.Timeout(0.5),
            "jitter": lambda: 0.0,
            **options,
        }
        with Client(self.slots, self.clock, "beleid@example.nl", [Rate(HOST, 1.0), Rate(OTHER, 3.0)], **settings) as client:  # type: ignore[arg-type]
            yield client

    def paths(self) -> list[str]:
        return [key for key, _ in self.asked if not key.endswith("/robots.txt")]

    def fails(self, url: str, **options: object) -> FetchError:
        with self.client(**options) as client, pytest.raises(FetchError) as caught:
            client.fetch(url)
        return caught.value


@pytest.fixture
def world() -> Iterator[World]:
    pages: dict[str, Handler] = {}
    asked: list[tuple[str, dict[str, str]]] = []
    handler = type("OwnSite", (Site,), {"pages": pages, "asked": asked})
    server = QuietServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield World(f"127.0.0.1:{server.server_port}", pages, asked)
    server.shutdown()
    server.server_close()
    thread.join()


def says(body: bytes, **headers: str) -> Handler:
    return lambda site: site.reply(200, body, **headers)


def in_turn(*handlers: Handler) -> Handler:
    left = list(handlers)
    return lambda site: (left.pop(0) if len(left) > 1 else left[0])(site)


def test_an_answer_carries_the_publishers_address(world: World) -> None:
    world.pages[f"{HOST}/a?q=1"] = says(b"tekst", ETag='"x"', Content_Type="text/plain")
    with world.client() as client:
        answer = client.fetch(f"https://{HOST}/a?q=1#deel")
    assert (answer.url, answer.final_url) == (f"https://{HOST}/a?q=1#deel", f"https://{HOST}/a?q=1")
    assert (answer.status, answer.body, answer.header("ETag")) == (200, b"tekst", '"x"')
    assert all(name == name.lower() for name, _ in answer.headers)
    headers = world.asked[-1][1]
    assert headers["host"] == HOST
    assert headers["user-agent"].startswith("Beleidsradar/")
    assert headers["user-agent"].endswith("(+beleid@example.nl)")
    assert "cookie" not in headers


def test_a_cookie_is_never_sent_back(world: World) -> None:
    world.pages[f"{HOST}/a"] = says(b"x", Set_Cookie="sessie=1; Path=/")
    with world.client() as client:
        client.fetch(f"https://{HOST}/a")
        client.fetch(f"https://{HOST}/a")
    assert "cookie" not in world.asked[-1][1]


def test_a_conditional_request_may_be_answered_with_304(world: World) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(304)
    with world.client() as client:
        answer = client.fetch(f"https://{HOST}/a", etag='"x"', last_modified="Thu, 19 Nov 2026 00:00:00 GMT")
    assert answer.not_modified
    assert answer.body == b""
    assert world.asked[-1][1]["if-none-match"] == '"x"'
    assert world.asked[-1][1]["if-modified-since"] == "Thu, 19 Nov 2026 00:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_garbled(world: World) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(304)
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.GARBLED


def test_a_redirect_to_a_configured_host_is_followed(world: World) -> None:
    world.pages[f"{HOST}/oud"] = lambda site: site.reply(301, Location=f"https://{OTHER}/nieuw")
    world.pages[f"{OTHER}/nieuw"] = says(b"hier")
    with world.client() as client:
        answer = client.fetch(f"https://{HOST}/oud")
    assert (answer.url, answer.final_url, answer.body) == (f"https://{HOST}/oud", f"https://{OTHER}/nieuw", b"hier")
    assert f"{OTHER}/robots.txt" in [key for key, _ in world.asked]


@pytest.mark.parametrize(
    "target",
    ["https://elders.example.org/a", "file:///etc/passwd", "https://www.example.nl:8443/a", "https://u:p@www.example.nl/a"],
)
def test_a_redirect_elsewhere_is_refused(world: World, target: str) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(302, Location=target)
    error = world.fails(f"https://{HOST}/a")
    assert error.failure is FetchFailure.FOREIGN_REDIRECT
    assert world.paths() == [f"{HOST}/a"]


def test_redirects_that_go_round_end(world: World) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(302, Location="/a")
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.GARBLED
    assert len(world.paths()) == 6


@pytest.mark.parametrize(
    "url", ["https://elders.example.org/", "ftp://www.example.nl/", "file:///etc/passwd", "https://[::1/", "geen adres"]
)
def test_nothing_else_is_ever_asked(world: World, url: str) -> None:
    assert world.fails(url).failure is FetchFailure.NOT_ALLOWED
    assert world.asked == []


def test_a_connect_map_keeps_everything_on_loopback(world: World) -> None:
    assert world.fails(f"https://{OTHER}/", connect={HOST: world.address}).failure is FetchFailure.NOT_ALLOWED


@pytest.mark.parametrize(
    "target", ["192.0.2.1:80", "localhost:80", "127.0.0.1", "example.org:80", "0.0.0.0:80", "127.0.0.1:port"]
)
def test_a_connect_map_that_leaves_loopback_is_refused(world: World, target: str) -> None:
    with pytest.raises(ConfigurationError, match="loopback"), world.client(connect={HOST: target}):
        pass


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (404, FetchFailure.MISSING),
        (410, FetchFailure.MISSING),
        (401, FetchFailure.REFUSED),
        (403, FetchFailure.REFUSED),
        (451, FetchFailure.REFUSED),
        (500, FetchFailure.SERVER_ERROR),
        (206, FetchFailure.GARBLED),
        (300, FetchFailure.GARBLED),
    ],
)
def test_what_a_status_means(world: World, status: int, failure: FetchFailure) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(status, b"x")
    assert world.fails(f"https://{HOST}/a").failure is failure
    assert world.paths() == [f"{HOST}/a"]


@pytest.mark.parametrize(
    ("status", "failure"),
    [(429, FetchFailure.BUSY), (503, FetchFailure.BUSY), (502, FetchFailure.SERVER_ERROR), (504, FetchFailure.SERVER_ERROR)],
)
def test_busy_is_tried_three_times(world: World, status: int, failure: FetchFailure) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(status)
    assert world.fails(f"https://{HOST}/a").failure is failure
    assert len(world.paths()) == 3


def test_503_then_an_answer(world: World) -> None:
    world.pages[f"{HOST}/a"] = in_turn(lambda site: site.reply(503), says(b"toch"))
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"toch"


@pytest.mark.parametrize("value", ["7", "Sat, 21 Nov 2026 08:00:08 GMT"])
def test_retry_after_is_kept_to(world: World, value: str) -> None:
    """The date lies eight seconds after the start, of which the turn after robots.txt takes one."""
    world.pages[f"{HOST}/a"] = in_turn(lambda site: site.reply(429, Retry_After=value), says(b"toch"))
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"toch"
    assert 7.0 in world.clock.slept


def test_a_long_retry_after_ends_the_visit_and_holds_for_everybody(world: World) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(503, Retry_After="3600")
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.BUSY
    assert len(world.paths()) == 1
    assert world.fails(f"https://{HOST}/a", robots_exempt=frozenset({HOST})).failure is FetchFailure.BUSY
    assert len(world.paths()) == 1
    assert max(world.clock.slept) <= 60


def test_a_broken_connection_is_tried_again(world: World) -> None:
    def drop(site: Site) -> None:
        site.close_connection = True

    world.pages[f"{HOST}/a"] = in_turn(drop, drop, says(b"toch"))
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"toch"


def test_a_silent_server_times_out_after_three_attempts(world: World) -> None:
    asleep = threading.Event()
    world.pages[f"{HOST}/a"] = lambda site: (asleep.wait(5), None)[1]
    error = world.fails(f"https://{HOST}/a", timeout=httpx2.Timeout(0.1))
    asleep.set()
    assert error.failure is FetchFailure.TIMEOUT
    assert len(world.paths()) == 3


def test_nobody_listening_is_unreachable(world: World) -> None:
    error = world.fails(f"https://{HOST}/a", connect={HOST: "127.0.0.1:1"}, robots_exempt=frozenset({HOST}))
    assert error.failure is FetchFailure.UNREACHABLE


def test_a_gzip_bomb_stops_at_the_cap(world: World) -> None:
    world.pages[f"{HOST}/a"] = says(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip")
    assert world.fails(f"https://{HOST}/a", body_cap=2_000_000).failure is FetchFailure.TOO_LARGE


def test_broken_gzip_is_garbled(world: World) -> None:
    world.pages[f"{HOST}/a"] = says(b"not gzip at all", Content_Encoding="gzip")
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.GARBLED


def _endless(site: Site) -> None:
    site.send_response(200)
    site.end_headers()
    site.close_connection = True
    try:
        while True:
            site.wfile.write(b"x" * 65_536)
    except OSError:
        return


def test_an_endless_body_stops_at_the_cap(world: World) -> None:
    world.pages[f"{HOST}/a"] = _endless
    assert world.fails(f"https://{HOST}/a", body_cap=1_000_000).failure is FetchFailure.TOO_LARGE


def test_a_slow_body_stops_at_the_deadline(world: World) -> None:
    seconds = iter(range(0, 10_000, 50))
    world.pages[f"{HOST}/a"] = _endless
    error = world.fails(f"https://{HOST}/a", elapsed=lambda: float(next(seconds)), robots_exempt=frozenset({HOST}))
    assert error.failure is FetchFailure.TIMEOUT


def test_a_body_shorter_than_promised_is_garbled(world: World) -> None:
    def short(site: Site) -> None:
        site.send_response(200)
        site.send_header("Content-Length", "100")
        site.end_headers()
        site.wfile.write(b"half")
        site.close_connection = True

    world.pages[f"{HOST}/a"] = short
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.GARBLED


def test_robots_are_asked_once_a_day_and_obeyed(world: World) -> None:
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nDisallow: /*.pdf$\nDisallow: /zoeken?*\n")
    world.pages[f"{HOST}/a"] = says(b"x")
    with world.client() as client:
        client.fetch(f"https://{HOST}/a")
        with pytest.raises(FetchError) as caught:
            client.fetch(f"https://{HOST}/b.pdf")
        assert caught.value.failure is FetchFailure.FORBIDDEN_BY_ROBOTS
        client.fetch(f"https://{HOST}/a")
        assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 1
        world.clock.moment += timedelta(hours=25)
        client.fetch(f"https://{HOST}/a")
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 2
    assert f"{HOST}/b.pdf" not in world.paths()


def test_a_disallowed_host_is_asked_only_where_the_owner_said_so(world: World) -> None:
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nDisallow: /\n")
    world.pages[f"{HOST}/a"] = says(b"x")
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.FORBIDDEN_BY_ROBOTS
    with world.client(robots_exempt=frozenset({HOST})) as client:
        assert client.fetch(f"https://{HOST}/a").body == b"x"


@pytest.mark.parametrize(
    ("status", "failure"), [(503, FetchFailure.BUSY), (500, FetchFailure.SERVER_ERROR), (302, FetchFailure.FOREIGN_REDIRECT)]
)
def test_robots_that_cannot_be_read_forbid_for_now(world: World, status: int, failure: FetchFailure) -> None:
    healed: Handler = says(b"")
    world.pages[f"{HOST}/robots.txt"] = lambda site: site.reply(status, Location="https://elders.example.org/robots.txt")
    world.pages[f"{HOST}/a"] = says(b"x")
    with world.client() as client:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                client.fetch(f"https://{HOST}/a")
            assert caught.value.failure is failure
        assert world.paths() == []
        world.pages[f"{HOST}/robots.txt"] = healed
        world.clock.moment += timedelta(minutes=11)
        assert client.fetch(f"https://{HOST}/a").body == b"x"


def test_turns_are_kept_apart_by_the_stricter_of_rate_and_robots(world: World) -> None:
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nCrawl-delay: 2.5\n")
    world.pages[f"{HOST}/a"] = says(b"x")
    with world.client() as client:
        for _ in range(3):
            client.fetch(f"https://{HOST}/a")
    assert world.clock.slept == [1.0, 2.5, 2.5]


def test_the_store_keeps_the_turns_across_clients(world: World) -> None:
    world.pages[f"{OTHER}/a"] = says(b"x")
    for _ in range(2):
        with world.client(robots_exempt=frozenset({OTHER})) as client:
            client.fetch(f"https://{OTHER}/a")
    assert world.clock.slept == [3.0]


def test_robots_are_asked_once_for_all_clients_that_share_a_cache(world: World) -> None:
    """A visit has a client of its own; the process keeps what robots.txt said for a day."""
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nCrawl-delay: 2\nDisallow: /nee\n")
    world.pages[f"{HOST}/a"] = says(b"x")
    cache = RobotsCache()
    for _ in range(3):
        with world.client(robots_cache=cache) as client:
            client.fetch(f"https://{HOST}/a")
    assert world.fails(f"https://{HOST}/nee", robots_cache=cache).failure is FetchFailure.FORBIDDEN_BY_ROBOTS
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 1
    assert world.clock.slept[-1] == 2.0
    world.clock.moment += timedelta(hours=25)
    with world.client(robots_cache=cache) as client:
        client.fetch(f"https://{HOST}/a")
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 2


def test_a_shared_cache_keeps_a_failure_for_ten_minutes_and_an_exemption_to_its_client(world: World) -> None:
    """What one client may ignore binds the next one all the same."""
    world.pages[f"{HOST}/robots.txt"] = lambda site: site.reply(500)
    world.pages[f"{HOST}/a"] = says(b"x")
    cache = RobotsCache()
    assert world.fails(f"https://{HOST}/a", robots_cache=cache).failure is FetchFailure.SERVER_ERROR
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nDisallow: /\n")
    assert world.fails(f"https://{HOST}/a", robots_cache=cache).failure is FetchFailure.SERVER_ERROR
    world.clock.moment += timedelta(minutes=11)
    with world.client(robots_cache=cache, robots_exempt=frozenset({HOST})) as client:
        assert client.fetch(f"https://{HOST}/a").body == b"x"
    assert world.fails(f"https://{HOST}/a", robots_cache=cache).failure is FetchFailure.FORBIDDEN_BY_ROBOTS


def test_clients_without_a_cache_ask_for_themselves(world: World) -> None:
    """Nothing is shared unless the caller shares it."""
    world.pages[f"{HOST}/robots.txt"] = says(b"")
    world.pages[f"{HOST}/a"] = says(b"x")
    for _ in range(2):
        with world.client() as client:
            client.fetch(f"https://{HOST}/a")
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 2


def _dripping(headers: bool, until: threading.Event) -> Handler:
    """A page that comes a byte at a time: first the headers, or after them the body; no read ever waits long."""

    def drip(site: Site) -> None:
        site.close_connection = True
        if not headers:
            site.send_response(200)
            site.end_headers()
        try:
            site.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: " if headers else b"<html>")
            while not until.wait(0.02):
                site.wfile.write(b"x")
                site.wfile.flush()
        except OSError:
            return

    return drip


@pytest.mark.parametrize("headers", [True, False], ids=["headers", "body"])
def test_a_server_that_drips_is_cut_off_at_the_deadline(world: World, headers: bool) -> None:
    """Every read is quick and the whole never ends: a limit over all of it is needed, headers included."""
    asleep = threading.Event()
    world.pages[f"{HOST}/a"] = _dripping(headers, asleep)
    error = world.fails(f"https://{HOST}/a", deadline=0.3, robots_exempt=frozenset({HOST}))
    asleep.set()
    assert error.failure is FetchFailure.TIMEOUT
    assert "not complete within 0.3 s" in error.detail
    assert len(world.paths()) == 1


def test_a_kept_connection_is_cut_off_too(world: World) -> None:
    """The second request goes over the connection of the first, so that nothing is connected while it runs."""
    asleep = threading.Event()
    world.pages[f"{HOST}/eerst"] = says(b"x")
    world.pages[f"{HOST}/a"] = _dripping(True, asleep)
    with world.client(deadline=0.3, robots_exempt=frozenset({HOST})) as client:
        assert client.fetch(f"https://{HOST}/eerst").body == b"x"
        with pytest.raises(FetchError) as caught:
            client.fetch(f"https://{HOST}/a")
    asleep.set()
    assert caught.value.failure is FetchFailure.TIMEOUT


def test_a_deflate_bomb_stops_at_the_cap(world: World) -> None:
    world.pages[f"{HOST}/a"] = says(zlib.compress(b"\0" * 30_000_000), Content_Encoding="deflate")
    assert world.fails(f"https://{HOST}/a", body_cap=2_000_000).failure is FetchFailure.TOO_LARGE


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "exi"])
def test_what_was_not_asked_for_is_never_unpacked(world: World, encoding: str) -> None:
    """Two layers of one bomb, or a packing whose window alone takes gigabytes, cost nothing when they are not opened."""
    bomb = gzip.compress(gzip.compress(b"\0" * 5_000_000))
    world.pages[f"{HOST}/a"] = says(bomb, Content_Encoding=encoding)
    error = world.fails(f"https://{HOST}/a", body_cap=100_000)
    assert error.failure is FetchFailure.GARBLED
    assert error.detail == f"packed as {encoding}, not as was asked"


def test_a_connection_that_is_reset_is_tried_again_and_named(world: World) -> None:
    """The search service resets connections when it is asked too fast (sources, 2.3)."""

    def reset(site: Site) -> None:
        site.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        site.close_connection = True
        site.connection.close()

    world.pages[f"{HOST}/a"] = in_turn(reset, says(b"toch"))
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"toch"
    world.pages[f"{HOST}/b"] = reset
    error = world.fails(f"https://{HOST}/b")
    assert error.failure is FetchFailure.UNREACHABLE
    assert error.detail.endswith("(connection reset; 3 attempts)")


def test_the_reason_of_the_attempts_stands_in_the_error(world: World) -> None:
    world.pages[f"{HOST}/a"] = lambda site: site.reply(429)
    assert world.fails(f"https://{HOST}/a").detail == "HTTP 429 (asked too fast; 3 attempts)"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("99999999999", 24 * 3600.0),
        ("Sat, 21 Nov 2026 08:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 0.0),
        ("Sat, 21 Nov 2099 08:00:00 GMT", 24 * 3600.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("7.5", None),
    ],
)
def test_retry_after_in_both_forms_and_capped_at_a_day(header: str, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 11, 21, 8, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("status", [404, 410, 401, 403, 451])
def test_robots_that_are_refused_forbid_nothing(world: World, status: int) -> None:
    """RFC 9309, 2.3.1.3."""
    world.pages[f"{HOST}/robots.txt"] = lambda site: site.reply(status, b"<html>Disallow: /</html>")
    world.pages[f"{HOST}/a"] = says(b"x")
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"x"


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE html><html><body>Niet gevonden</body></html>", b"", b"\xff\xfe\x00", b"Disallow: /\n"]
)
def test_robots_that_hold_no_rules_forbid_nothing(world: World, body: bytes) -> None:
    """HTML, nothing, rubbish, and a rule that belongs to nobody: what can be parsed counts, and here nothing can (RFC 9309)."""
    world.pages[f"{HOST}/robots.txt"] = says(body)
    world.pages[f"{HOST}/a"] = says(b"x")
    with world.client() as client:
        assert client.fetch(f"https://{HOST}/a").body == b"x"


def test_robots_without_end_are_not_believed(world: World) -> None:
    world.pages[f"{HOST}/robots.txt"] = _endless
    world.pages[f"{HOST}/a"] = says(b"x")
    assert world.fails(f"https://{HOST}/a").failure is FetchFailure.TOO_LARGE
    assert world.paths() == []


def test_robots_are_kept_for_other_processes(world: World) -> None:
    """Each cache is a process; what they share is the store."""
    world.pages[f"{HOST}/robots.txt"] = says(b"User-agent: *\nDisallow: /nee\nCrawl-delay: 2\n")
    world.pages[f"{HOST}/a"] = says(b"x")
    store = KeptRobots()
    for _ in range(3):
        cache = RobotsCache(store)
        with world.client(robots_cache=cache) as client:
            client.fetch(f"https://{HOST}/a")
        assert world.fails(f"https://{HOST}/nee", robots_cache=cache).failure is FetchFailure.FORBIDDEN_BY_ROBOTS
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 1
    assert world.clock.slept[-1] == 2.0
    world.clock.moment += timedelta(hours=25)
    with world.client(robots_cache=RobotsCache(store)) as client:
        client.fetch(f"https://{HOST}/a")
    assert [key for key, _ in world.asked].count(f"{HOST}/robots.txt") == 2


class KeptRobots:
    """A store of robots.txt in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, RobotsAnswer] = {}

    def get(self, host: str) -> RobotsAnswer | None:
        return self.kept.get(host)

    def keep(self, host: str, answer: RobotsAnswer) -> None:
        self.kept[host] = answer
