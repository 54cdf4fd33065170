"""The home of the demo: a sources.yaml for the miniature sites, and the environment that leads to them."""

from __future__ import annotations

from pathlib import Path

from demo.story import OWNER, RECIPIENT

SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: {owner}
not_watched: [provinciale MIT-openstellingen, Eerste Kamer, EU, internetconsultatie, "commissieagenda's"]

sources:
  officielebekendmakingen:
    visit: "*/15 7-20 * * 1-5; 0 * * * *"
    kinds: [kamerstukken, kamervragen, antwoorden, staatscourant, staatsblad]
    expect: {{per_workday: 5, longest_silence: 1 workday}}
  rijksoverheid:
    visit: "*/15 7-20 * * 1-5; 0 * * * *"
    expect: {{per_workday: 2, longest_silence: 2 workdays}}
  rvo:
    visit: "0 * * * *"
    paths: [/subsidies-financiering/wbso, /subsidies-financiering/mit, /nieuws]
    expect: {{longest_silence: 5 workdays}}
    ignore:
      - {{text: "Laatst gecontroleerd op", reason: de controledatum is geen nieuws}}

topics:
  procesinnovatie: {topics}/procesinnovatie.yaml

channels:
  mail: {{secret: BELEIDSRADAR_CHANNEL_MAIL}}
  slack: {{secret: BELEIDSRADAR_CHANNEL_SLACK}}

digests:
  ochtend:
    topics: [procesinnovatie]
    levels: [must_read, relevant, mention]
    follow: [kst-32637-473, ah-tk-20212022-622, "dossier:32637"]
    when: "30 7 * * 1-5"
    if_empty: short
    channels: [mail, slack]
    to: [{recipient}]
    owner: {owner}
  dringend:
    topics: [procesinnovatie]
    follow: [kst-32637-473]
    only: urgent
    when: immediately
    quiet_hours: 20:00-07:00
    channels: [slack]
    owner: {owner}
"""


def furnish(home: Path, topics: Path) -> Path:
    """Write sources.yaml and the ledger's key into a new home; returns the path of sources.yaml.

    The key is fixed: on a real machine it is random, here two runs have to give the same bytes.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / "sources.yaml"
    path.write_text(SOURCES.format(topics=topics, recipient=RECIPIENT, owner=OWNER), encoding="utf-8")
    key = home / "told.key"
    key.touch(mode=0o600)
    key.chmod(0o600)  # also when an earlier home left it wider
    key.write_text("00" * 32 + "\n", encoding="ascii")
    return path


def environment(home: Path, sources: Path, connect: str, clock_url: str, mail: tuple[str, int], slack: str) -> dict[str, str]:
    """The variables under which the product watches the miniature and writes to the sinks."""
    return {
        "BELEIDSRADAR_HOME": str(home),
        "BELEIDSRADAR_SOURCES": str(sources),
        "BELEIDSRADAR_DATABASE_URL": f"sqlite:///{home / 'beleidsradar.db'}",
        "BELEIDSRADAR_CONNECT": f"{connect},hooks.slack.com={slack}",
        "BELEIDSRADAR_CLOCK": clock_url,
        "BELEIDSRADAR_CHANNEL_MAIL": f"mailto://{mail[0]}:{mail[1]}/?from=radar@example.nl&name=Beleidsradar",
        "BELEIDSRADAR_CHANNEL_SLACK": "slack://T00000000/B00000000/demodemodemodemodemodemo",
    }
