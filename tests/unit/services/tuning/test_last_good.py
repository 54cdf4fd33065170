"""A broken edit leaves the last good configuration in force, and its owner hears of it once."""

from __future__ import annotations

from typing import Any

import pytest

from demo.sinks import MailSink
from domain.errors import ConfigurationError
from services import edits, last_good
from services.last_good import FILE
from services.wiring import open_in_force


def in_force(shelf: Any) -> tuple[Any, tuple[Any, ...]]:
    """What a process of the service has in force."""
    found = last_good.load(shelf.home / "sources.yaml", shelf.environ)
    return found.settings, found.faults


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sources.yaml", "contact:", "contcat:", "unknown key 'contcat'"),
        ("sources.yaml", "language: nl", "language: [nl", "not closed"),
        ("packs/procesinnovatie.yaml", "concepts:", "concepten:", "unknown key 'concepten'"),
        ("packs/procesinnovatie.yaml", "{term: slim produceren,", '{term: "",', "is an empty term"),
        ("packs/procesinnovatie.yaml", "{term: slim produceren,", '{term: "*",', "the term '*'"),
        ("packs/procesinnovatie.yaml", "{term: slim produceren,", "{term: de,", "would match nearly everything"),
    ],
)
def test_a_broken_edit_leaves_the_last_good_in_force(shelf: Any, file: str, old: str, new: str, said: str) -> None:
    before = shelf.radar.settings
    last_good.keep(before)
    shelf.edit(old, new, file)
    settings, faults = in_force(shelf)
    assert (settings.fingerprint, settings.packs) == (before.fingerprint, before.packs)
    assert any(said in fault.what for fault in faults)
    assert all(fault.file.endswith(file) and fault.line > 0 for fault in faults)
    shelf.edit(new, old, file)
    assert in_force(shelf)[1] == ()


def test_a_file_that_is_gone_is_a_broken_edit_too(shelf: Any) -> None:
    last_good.keep(shelf.radar.settings)
    (shelf.home / "packs" / "procesinnovatie.yaml").unlink()
    settings, faults = in_force(shelf)
    assert "procesinnovatie" in settings.topics
    assert "there is no file" in faults[0].what


def test_without_a_last_good_one_the_faults_are_raised(shelf: Any) -> None:
    shelf.edit("contact:", "contcat:", "sources.yaml")
    with pytest.raises(ConfigurationError, match="unknown key"):
        in_force(shelf)
    (shelf.home / FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="unknown key"):
        in_force(shelf)


def test_what_was_kept_is_written_once(shelf: Any) -> None:
    assert last_good.keep(shelf.radar.settings)
    assert not last_good.keep(shelf.radar.settings)
    assert [file.name for file in shelf.home.glob(".last-good*")] == []


def test_the_packs_in_force_are_written_down_with_their_moment(shelf: Any) -> None:
    edits.note(shelf.radar, ())
    first = shelf.clock.time
    shelf.clock.sleep(3600)
    edits.note(shelf.radar, ())
    shelf.edit('version: "2026.1"', 'version: "2026.2"')
    edits.note(shelf.again(), ())
    with shelf.radar.store.read() as unit:
        found = [(one.topic, one.version, one.since) for one in unit.pack_changes.all()]
    assert found == [("procesinnovatie", "2026.1", first), ("procesinnovatie", "2026.2", shelf.clock.time)]


def test_the_owner_hears_of_each_broken_edit_once(shelf: Any) -> None:
    with MailSink() as mail:
        shelf.edit("slack: {secret: BELEIDSRADAR_CHANNEL_SLACK}", "mail: {secret: BELEIDSRADAR_CHANNEL_MAIL}", "sources.yaml")
        shelf.edit("channels: [slack]", "channels: [mail]\n    to: [lezer@example.nl]", "sources.yaml")
        shelf.environ = {
            **shelf.environ,
            "BELEIDSRADAR_CHANNEL_MAIL": f"mailto://{mail.address[0]}:{mail.address[1]}/?from=radar@example.nl",
            "BELEIDSRADAR_SOURCES": str(shelf.home / "sources.yaml"),
        }

        def process() -> None:
            radar, faults = open_in_force(shelf.environ, create=False)
            edits.note(radar, faults)
            radar.store.close()

        process()
        shelf.edit("contact:", "contcat:", "sources.yaml")
        process()
        process()
        assert len(mail.messages) == 1
        (recipients, raw) = mail.messages[0]
        assert "radar@example.nl" in str(recipients)
        text = raw.decode()
        assert "contcat" in text
        assert "lezer@example.nl" not in text
        shelf.edit("language: nl", "taal: nl", "sources.yaml")
        process()
        assert len(mail.messages) == 2  # another edit, another note
        shelf.edit("taal: nl", "language: nl", "sources.yaml")
        shelf.edit("contcat:", "contact:", "sources.yaml")
        process()
        with shelf.radar.store.read() as unit:
            assert unit.broken_edits.present() is None
        assert len(mail.messages) == 2


def test_a_note_that_cannot_be_sent_is_tried_again(shelf: Any) -> None:
    last_good.keep(shelf.radar.settings)
    shelf.edit("contact:", "contcat:", "sources.yaml")
    faults = in_force(shelf)[1]
    edits.note(shelf.radar, faults)  # its channel is not set
    with shelf.radar.store.read() as unit:
        present = unit.broken_edits.present()
    assert present is not None
    assert present.told is None
    assert any("contcat" in fault for fault in present.faults)
