"""The controls of the miniature over HTTP, for child processes: clock, faults and the request log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from demo.exchange import JSON, TEXT, Request
from demo.faults import Fault
from demo.front import Front, Sent

HOSTS = frozenset({"127.0.0.1", "localhost"})


def control(front: Front, request: Request, body: bytes) -> Sent:
    """Answer a request to the controls. What cannot be understood gets 400, unknown addresses 404."""
    try:
        match request.method, request.path:
            case (("GET" | "HEAD"), "/clock"):
                return _clock(front.clock.now)
            case "POST", "/clock/turn":
                return _clock(front.clock.turn(_moment(request.query["to"])))
            case "POST", "/clock/sleep":
                return _clock(front.clock.sleep(float(request.query["seconds"])))
            case (("GET" | "HEAD"), "/requests"):
                return _json([{**asdict(line), "at": line.at.isoformat()} for line in front.requests])
            case "POST", "/requests/clear":
                front.clear()
                return _json([])
            case (("GET" | "HEAD"), "/faults"):
                return _faults(front)
            case "POST", "/faults":
                switch(front, json.loads(body))
                return _faults(front)
    except (KeyError, ValueError, TypeError) as error:
        return _text(f"{type(error).__name__}: {error}", 400)
    return _text("Not Found", 404)


def switch(front: Front, wanted: Mapping[str, Any]) -> None:
    """Set a fault, or mend with `{"mend": HOST}` or `{"mend": null}`. Raises ValueError for a host that is not here,
    TypeError for an unknown key."""
    if "mend" in wanted:
        front.faults.mend(wanted["mend"])
        return
    settings = dict(wanted)
    if settings["host"] not in front.sites:
        raise ValueError(f"no such host: {settings['host']}")
    settings["frozen"] = front.clock.now if settings.get("frozen") else None
    front.faults.set(Fault(**settings))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that nobody encoded arrives as a blank


def _clock(now: datetime) -> Sent:
    return _text(now.isoformat(), 200)


def _faults(front: Front) -> Sent:
    return _json([{**asdict(f), "frozen": f.frozen.isoformat() if f.frozen else None} for f in front.faults.all])


def _text(words: str, status: int) -> Sent:
    return Sent(status, (("Content-Type", TEXT),), words.encode())


def _json(value: object) -> Sent:
    return Sent(200, (("Content-Type", JSON),), json.dumps(value).encode())
