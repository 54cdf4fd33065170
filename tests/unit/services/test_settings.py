"""sources.yaml, topic packs and environment become settings, or faults with file, line and what to do."""

from __future__ import annotations

import copy
import os
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments import Level
from domain.digests import Length
from domain.errors import ConfigurationError
from domain.listings import NoiseRule, Scope
from services import environment
from services.secret import Secret, looks_secret
from services.settings import Timing, faults, load
from services.yaml_lines import read_text

BROKEN = Path(__file__).parent / "broken"
CANARY = "canary-hunter2"
CHANNELS = {
    "BELEIDSRADAR_CHANNEL_MAIL": f"mailtos://radar:{CANARY}@smtp.example.nl",
    "BELEIDSRADAR_CHANNEL_SLACK": f"slack://{CANARY}/bbb/ccc",
}
GOOD = """\
language: nl
organisation: Metaalvereniging Voorbeeld
contact: beleid@example.nl
site_url:
sources:
  rvo:
    visit: "0 * * * *; */10 7-9 * * 1-5"
    paths: [/nieuws]
    expect: {longest_silence: 5 workdays, per_workday: 3}
    ignore:
      - {text: Laatst gecontroleerd op, reason: geen nieuws}
topics:
  eigen: packs/eigen.yaml
channels:
  mail: {secret: BELEIDSRADAR_CHANNEL_MAIL}
  slack: {secret: BELEIDSRADAR_CHANNEL_SLACK}
digests:
  ochtend:
    topics: [eigen]
    levels: [must_read]
    follow: [KST-32637-473, "dossier:32637"]
    when: "30 7 * * 1-5"
    channels: [mail]
    to: [canary-reader@example.nl]
    owner: canary-owner@example.nl
  dringend:
    topics: [eigen]
    only: urgent
    when: immediately
    quiet_hours: 20:00-07:00
    channels: [slack]
    owner: canary-owner@example.nl
    length: short
    language: en
  elk_uur:
    follow: [rvo:wbso]
    when: hourly
    if_empty: short
    channels: [slack]
    owner: canary-owner@example.nl
"""
PACK = "must_read: [procesinnovatie]\nrelevant: [fieldlab]\nnever_alone: [mkb]\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a sources.yaml (GOOD, with one text replaced) and its pack into the current folder."""

    def written(old: str = "", new: str = "", pack: str = PACK) -> Path:
        assert old in GOOD
        (tmp_path / "packs").mkdir(exist_ok=True)
        (tmp_path / "packs" / "eigen.yaml").write_text(pack, encoding="utf-8")
        (tmp_path / "sources.yaml").write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
        return Path("sources.yaml")

    monkeypatch.chdir(tmp_path)
    return written


def _said(path: Path, environ: dict[str, str] | None = None) -> list[str]:
    return [str(fault) for fault in faults(path, CHANNELS if environ is None else environ)]


@pytest.mark.parametrize("case", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_names_every_fault(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `check` says of each broken file, word for word; `WRITE_EXPECTED=1` writes it anew for review."""
    monkeypatch.chdir(BROKEN)
    found = "".join(f"{line}\n" for line in _said(Path(case.name)))
    expected = case.with_suffix(".expected")
    if os.environ.get("WRITE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
        pytest.fail("expected faults were written: review them and run again")
    assert found == expected.read_text(encoding="utf-8")
    assert "canary" not in found.lower()


@pytest.mark.parametrize("case", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_is_never_loaded(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`load` raises with the same faults, each with a line and a hint."""
    monkeypatch.chdir(BROKEN)
    with pytest.raises(ConfigurationError) as raised:
        load(Path(case.name), CHANNELS, need_channels=True)
    assert raised.value.faults == faults(Path(case.name), CHANNELS)
    assert all(fault.what and fault.hint and "\n" not in str(fault) for fault in raised.value.faults)
    assert all(fault.line > 0 or fault.what == "there is no such file" for fault in raised.value.faults)


def test_there_are_ten_broken_files() -> None:
    """The issue asks for ten; and each has its expected faults."""
    assert len(list(BROKEN.glob("*.yaml"))) >= 10
    assert {p.stem for p in BROKEN.glob("*.yaml")} == {p.stem for p in BROKEN.glob("*.expected")}


def test_a_good_file_becomes_settings(write: Write) -> None:
    """Every key arrives, with its default where it is left out."""
    settings = load(write(), CHANNELS)
    assert faults(Path("sources.yaml"), CHANNELS) == ()
    assert settings.scope("rvo") == Scope("rvo", (), ("/nieuws",), (NoiseRule("Laatst gecontroleerd op", "geen nieuws"),), False)
    source = settings.sources["rvo"]
    assert source.crons == ("0 * * * *", "*/10 7-9 * * 1-5")
    assert (source.per_workday, source.silent_workdays) == (3, 5)
    morning, urgent, hourly = (settings.digests[name] for name in ("ochtend", "dringend", "elk_uur"))
    assert morning.levels == (Level.MUST_READ,)
    assert morning.follow == ("kst-32637-473", "dossier:32637")
    assert (morning.timing, morning.crons, morning.skip_empty) == (Timing.CRON, ("30 7 * * 1-5",), False)
    assert (urgent.timing, urgent.crons, urgent.skip_empty, urgent.urgent) == (Timing.IMMEDIATELY, (), True, True)
    assert (urgent.quiet, urgent.length, urgent.language) == ((time(20), time(7)), Length.SHORT, "en")
    assert (hourly.timing, hourly.crons, hourly.skip_empty, hourly.language) == (Timing.HOURLY, ("0 * * * *",), False, "nl")
    assert settings.channels["mail"].mail
    assert not settings.channels["slack"].mail
    assert settings.site_url == ""
    assert settings.home == Path.cwd()
    assert settings.database_url.reveal() == f"sqlite:///{Path.cwd()}/beleidsradar.db"
    assert list(settings.topics) == ["eigen"]


def test_settings_never_change(write: Write) -> None:
    """Values are frozen, mappings too."""
    settings = load(write(), CHANNELS)
    with pytest.raises(FrozenInstanceError):
        settings.language = "en"  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.topics["ander"] = settings.topics["eigen"]  # type: ignore[index]


def test_a_missing_channel_stops_check_but_not_watching(write: Write) -> None:
    """Watching needs no channel; `need_channels` and `faults` do."""
    path = write()
    assert load(path, {}).channels["mail"].url is None
    assert [fault.line for fault in faults(path, {})] == [15, 16]
    with pytest.raises(ConfigurationError, match="BELEIDSRADAR_CHANNEL_MAIL is not set"):
        load(path, {}, need_channels=True)


@pytest.mark.parametrize("value", ["geen adres", "mailtos://u:p@smtp.example.nl?to=a@example.nl", "://leeg", "slack:// a"])
def test_a_channel_that_cannot_be_used_is_a_fault_that_does_not_show_it(write: Write, value: str) -> None:
    """The variable is named, its value never."""
    (said,) = _said(write(), CHANNELS | {"BELEIDSRADAR_CHANNEL_MAIL": value})
    assert "BELEIDSRADAR_CHANNEL_MAIL" in said
    assert value not in said


def test_no_secret_and_no_recipient_is_shown_by_a_repr(write: Write) -> None:
    """`repr`, `str` and formatting of the settings are fit for a log."""
    settings = load(write(), CHANNELS | {"BELEIDSRADAR_DATABASE_URL": f"postgresql://radar:{CANARY}@db.example.nl/radar"})
    shown = f"{settings!r} {settings} {settings.channels['mail'].url} {settings.database_url:>40}"
    assert "canary" not in shown
    assert settings.database_url.reveal().endswith("/radar")
    assert settings.digests["ochtend"].to == ("canary-reader@example.nl",)


def test_a_secret_is_not_pickled_or_mistaken_for_text() -> None:
    """A secret travels by the name of its variable only; equal secrets are equal, and copies are refused too."""
    secret = Secret(CANARY)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError, match="not pickled"):
        copy.copy(secret)
    assert secret == Secret(CANARY)
    assert CANARY not in f"{secret} {[secret]} {secret!s:>10}"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://intranet.example.nl/radar?tab=1", False),
        ("zie https://www.rvo.nl/subsidies-financiering/wbso", False),
        ("beleid@example.nl", False),
        ('visit: "*/15 7-20 * * 1-5; 0 * * * *"', False),
        ("BELEIDSRADAR_CHANNEL_SLACK", False),
        ("https://u:p@example.nl/", True),
        ("postgresql://u:p@db/radar", True),
        ("slack://A/B/C", True),
        ("xoxb-00000000-abcdef", True),
        ("https://hooks.slack.com/services/T0/B0/x", True),
        ("https://example.nl/hook?token=abc", True),
    ],
)
def test_what_looks_like_a_secret(text: str, secret: bool) -> None:
    """Log-ins and tokens are recognised; ordinary settings are not."""
    assert looks_secret(text) is secret


def test_the_fingerprint_follows_meaning_not_comments_or_secrets(write: Write) -> None:
    """A comment or another secret changes nothing; a term or a time does."""
    first = load(write(), CHANNELS)
    assert load(write("language: nl\norg", "# opmerking\nlanguage: nl\norg"), {}).fingerprint == first.fingerprint
    assert load(write("30 7", "31 7"), CHANNELS).fingerprint != first.fingerprint
    assert load(write("30 7", "31 7"), CHANNELS).packs == first.packs
    edited = load(write(pack=PACK.replace("fieldlab", "cobot")), CHANNELS)
    assert edited.fingerprint != first.fingerprint
    assert edited.packs != first.packs


def test_a_pack_can_extend_another_relative_to_itself(write: Write, tmp_path: Path) -> None:
    """A team's pack adds to the shipped one; both files are watched for changes."""
    (tmp_path / "basis.yaml").write_text(PACK, encoding="utf-8")
    settings = load(write(pack="extends: ../basis.yaml\nmust_read: [Mkb-booster]\n"), CHANNELS)
    assert [file.name for file in settings.files] == ["sources.yaml", "eigen.yaml", "basis.yaml"]


def test_a_fault_of_a_pack_stands_at_its_own_file_and_line(write: Write, tmp_path: Path) -> None:
    """What is wrong in the extended pack is said of that file, what is wrong in the own pack of this one."""
    (tmp_path / "basis.yaml").write_text(PACK + "verboden: [een]\n", encoding="utf-8")
    said = _said(write(pack="# eigen\nextends: ../basis.yaml\nmust_reed: [Mkb-booster]\n"))
    assert any(line.startswith("basis.yaml:4: ") and "verboden" in line for line in said)
    assert any(line.startswith("packs/eigen.yaml:3: ") and "must_reed" in line for line in said)
    assert len(said) == 2


def test_home_and_sources_come_from_the_environment(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sources.yaml is found in the home; relative paths resolve from there, from any folder."""
    write()
    monkeypatch.chdir("/")
    environ = CHANNELS | {"BELEIDSRADAR_HOME": str(tmp_path)}
    assert environment.sources_path(environ) == tmp_path / "sources.yaml"
    assert environment.sources_path({}) == Path("sources.yaml")
    assert environment.sources_path(environ | {"BELEIDSRADAR_SOURCES": "/elders/s.yaml"}) == Path("/elders/s.yaml")
    assert load(environment.sources_path(environ), environ).home == tmp_path
    assert "BELEIDSRADAR_HOME" in _said(tmp_path / "sources.yaml", environ | {"BELEIDSRADAR_HOME": "/nergens"})[0]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("www.rvo.nl=10.0.0.1:80", "another machine"),
        ("www.rvo.nl=localhost:80", "another machine"),
        ("www.rvo.nl=127.0.0.1", "is not host"),
        ("www.rvo.nl=127.0.0.1:99999", "is not host"),
        ("=127.0.0.1:80", "is not host"),
        ("a.nl=127.0.0.1:1, A.nl=127.0.0.1:2", "second time"),
    ],
)
def test_the_connect_map_never_leaves_this_machine(value: str, says: str) -> None:
    """Only loopback addresses, each host once."""
    _, (fault,) = environment.connect_map({"BELEIDSRADAR_CONNECT": value})
    assert says in fault.what


def test_the_connect_map_is_read() -> None:
    """Real host to loopback address; empty when it is not set."""
    found, wrong = environment.connect_map({"BELEIDSRADAR_CONNECT": "www.rvo.nl=127.0.0.1:8001,Open.Overheid.nl=[::1]:8002,"})
    assert (found, wrong) == ({"www.rvo.nl": "127.0.0.1:8001", "open.overheid.nl": "[::1]:8002"}, ())
    assert environment.connect_map({}) == ({}, ())


@pytest.mark.parametrize("url", ["mysql://root@db/radar", "radar.db", "sqlite:radar.db", f"postgres:{CANARY}"])
def test_an_unknown_database_is_a_fault(write: Write, url: str) -> None:
    """The variable is named, the URL is not repeated."""
    (said,) = _said(write(), CHANNELS | {"BELEIDSRADAR_DATABASE_URL": url})
    assert said.startswith("BELEIDSRADAR_DATABASE_URL: ")
    assert url not in said


def test_the_file_itself_can_be_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, a folder, bytes that are not text, a file that is far too large: one fault each, no traceback."""
    monkeypatch.chdir(tmp_path)
    path = Path("sources.yaml")
    assert "there is no such file" in _said(path)[0]
    assert "cannot be read" in _said(tmp_path)[0]
    path.write_bytes(b"language: nl\norganisation: caf\xe9\n")
    assert _said(path)[0].startswith("sources.yaml:2: a character is not UTF-8")
    path.write_bytes(b"#" * 2_000_001)
    assert "larger than 2 MB" in _said(path)[0]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_500,
        "a: &a [*a]",
        "a: \x00",
        "? [a]\n: b",
        "a: &b 1\nc: *b\n",
        "%YAML 1.1\n---\na: no\n",
        "a: 1\n---\nb: 2\n",
        "\ufeffa: 1",
    ],
)
def test_hostile_yaml_gives_values_or_faults(text: str) -> None:
    """Endless nesting, anchors that hold themselves and control characters end in faults."""
    marked = read_text(text, "x.yaml")
    assert marked.data is not None or marked.faults


def test_a_clock_that_cannot_be_read_is_found_by_check(write: Write) -> None:
    """`check` looks at the clock of the environment too."""
    (said,) = _said(write(), CHANNELS | {"BELEIDSRADAR_CLOCK": "nergens"})
    assert said.startswith("BELEIDSRADAR_CLOCK: names a file that cannot be read")


def test_an_alias_bomb_is_cut_off() -> None:
    """Ten lines of aliases that would unfold to a thousand million items stop at a bound."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert any("alias" in fault.what for fault in read_text(bomb, "x.yaml").faults)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40), st.text(max_size=6))
def test_a_damaged_file_never_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, other: str
) -> None:
    """Whatever is cut out or put in: settings, or faults of one line each."""
    folder = tmp_path_factory.getbasetemp() / "damaged"
    (folder / "packs").mkdir(parents=True, exist_ok=True)
    (folder / "packs" / "eigen.yaml").write_text(PACK, encoding="utf-8")
    text = GOOD[:start] + other + GOOD[start + length :]
    (folder / "sources.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    for fault in faults(folder / "sources.yaml", CHANNELS):
        assert len(str(fault).splitlines()) == 1
