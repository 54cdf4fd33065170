"""HTTP/1.1 on loopback: sockets in, `Sent` out. Connections are kept alive and closed when the server closes."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from demo.exchange import Request
from demo.front import Sent

Answerer = Callable[[Request, bytes], Sent]
_BODY_CAP = 1_000_000


class LoopbackServer:
    """One server on a free port of 127.0.0.1 that answers with a function; start and close it once."""

    def __init__(self, answer: Answerer, date: Callable[[], str] | None = None) -> None:
        """Bind the port. `date` gives the Date header; without it there is none."""
        self._server = _Server(answer, date)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="miniature", daemon=True)

    @property
    def address(self) -> str:
        """Where it listens: "127.0.0.1:PORT"."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop, close every connection and wait for the threads."""
        self._server.shutdown()
        self._server.drop_connections()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, answer: Answerer, date: Callable[[], str] | None) -> None:
        self.answer = answer
        self.date = date
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection and remember it."""
        connection, address = super().get_request()
        with self._guard:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def drop_connections(self) -> None:
        """End what is still open, so that no thread waits for a client."""
        with self._guard:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of ours; anything else is shown as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Miniature"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: _Server

    def _handle(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _BODY_CAP)
        body = self.rfile.read(length) if length else b""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        headers = {name.lower(): value for name, value in self.headers.items()}
        sent = self.server.answer(Request(host, self.path, self.command, headers), body)
        self.send_response_only(sent.status)
        if self.server.date:
            self.send_header("Date", self.server.date())
        for name, value in sent.headers:
            self.send_header(name, value)
        if sent.status != 304:
            self.send_header("Content-Length", str(len(sent.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(sent.body)
        self.wfile.flush()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet; the request log is kept elsewhere."""
