"""The told ledger after power loss, on a full disk and with a spoilt key."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import StorageError
from storage import told
from storage.told import Ledger

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
FULL = Path("/dev/full")
TARGET = "t" * 32


def test_what_is_told_after_a_torn_line_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(TARGET, ["k1"], NOW)
    with (tmp_path / "told.log").open("a") as file:
        file.write(f"{TARGET} k2")
    ledger.append(TARGET, ["k3"], NOW)
    assert ledger.told(TARGET) == {"k1", "k3"}


def test_rubbish_that_power_loss_left_is_passed_over(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(TARGET, ["k1"], NOW)
    with (tmp_path / "told.log").open("ab") as file:
        file.write(b"\0\0\0\xff\xfe")
    ledger.append(TARGET, ["k2"], NOW)
    assert ledger.told(TARGET) == {"k1", "k2"}


@given(cut=st.integers(min_value=0, max_value=200))
def test_wherever_a_line_is_torn_the_next_ones_count(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    home = tmp_path_factory.mktemp("home")
    ledger = Ledger(home)
    ledger.append(TARGET, ["a1", "a2"], NOW)
    whole = (home / "told.log").read_bytes()
    (home / "told.log").write_bytes(whole[:cut])
    ledger.append(TARGET, ["b1", "b2"], NOW)
    counted = ledger.told(TARGET)
    assert {"b1", "b2"} <= counted <= {"a1", "a2", "b1", "b2"}


def test_a_system_that_takes_few_bytes_at_a_time_gets_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(told.os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:7]))
    ledger = Ledger(tmp_path)
    ledger.append(ledger.target("mail", "a@example.nl"), ["k1", "k2"], NOW)
    assert Ledger(tmp_path).told(ledger.target("mail", "a@example.nl")) == {"k1", "k2"}


def test_the_key_is_made_once_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: Ledger(tmp_path).target("mail", "a@example.nl"), range(8)))
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["told.key"]
    assert (tmp_path / "told.key").stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex((tmp_path / "told.key").read_text())) == 32


def test_a_key_that_cannot_be_written_whole_is_not_there_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(told.os, "write", full)
    with pytest.raises(StorageError, match=r"told\.key"):
        Ledger(tmp_path).target("mail", "a@example.nl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoilt", [b"", b"\n", b"00" * 31, b"00" * 33, b"geheim", b"\xff\xfe", b"zz" * 32])
def test_a_spoilt_key_is_said_in_one_line_that_does_not_show_it(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "told.key").write_bytes(spoilt)
    with pytest.raises(StorageError, match=r"told\.key") as raised:
        Ledger(tmp_path).target("mail", "a@example.nl")
    assert "\n" not in str(raised.value)
    assert "geheim" not in str(raised.value)
    assert (tmp_path / "told.key").read_bytes() == spoilt


def test_a_key_that_others_can_read_is_used(tmp_path: Path) -> None:
    target = Ledger(tmp_path).target("mail", "a@example.nl")
    (tmp_path / "told.key").chmod(0o644)
    assert Ledger(tmp_path).target("mail", "a@example.nl") == target


def test_a_ledger_that_works_is_writable_and_checking_tells_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.check_writable()
    assert ledger.told(TARGET) == frozenset()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["told.key", "told.log"]


def test_a_home_that_is_gone_is_a_storage_error(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "gone")
    for use in (ledger.check_writable, lambda: ledger.append(TARGET, ["k1"], NOW), lambda: ledger.target("mail", "a")):
        with pytest.raises(StorageError, match=r"gone.told\.(log|key)") as raised:
            use()
        assert "\n" not in str(raised.value)


def test_a_ledger_that_is_no_file_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "told.log").mkdir()
    ledger = Ledger(tmp_path)
    for use in (ledger.check_writable, lambda: ledger.append(TARGET, ["k1"], NOW), lambda: ledger.told(TARGET)):
        with pytest.raises(StorageError, match=r"told\.log"):
            use()


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "told.log").symlink_to(FULL)
    with pytest.raises(StorageError, match=r"told\.log: No space left"):
        Ledger(tmp_path).append(TARGET, ["k1"], NOW)


def test_a_full_disk_shows_before_anything_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path)
    ledger.check_writable()

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(told.os, "write", full)
    with pytest.raises(StorageError, match=r"told\.log: No space left"):
        ledger.check_writable()


def test_only_what_was_added_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, other = Ledger(tmp_path), Ledger(tmp_path)
    ledger.append(TARGET, [f"k{n}" for n in range(1_000)], NOW)
    assert len(ledger.told(TARGET)) == 1_000
    taken: list[bytes] = []
    take = told._Reading._take
    monkeypatch.setattr(told._Reading, "_take", staticmethod(lambda line, keys: (taken.append(line), take(line, keys))))
    other.append(TARGET, ["new"], NOW)  # another process
    assert ledger.told(TARGET) >= {"k0", "k999", "new"}
    assert len([line for line in taken if line]) == 1


@pytest.mark.parametrize("way", ["shorter", "another file", "rewritten"])
def test_a_ledger_that_was_put_back_is_read_from_its_begin(tmp_path: Path, way: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(TARGET, ["k1", "k2"], NOW)
    assert ledger.told(TARGET) == {"k1", "k2"}
    file = tmp_path / "told.log"
    old = file.read_text(encoding="ascii")
    if way == "shorter":
        file.write_text(old.splitlines(keepends=True)[0], encoding="ascii")
        assert ledger.told(TARGET) == {"k1"}
    elif way == "another file":
        file.unlink()
        ledger.append(TARGET, ["k3"], NOW)
        assert ledger.told(TARGET) == {"k3"}
    else:
        file.write_text(old.replace("k2", "k9") + old.replace("k1", "k7"), encoding="ascii")
        assert ledger.told(TARGET) == {"k1", "k9", "k7", "k2"}
    file.unlink()
    assert ledger.told(TARGET) == frozenset()
