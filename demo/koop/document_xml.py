"""The XML body of a publication, in the consolidated schema of 2014."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from demo.koop.document_text import asked_line, spaced
from demo.markup import inline
from demo.moments import dutch_date, parliamentary_year
from demo.paper import Block, Heading, Items, Kamerstuk, Kamervragen, Official, Regulation, Table

_SCHEMA = (
    "http://technische-documentatie.oep.overheid.nl/repository/schemas/op-consolidated/"
    "op-consolidated_2014-05-15/xsd/op-xsd-2014-05-15.xsd"
)


def document_xml(identifier: str, official: Official) -> str | None:
    """The file `/<id>.xml`; None for papers that exist as PDF only."""
    match official.body:
        case Kamerstuk() as body:
            inner = _kamerstuk(identifier, body)
        case Kamervragen() as body:
            inner = _kamervragen(identifier, body)
        case Regulation(gazette="Staatsblad") as body:
            inner = _decree(body)
        case Regulation() as body:
            inner = _notice(body)
        case _:
            return None
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<officiele-publicatie xsi:noNamespaceSchemaLocation="{_SCHEMA}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        '  <metadata>\n    <meta name="OVERHEIDop.externMetadataRecord" scheme="" '
        f'content="https://zoek.officielebekendmakingen.nl/{identifier}/metadata.xml"/>\n  </metadata>\n'
        f"{inner}\n</officiele-publicatie>\n"
    )


def _run(identifier: str, text: str, notes: tuple[str, ...]) -> str:
    def link(target: str, label: str) -> str:
        sort = "URL" if ":" in target else "document"
        return f'<extref doc={quoteattr(target)} soort="{sort}" status="actief">{label}</extref>'

    def note(number: int) -> str:
        inner = inline(notes[number - 1], link, note)
        mark = f"{identifier}-n{number}"
        return f'<noot id="{mark}" type="voet"><noot.nr>{number}</noot.nr><noot.al>{inner}</noot.al></noot>'

    return inline(text, link, note)


def _block(identifier: str, block: Block, notes: tuple[str, ...]) -> str:
    match block:
        case Heading(text):
            return f'<tussenkop kopopmaak="vet">{escape(text)}</tussenkop>'
        case Items(items):
            rows = "".join(f"<li><li.nr>–</li.nr><al>{_run(identifier, item, notes)}</al></li>" for item in items)
            return f'<lijst type="ongemarkeerd" level="single">{rows}</lijst>'
        case Table(head, rows):
            return _table(head, rows)
        case text:
            return f"<al>{_run(identifier, text, notes)}</al>"


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "<row>" + "".join(f"<entry><al>{escape(cell)}</al></entry>" for cell in cells) + "</row>"

    body = "".join(row(cells) for cells in rows)
    return f'<table><tgroup cols="{len(head)}"><thead>{row(head)}</thead><tbody>{body}</tbody></tgroup></table>'


def _heads(year: str, chamber: str, *kinds: tuple[str, str]) -> str:
    rows = [("vergaderjaar", f"Vergaderjaar {year}"), ("kameraanduiding", chamber), ("kamernummer", "2"), *kinds]
    return "\n".join(f'      <tekstregel inhoud="{name}">{text}</tekstregel>' for name, text in rows)


def _kamerstuk(identifier: str, body: Kamerstuk) -> str:
    heads = _heads(parliamentary_year(body.dated), "Tweede Kamer der Staten-Generaal", ("documenttype", "Kamerstukken"))
    dossiers = "\n".join(
        f"    <dossier>\n      <dossiernummer>\n        <dossiernr>{spaced(number)}</dossiernr>\n      </dossiernummer>\n"
        f"      <titel>{escape(title)}</titel>\n    </dossier>"
        for number, title in body.dossiers
    )
    text = "\n            ".join(_block(identifier, block, body.notes) for block in body.blocks)
    closing = ""
    if body.signed:
        closing = (
            f"\n      <tekst-sluiting>\n        <ondertekening><functie>{escape(body.signed)},</functie></ondertekening>\n"
            "      </tekst-sluiting>"
        )
    dated = f'<datum isodatum="{body.dated}">{dutch_date(body.dated)}</datum>'
    date_line = f"      <datumtekst>{body.date_lead} {dated}</datumtekst>\n" if body.date_lead else ""
    return (
        f"  <kamerstuk>\n    <kamerstukkop>\n{heads}\n    </kamerstukkop>\n{dossiers}\n    <stuk>\n"
        f'      <stuknr>Nr. <ondernummer kamer="2">{body.number}</ondernummer></stuknr>\n'
        f"      <titel>{escape(body.heading)}</titel>\n"
        f'{date_line}      <algemeen>\n        <vrije-tekst>\n          <tekst status="goed">\n            {text}\n'
        f"          </tekst>\n        </vrije-tekst>\n      </algemeen>{closing}\n    </stuk>\n  </kamerstuk>"
    )


def _kamervragen(identifier: str, body: Kamervragen) -> str:
    day = body.received or body.submitted
    if body.received:
        kinds = (
            ("documenttype", "Aanhangsel van de Handelingen"),
            ("overig", "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden"),
        )
    else:
        kinds = (("documenttype", "Vragen gesteld door de leden der Kamer"), ("overig", ""))
    parts = [
        f"  <kamervragen>\n    <kamervraagkop>\n{_heads(parliamentary_year(day), 'Tweede Kamer der Staten-Generaal', *kinds)}",
        f"    </kamervraagkop>\n    <kamervraagnummer>{body.number}</kamervraagnummer>",
        f'    <kamervraagomschrijving type="vraag">{escape(asked_line(body))} '
        f"<kamervraagonderwerp>{escape(body.subject)}</kamervraagonderwerp> (ingezonden "
        f'<datum isodatum="{body.submitted}">{dutch_date(body.submitted)}</datum>).</kamervraagomschrijving>',
    ]
    if body.received:
        word, (short, name) = ("Mededeling" if body.notice else "Antwoord"), body.ministry
        parts.append(
            f'    <kamervraagomschrijving type="antwoord">{word} van {escape(body.answered_by)} '
            f'(<organisatie afkorting="{short}">{escape(name)}</organisatie>) (ontvangen '
            f'<datum isodatum="{body.received}">{dutch_date(body.received)}</datum>).</kamervraagomschrijving>'
        )
    for number, (question, answer) in enumerate(body.pairs, start=1):
        parts.append(_pair(identifier, "vraag", number, question, body.notes))
        if answer:
            parts.append(_pair(identifier, "antwoord", number, answer, body.notes))
    if body.notice:
        parts.append(
            "    <kamervraagopmerking><kop><titel>Mededeling</titel></kop>"
            f"<al>{_run(identifier, body.notice, body.notes)}</al></kamervraagopmerking>"
        )
    return "\n".join([*parts, "  </kamervragen>"])


def _pair(identifier: str, name: str, number: int, text: str, notes: tuple[str, ...]) -> str:
    rows = "".join(f"<al>{_run(identifier, paragraph, notes)}</al>" for paragraph in text.split("\n"))
    return f'    <{name}>\n      <nr status="officieel">{name.capitalize()} {number}</nr>\n      {rows}\n    </{name}>'


def _articles(body: Regulation) -> str:
    return "\n".join(
        f'      <artikel status="goed"><kop><label>Artikel</label><nr status="officieel">{number}</nr></kop>'
        f"<al>{escape(text)}</al></artikel>"
        for number, text in body.articles
    )


def _decree(body: Regulation) -> str:
    recitals = "".join(f"<considerans.al>{escape(text)}</considerans.al>" for text in body.recitals)
    notes = "".join(f"<al>{escape(text)}</al>" for text in body.explanation)
    return (
        "  <kop>\n    <titel>Staatsblad</titel>\n    <subtitel>van het Koninkrijk der Nederlanden</subtitel>\n  </kop>\n"
        f"  <staatsblad>\n    <intitule>{escape(body.heading)}</intitule>\n    <wet-besluit>\n      <aanhef>"
        f"<considerans>{recitals}</considerans><afkondiging><al>Hebben goedgevonden en verstaan:</al></afkondiging></aanhef>\n"
        f"      <wettekst>\n{_articles(body)}\n      </wettekst>\n      <wetsluiting><ondertekening><functie>"
        f"{escape(body.signed)}</functie></ondertekening></wetsluiting>\n    </wet-besluit>\n"
        f"    <nota-toelichting><tekst>{notes}</tekst></nota-toelichting>\n  </staatsblad>"
    )


def _notice(body: Regulation) -> str:
    recitals = "".join(f"<al>{escape(text)}</al>" for text in body.recitals)
    notes = "".join(f"<al>{escape(text)}</al>" for text in body.explanation)
    title = f"    <kop><titel>{escape(body.heading)}</titel></kop>\n"
    head = f"  <kop>\n    <titel>Staatscourant</titel>\n  </kop>\n  <staatscourant>\n{title}"
    if not body.articles:
        return (
            f"{head}    <vrije-tekst><tekst>{recitals}{notes}</tekst></vrije-tekst>\n"
            f"    <ondertekening><functie>{escape(body.signed)}</functie></ondertekening>\n  </staatscourant>"
        )
    return (
        f"{head}    <regeling>\n      <aanhef>{recitals}<afkondiging><al>Besluit:</al></afkondiging></aanhef>\n"
        f"      <regeling-tekst>\n{_articles(body)}\n      </regeling-tekst>\n      <regeling-sluiting><ondertekening><functie>"
        f"{escape(body.signed)}</functie></ondertekening></regeling-sluiting>\n"
        f"      <nota-toelichting><tekst>{notes}</tekst></nota-toelichting>\n    </regeling>\n  </staatscourant>"
    )
