"""The clock that is passed in: three sorts, one behaviour."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.errors import ConfigurationError
from services.clock import Clock, FileClock, SystemClock, UrlClock, from_environment

MORNING = datetime(2021, 12, 9, 6, 30, tzinfo=UTC)


class _ClockServer(ThreadingHTTPServer):
    """A turnable clock on loopback, as the miniature has one."""

    moment = MORNING
    answer: bytes | None = None
    status = 200
    location = ""


class _Handler(BaseHTTPRequestHandler):
    server: _ClockServer

    def do_GET(self) -> None:
        self._reply(self.server.answer if self.server.answer is not None else self.server.moment.isoformat().encode())

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        if not parts.path.endswith("/sleep"):
            self.send_error(404)
            return
        self.server.moment += timedelta(seconds=float(parse_qs(parts.query)["seconds"][0]))
        self._reply(self.server.moment.isoformat().encode())

    def _reply(self, body: bytes) -> None:
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[_ClockServer]:
    """A clock server, closed after the test."""
    with _ClockServer(("127.0.0.1", 0), _Handler) as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A clock file that says half past seven in Amsterdam."""
    path = tmp_path / "clock"
    path.write_text("2021-12-09T07:30:00+01:00\n")
    return path


def _address(server: _ClockServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/clock"


def test_the_machine_s_clock_is_aware_and_in_utc() -> None:
    """Every moment of the product is aware."""
    assert SystemClock().now().tzinfo is UTC


def test_a_file_clock_reads_any_zone_as_utc_and_moves_on_when_slept_on(file: Path) -> None:
    """Sleeping takes no time but moves the clock, also for another reader of the same file."""
    clock = FileClock(file)
    assert clock.now() == MORNING
    assert clock.now().tzinfo is UTC
    clock.sleep(90.5)
    assert FileClock(file).now() == MORNING + timedelta(seconds=90.5)


def test_two_processes_that_sleep_on_one_file_lose_no_second(file: Path, root: Path) -> None:
    """Reading and writing is one step under the lock."""
    often = "import sys; from pathlib import Path; from services.clock import FileClock; c = FileClock(Path(sys.argv[1]))"
    code = f"{often}\nfor _ in range(100): c.sleep(1)"
    workers = [subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=root) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    assert FileClock(file).now() == MORNING + timedelta(seconds=300)


def test_a_url_clock_asks_and_sleeps(server: _ClockServer) -> None:
    """The address tells the time; sleeping is a POST with the seconds."""
    clock = UrlClock(_address(server))
    assert clock.now() == MORNING
    clock.sleep(3600)
    assert clock.now() == MORNING + timedelta(hours=1)


def test_a_proxy_of_the_environment_is_not_asked(server: _ClockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question never leaves this machine."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert UrlClock(_address(server)).now() == MORNING


@pytest.mark.parametrize("answer", [b"", b"half past seven", b"2021-12-09T07:30:00", b"\xff\xfe", b"<html></html>"])
def test_an_answer_that_is_no_time_is_a_fault(server: _ClockServer, answer: bytes) -> None:
    """A naive or unreadable time is never guessed at."""
    server.answer = answer
    with pytest.raises(ConfigurationError, match="BELEIDSRADAR_CLOCK"):
        UrlClock(_address(server)).now()


def test_a_redirect_is_not_followed(server: _ClockServer) -> None:
    """An address on this machine may not lead elsewhere."""
    server.status, server.location = 302, "http://www.example.nl/"
    with pytest.raises(ConfigurationError, match="does not answer as a clock"):
        UrlClock(_address(server)).now()


@pytest.mark.parametrize(
    "url", ["http://www.example.nl/clock", "https://127.0.0.1/clock", "http://127.0.0.1.example.nl/", "ftp://127.0.0.1/"]
)
def test_only_loopback_is_accepted(url: str) -> None:
    """Another machine's clock is a fault."""
    with pytest.raises(ConfigurationError, match=r"127\.0\.0\.1"):
        from_environment({"BELEIDSRADAR_CLOCK": url})


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_no_clock_sleeps_backwards(file: Path, seconds: float) -> None:
    """A negative or endless wait is a mistake of the caller."""
    for clock in (SystemClock(), FileClock(file)):
        with pytest.raises(ValueError):
            clock.sleep(seconds)


def test_the_environment_chooses(file: Path, server: _ClockServer, tmp_path: Path) -> None:
    """Nothing: the machine's; a path: the file; an address: that address; a file that is not there: a fault."""

    def chosen(value: str) -> Clock:
        return from_environment({"BELEIDSRADAR_CLOCK": value})

    assert isinstance(from_environment({}), SystemClock)
    assert isinstance(chosen(str(file)), FileClock)
    assert isinstance(chosen(_address(server)), UrlClock)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        chosen(str(tmp_path / "nowhere"))
