"""init writes the first files of a home, replaces nothing, and a command finds that home with what stands in it."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from demo.sinks import MailSink
from services import environment_file, init
from services.environment import CONNECT, DATABASE, HOME, SOURCES
from services.init import Answers
from services.packs import load_pack
from services.secret import Secret
from services.settings import load

CANARY = "canaryhunter2"
MAIL = "BELEIDSRADAR_CHANNEL_MAIL"
SLACK = "BELEIDSRADAR_CHANNEL_SLACK"
URL = f"mailtos://radar:{CANARY}@smtp.voorbeeldbond.nl"
HOOK = f"slack://T00000000/B00000000/{CANARY}{CANARY}"
WHO = ("--organisation", 'Vereniging: "De Kern" # 1 {x}', "--contact", "beleid@voorbeeldbond.nl")
ALL = (*WHO, "--mail", URL, "--to", "team@voorbeeldbond.nl", "--to", "bestuur@voorbeeldbond.nl")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    """What a command takes from a file into its environment is gone after the test."""
    for name in (HOME, SOURCES, DATABASE, CONNECT, MAIL, SLACK):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def _begin(home: Path) -> None:
    """As `init` with ALL, without the look at what it wrote."""
    init.begin(home, Answers("Voorbeeldbond", "beleid@voorbeeldbond.nl", to=("team@voorbeeldbond.nl",), mail=Secret(URL)))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_everything_by_options_and_check_accepts_it(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "radar"
    done = run("init", "--home", str(home), *ALL, "--slack", HOOK, "--json")
    assert (done.code, done.err) == (0, "")
    assert set(done.json["written"]) == {"sources.yaml", "sources.schema.json", "beleidsradar.env", "topics/procesinnovatie.yaml"}
    assert done.json["next"] == ["export BELEIDSRADAR_HOME=radar", "beleidsradar doctor", "beleidsradar serve"]
    assert "--topic procesinnovatie" in done.json["backfill"]
    assert CANARY not in done.out + (home / "sources.yaml").read_text(encoding="utf-8")
    assert stat.S_IMODE((home / "beleidsradar.env").stat().st_mode) == 0o600
    monkeypatch.setenv(HOME, str(home))
    checked = run("check", "--json")
    assert (checked.code, checked.json["faults"], checked.json["warnings"]) == (0, [], [])
    settings = load(home / "sources.yaml", {HOME: str(home)})
    assert settings.organisation == WHO[1]
    assert {name: (one.channels, one.to) for name, one in settings.digests.items()} == {
        "ochtend": (("mail",), ("team@voorbeeldbond.nl", "bestuur@voorbeeldbond.nl")),
        "dringend": (("slack",), ()),
    }
    assert not list(home.glob("*.db*"))


def test_slack_alone_is_enough(tmp_path: Path) -> None:
    init.begin(tmp_path / "h", Answers("Voorbeeldbond", "beleid@voorbeeldbond.nl", slack=Secret(HOOK)))
    found = load(tmp_path / "h" / "sources.yaml", {})
    assert {name: one.channels for name, one in found.digests.items()} == {"ochtend": ("slack",), "dringend": ("slack",)}


def test_the_pack_is_the_shipped_one_with_room_for_more(tmp_path: Path, root: Path) -> None:
    answers = Answers("Voorbeeldbond", "beleid@voorbeeldbond.nl", "energiebesparing", slack=Secret(HOOK))
    init.begin(tmp_path / "h", answers)
    own = load_pack(tmp_path / "h" / "topics" / "energiebesparing.yaml")
    shipped = load_pack(root / "topics" / "energiebesparing.yaml")
    assert own.faults == ()
    assert own.pack == shipped.pack


def test_nothing_that_stands_there_is_replaced(run: Any, tmp_path: Path) -> None:
    home = tmp_path / "h"
    _begin(home)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    same = run(
        "init", "--home", str(home), "--contact", "beleid@voorbeeldbond.nl", "--mail", URL, "--to", "team@voorbeeldbond.nl"
    )
    assert (same.code, same.err) == (0, "")
    again = run("init", "--home", str(home), *WHO, "--slack", HOOK, "--topic", "energiebesparing", "--to", "x@voorbeeldbond.nl")
    assert again.code == 2
    assert again.out.count("as it stands") == 3
    assert [line.split()[1] for line in again.err.splitlines()] == ["--organisation", "--topic", "--to", "--slack"]
    assert CANARY not in again.out + again.err
    assert "x@voorbeeldbond.nl" not in again.err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_channel_that_an_environment_file_alone_keeps_out_is_said(run: Any, tmp_path: Path) -> None:
    """Only beleidsradar.env stands there: sources.yaml is new, and what was asked of it is in it."""
    home = tmp_path / "h"
    _begin(home)
    (home / "sources.yaml").unlink()
    again = run("init", "--home", str(home), *WHO, "--to", "team@voorbeeldbond.nl", "--mail", URL.replace(CANARY, "other"))
    assert again.code == 2
    (line,) = again.err.splitlines()
    assert line.startswith("beleidsradar: --mail was not taken up")
    assert line.endswith(f"write it as {MAIL} into beleidsradar.env")
    assert environment_file.read(home / "beleidsradar.env") == {MAIL: URL}
    (home / "sources.yaml").unlink()
    assert run("init", "--home", str(home), *WHO, "--to", "team@voorbeeldbond.nl", "--mail", URL).code == 0


@pytest.mark.parametrize(("arguments", "said"), [
    ((), "missing: --organisation, --contact, --mail or --slack"),
    (ALL[:-4], "missing: --to"),
    ((*ALL, "--contact", "nergens"), "--contact: this will not do"),
    ((*ALL, "--to", "Team@voorbeeldbond.nl"), "--to: an address stands there twice"),
    ((*ALL, "--topic", "../geheim"), "--topic: this will not do"),
    ((*ALL, "--topic", "visserij"), "there is no pack 'visserij'; shipped are energiebesparing, procesinnovatie"),
    ((*ALL, "--mail", HOOK), "--mail: this is no mail"),
    ((*ALL, "--slack", URL), "--slack: this is mail"),
    ((*ALL, "--mail", f"{URL}?to=x@voorbeeldbond.nl"), "names a recipient"),
    ((*ALL, "--mail", f"{CANARY}"), "holds no Apprise URL"),
    ((*ALL, "--organisation", URL), "--organisation: this is no name"),
    ((*ALL, "--home", "."), ""),
])  # fmt: skip
def test_a_wrong_answer_is_one_line_and_writes_nothing(
    run: Any, tmp_path: Path, root: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "h"
    if arguments[-2:] == ("--home", "."):  # the product's own folder
        monkeypatch.chdir(root)
        found = run("init", *arguments)
        said = "this is the folder of the product"
    else:
        found = run("init", "--home", str(home), *arguments)
    assert found.code == 2
    assert len(found.lines) == 1
    assert said in found.err
    assert CANARY not in found.err + found.out
    assert not home.exists()


def test_questions_are_asked_on_a_terminal_only(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Voorbeeldbond", "beleid@voorbeeldbond.nl", URL, "", "a@voorbeeldbond.nl, b@voorbeeldbond.nl"])
    hidden: list[str] = []

    def prompt(text: str, **options: Any) -> str:
        if options.get("hide_input"):
            hidden.append(text)
        return next(answers)

    monkeypatch.setattr("typer.prompt", prompt)
    monkeypatch.setattr("typer.confirm", lambda *_args, **_options: False)
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("sys.stderr", _Terminal())
    found = run("init", "--home", str(tmp_path / "h"))
    assert found.code == 0
    assert len(hidden) == 2  # the secrets are not shown while they are typed
    assert load(tmp_path / "h" / "sources.yaml", {}).digests["ochtend"].to == ("a@voorbeeldbond.nl", "b@voorbeeldbond.nl")
    assert run("init", "--home", str(tmp_path / "other"), "--yes").code == 2


def test_channels_are_tried_on_request(run: Any, tmp_path: Path) -> None:
    with MailSink() as sink:
        host, port = sink.address
        url = f"mailto://{host}:{port}/?from=radar@voorbeeldbond.nl"
        arguments = ("init", "--home", str(tmp_path / "h"), *WHO, "--mail", url, "--to", "team@voorbeeldbond.nl")
        found = run(*arguments, "--test-channels")
        assert (found.code, len(sink.messages)) == (0, 1), found.err
    refused = run(*arguments, "--test-channels")
    assert refused.code == 1
    assert refused.lines[-1].startswith("beleidsradar: channel mail refused the test message; mend BELEIDSRADAR_CHANNEL_MAIL")
    assert not list((tmp_path / "h").glob("*.db*"))


def test_the_file_of_the_home_fills_in_what_is_not_set(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Precedence: the process's environment, then beleidsradar.env of the home; the home is HOME, else where sources.yaml is."""
    home = tmp_path / "h"
    _begin(home)
    for environ in ({HOME: str(home)}, {SOURCES: str(home / "sources.yaml")}):
        assert environment_file.complete(environ) == {MAIL: URL}
        assert environment_file.complete(environ | {MAIL: "mailtos://other"}) == {}
        assert environment_file.complete(environ | {MAIL: ""}) == {MAIL: URL}
    monkeypatch.chdir(home)
    assert environment_file.complete({}) == {MAIL: URL}
    assert run("check").code == 0
    assert os.environ[MAIL] == URL  # the processes that a command starts have it too


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o700])
def test_a_file_that_others_may_read_is_refused(run: Any, tmp_path: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "h"
    _begin(home)
    (home / "beleidsradar.env").chmod(mode)
    monkeypatch.setenv(HOME, str(home))
    found = run("status")
    assert found.code == 2
    assert len(found.lines) == 1
    assert f"has mode {mode:04o} (chmod 600" in found.err
    assert MAIL not in os.environ


@pytest.mark.parametrize(("line", "what"), [
    (f"export {MAIL}='{CANARY}'", "is no NAME='value'"),
    (f"{CANARY.upper()}=x", "is no variable of Beleidsradar or Prefect"),
    (f"{MAIL}='{CANARY}", "is no NAME='value'"),
    (f"{MAIL}='a'\n{MAIL}='b'", "stands there twice"),
    (f"{HOME}=/elsewhere", "is not the folder of this file"),
])  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_without_its_value(
    run: Any, tmp_path: Path, line: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "beleidsradar.env"
    file.write_text(f"# words\n\n{line}\n", encoding="utf-8")
    file.chmod(0o600)
    found = run("check")
    assert found.code == 2
    assert what in found.err
    assert CANARY not in found.err.lower()
