"""The page of a publication on the zoek host."""

from __future__ import annotations

from html import escape

from demo.koop.document_text import asked_line, spaced
from demo.koop.metadata import metadata_head
from demo.markup import html_blocks, html_text, inline
from demo.moments import dutch_date
from demo.paper import Block, Heading, Items, Kamerstuk, Kamervragen, Official, Regulation, Table

_MENU = """<a class="skip" href="#broodtekst">Naar de inhoud</a>
<header class="header"><a href="https://www.overheid.nl/">Overheid.nl</a>
<nav><ul><li><a href="/">Officiële bekendmakingen</a></li><li><a href="/uitgebreidzoeken">Uitgebreid zoeken</a></li>
<li><a href="/contact">Contact</a></li></ul></nav></header>"""
_FOOT = """<footer class="footer"><ul><li><a href="/over-deze-site">Over deze website</a></li>
<li><a href="/privacy-statement">Privacy en cookies</a></li></ul></footer>"""


def document_html(identifier: str, official: Official) -> str:
    """The page `/<id>.html`. Papers that exist as PDF only have a page without text, with a link to the file."""
    return f"""<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8" />
<title>{escape(official.title)} | Officiële bekendmakingen</title>
{metadata_head(official)}
</head>
<body>
{_MENU}
<main><article>
{_article(identifier, official)}
</article>
<aside><a id="downloadPdfHyperLink" href="/{identifier}.pdf">PDF</a>
<a href="/{identifier}.xml">XML</a> <a href="/{identifier}/metadata.xml">Metadata</a></aside></main>
{_FOOT}
</body>
</html>
"""


def _article(identifier: str, official: Official) -> str:
    match official.body:
        case Kamerstuk() as body:
            return _kamerstuk(body)
        case Kamervragen() as body:
            return _kamervragen(body)
        case Regulation() as body:
            return _regulation(body)
        case _:
            return f'<p>Deze publicatie is alleen als <a href="/{identifier}.pdf">PDF</a> beschikbaar.</p>'


def _link(target: str, label: str) -> str:
    url = target if ":" in target else f"{target}.html"
    return f'<a href="{escape(url)}">{label}</a>'


def _note_mark(number: int) -> str:
    return f'<a class="nootnum" href="#n{number}"><sup>{number}</sup></a>'


def _block(block: Block) -> str:
    match block:
        case Heading() | Items() | Table():
            return html_blocks((block,), heading="h3")
        case text:
            return f"<p>{inline(text, _link, _note_mark)}</p>"


def _notes(notes: tuple[str, ...]) -> str:
    return "\n".join(
        f'<div class="voet noot" id="n{number}"><p><span class="nootnum">{number}</span> '
        f"{inline(text, _link, _note_mark)}</p></div>"
        for number, text in enumerate(notes, start=1)
    )


def _kamerstuk(body: Kamerstuk) -> str:
    dossiers = "\n".join(
        f'<h1 class="dossiertitel"><span class="dossiernummer">{spaced(number)}</span> {escape(title)}</h1>'
        for number, title in body.dossiers
    )
    text = "\n".join(_block(block) for block in body.blocks)
    date_line = ""
    if body.date_lead:
        date_line = (
            f'<p class="kamerstukdatum">{escape(body.date_lead)} <span class="datum">{dutch_date(body.dated)}</span></p>\n'
        )
    signed = f'<p class="ondertekening">{escape(body.signed)},</p>' if body.signed else ""
    return f"""<div id="broodtekst" class="stuk broodtekst-container">
{dossiers}
<div class="stuk"><h1 class="stuktitel"><span class="stuknummer">Nr. {body.number}</span> {escape(body.heading)}</h1>
{date_line}<div class="algemeen">
{text}
</div>
{signed}
</div>
{_notes(body.notes)}
</div>"""


def _kamervragen(body: Kamervragen) -> str:
    asked = f"{asked_line(body)} {body.subject} (ingezonden {dutch_date(body.submitted)})."
    parts = [f'<h1 class="kamervraagomschrijving_kop no-toc">{escape(asked)}</h1>']
    if body.received:
        word = "Mededeling" if body.notice else "Antwoord"
        said = f"{word} van {body.answered_by} ({body.ministry[1]}) (ontvangen {dutch_date(body.received)})."
        parts.append(f'<h1 class="kamervraagomschrijving_kop no-toc">{escape(said)}</h1>')
    for number, pair in enumerate(body.pairs, start=1):
        for name, text in zip(("vraag", "antwoord"), pair, strict=True):
            if text:
                rows = "".join(f"<p>{inline(paragraph, _link, _note_mark)}</p>" for paragraph in text.split("\n"))
                parts.append(f'<div class="{name}"><h2 class="stuktitel no-toc">{name.capitalize()} {number}</h2>{rows}</div>')
    if body.notice:
        parts.append(
            f'<div class="kamervraagopmerking"><h2 class="stuktitel">Mededeling</h2><p>{html_text(body.notice)}</p></div>'
        )
    parts.append(_notes(body.notes))
    return '<div id="broodtekst" class="broodtekst-container">\n' + "\n".join(parts) + "\n</div>"


def _regulation(body: Regulation) -> str:
    recitals = "\n".join(f"<p>{escape(text)}</p>" for text in body.recitals)
    articles = "\n".join(
        f'<div class="artikel"><h4 class="artikel_kop">Artikel {number}</h4><p>{escape(text)}</p></div>'
        for number, text in body.articles
    )
    notes = "\n".join(f"<p>{escape(text)}</p>" for text in body.explanation)
    return f"""<div id="broodtekst" class="broodtekst-container">
<h1 class="{body.gazette.lower()}_kop">{escape(body.heading)}</h1>
{recitals}
{articles}
<p class="ondertekening">{escape(body.signed)}</p>
<div class="nota-toelichting">{notes}</div>
</div>"""
