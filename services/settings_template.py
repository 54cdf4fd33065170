"""The sources.yaml that `init` writes: commented in Dutch, for whoever opens it once a year.

Only what somebody answered is filled in; everything else stands as a team of this kind usually wants it. Values are written as
JSON text, which YAML 1.2 reads as it is, so that no name can change the shape of the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

MAIL = "BELEIDSRADAR_CHANNEL_MAIL"
SLACK = "BELEIDSRADAR_CHANNEL_SLACK"

_HEAD = """\
# yaml-language-server: $schema=./sources.schema.json
# Wat Beleidsradar volgt, waarover, en wie er wanneer van hoort. Nagaan na een wijziging: beleidsradar check
# Alle tijden zijn Nederlandse tijd. Wachtwoorden en adressen van kanalen staan in beleidsradar.env, niet hier.

language: nl                 # taal van de berichten: nl of en
organisation: {organisation}   # noemt een stuk deze naam, dan is het minstens "relevant"
contact: {contact}   # staat in elk verzoek, zodat een site u kan bereiken
site_url:                    # adres van uw leeskamer (beleidsradar site MAP); leeg = geen links daarheen
not_watched: [provinciale MIT-openstellingen, Eerste Kamer, EU, internetconsultatie, commissieagenda's]  # staat wekelijks erbij

sources:
  officielebekendmakingen:   # Kamerstukken, Kamervragen met antwoorden, Staatscourant, Staatsblad
    visit: "*/15 7-20 * * 1-5; 0 * * * *"   # overdag op werkdagen elk kwartier, daarbuiten elk uur
    kinds: [kamerstukken, kamervragen, antwoorden, staatscourant, staatsblad]
    expect: {{per_workday: 100, longest_silence: 1 workday}}   # is het stiller, dan staat dat in het bericht
    use_sru: false           # de zoekdienst weert robots; true vraagt om een sru_reason met wie dat besloot en waarom
  rijksoverheid:             # Kamerbrieven, rapporten en nieuws van de ministeries
    visit: "*/15 7-20 * * 1-5; 0 * * * *"
    expect: {{per_workday: 5, longest_silence: 2 workdays}}
  rvo:                       # subsidies: percentages, budgetten, openstelling en sluiting
    visit: "0 * * * *"
    paths: [/subsidies-financiering/wbso, /subsidies-financiering/mit, /nieuws]   # welke delen van de site
    expect: {{longest_silence: 5 workdays}}
    ignore:
      - {{text: Laatst gecontroleerd op, reason: een datum van controle is geen nieuws}}

topics:
  {topic}: topics/{topic}.yaml   # uw eigen bestand, bovenop het meegeleverde; vul het aan met eigen woorden

channels:                    # per kanaal de naam van de variabele in beleidsradar.env
"""

_MORNING = """\

digests:
  ochtend:                   # het volledige overzicht
    topics: [{topic}]
    levels: [must_read, relevant, mention]   # wat daaronder uitkomt, wordt alleen geteld
    follow: []               # altijd melden, ook zonder trefwoord: kst-32637-473, dossier:32637, rvo:wbso, org:TNO
    when: "30 7 * * 1-5"     # op een feestdag schuift het op naar de volgende werkdag
    if_empty: short          # is er niets: short = een kort bericht, skip = geen bericht
    channels: [{channels}]
{to}    owner: {contact}   # krijgt antwoorden van lezers, en bericht als er iets mis is
"""

_URGENT = """\
  dringend:                  # alleen wat niet tot morgenochtend kan wachten
    topics: [{topic}]
    only: urgent             # moet u lezen, een regeling die wijzigt of sluit, een termijn binnen 48 uur
    when: immediately
    quiet_hours: 20:00-07:00   # wacht tot 07.00 uur
    channels: [{channel}]
{to}    owner: {contact}
"""

_PACK = """\
# Uw eigen pakket voor {topic}, bovenop het meegeleverde. Een nieuwe uitgave van Beleidsradar brengt nieuwe woorden vanzelf mee.
# Wat een woord zou opleveren, zonder iets te wijzigen: beleidsradar topics try {topic} "een woord"
# Haal hieronder een # weg om iets toe te voegen of weg te laten.
extends: {shipped}
# must_read: [eigen woord]      # altijd lezen
# relevant: ["eigen woord*"]    # * = ook langere samenstellingen
# never_alone: [eigen woord]    # telt alleen mee naast iets anders
# remove: [woord]               # uit het meegeleverde pakket
"""

_VARIABLES = """\
# De geheimen van Beleidsradar. Alleen de eigenaar mag dit bestand lezen (0600); zet het niet in een archief of in git.
# Een regel per variabele: NAAM='waarde'. Wat de omgeving zelf al zegt, gaat voor.
# Alle variabelen: deploy/beleidsradar.env.example
"""


def sources_yaml(*, organisation: str, contact: str, topic: str, mail: bool, slack: bool, to: Sequence[str]) -> str:
    """sources.yaml with one daily digest, and one for what is urgent (by Slack when there is one, else by mail)."""
    named = {"organisation": _text(organisation), "contact": _text(contact), "topic": topic}
    recipients = f"    to: [{', '.join(map(_text, to))}]   # ieder krijgt een eigen mail\n" if mail else ""
    channels = [name for name, wanted in (("mail", mail), ("slack", slack)) if wanted]
    lines = "".join(f"  {name}: {{secret: {MAIL if name == 'mail' else SLACK}}}\n" for name in channels)
    urgent = _URGENT.format(**named, channel="slack" if slack else "mail", to="" if slack else recipients)
    daily = "mail" if mail else "slack"
    return _HEAD.format(**named) + lines + _MORNING.format(**named, channels=daily, to=recipients) + urgent


def pack_yaml(topic: str, shipped: str) -> str:
    """A pack of the team's own that extends the shipped one."""
    return _PACK.format(topic=topic, shipped=_text(shipped))


def variables(lines: Sequence[str]) -> str:
    """The environment file with these lines."""
    return _VARIABLES + "".join(f"{one}\n" for one in lines)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
