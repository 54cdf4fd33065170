"""Channel URLs before Apprise sees them: allowed services, the kind of message, and shapes that Apprise would log in clear.

The list of services is short on purpose: what a policy team reads (mail, chat, push) over HTTPS or SMTP, plus `json` for an
own bridge. Left out: everything that acts on the machine itself or beside the network rules of HTTP (file, dbus, syslog, gnome,
macosx, windows, mqtt, smpp, snmp), everything that costs money per message (SMS, voice), and `form`/`xml`, which `json` covers.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from notifications.envelopes import ChannelKind

ENABLED = (
    *("mailto", "mailtos", "slack"),
    *("workflow", "workflows", "mmost", "mmosts", "rocket", "rockets", "ntfy", "ntfys", "matrix", "matrixs"),
    *("discord", "tgram", "gchat", "zulip", "wxteams", "webex", "nctalk", "nctalks", "gotify", "gotifys"),
    *("signal", "signals", "json", "jsons"),
)
_NATIVE_SLACK = re.compile(r"https://hooks\.slack(-gov)?\.com/services/([A-Z0-9]+)/([A-Z0-9]+)/([A-Za-z0-9]+)/?", re.IGNORECASE)
_SLACK = re.compile(r"slack://([^@/?#]+@)?[A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9]+/?(\?[^#]*)?", re.IGNORECASE)
# Options that would read files, send more than once, count a failure as success or go where a redirect points.
_BARRED = (
    "template",
    "attach",
    "attachment",
    "retry",
    "wait",
    "optional",
    "redirect",
    "overflow",
    "pgp",
    "pgpkey",
    "pgppub",
    "pgpprv",
)


def kind_of(url: str) -> ChannelKind:
    """How messages for this URL are built. An unusable URL counts as OTHER; `fault` tells what is wrong with it."""
    if _schema(url) in ("mailto", "mailtos"):
        return ChannelKind.MAIL
    if _schema(url) == "slack" or _NATIVE_SLACK.fullmatch(url.strip()):
        return ChannelKind.SLACK
    return ChannelKind.OTHER


def fault(url: str) -> str | None:
    """What is wrong with the shape of this URL, naming nothing of it but the schema and an option's name; None when nothing."""
    url = url.strip()
    if not url:
        return "the channel's URL is empty"
    if _NATIVE_SLACK.fullmatch(url):
        return None
    schema = _schema(url)
    if not schema:
        return "not a URL: it should begin with a service, such as mailtos:// or slack://"
    if schema not in ENABLED:
        return f"{schema} is not an enabled service; enabled are {', '.join(ENABLED)}"
    if schema == "slack" and not _SLACK.fullmatch(url):
        return "a Slack channel is an incoming webhook: slack://A/B/C with the three parts after /services/"
    try:
        parts = urlsplit(url)
        options = {key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError:
        return f"not a readable {schema} URL"
    if schema.startswith("mailto") and parts.path.strip("/"):
        return "recipients after the server's name cannot be used: they stand in the digest's `to`"
    barred = sorted(options & set(_BARRED))
    return f"the option {barred[0]}= cannot be used in a channel" if barred else None


def _schema(url: str) -> str:
    found = re.match(r"([a-z][a-z0-9]*)://", url.strip(), re.IGNORECASE)
    return found.group(1).lower() if found else ""
