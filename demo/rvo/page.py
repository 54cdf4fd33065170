"""A page of www.rvo.nl, in the manner of Drupal."""

from __future__ import annotations

from html import escape

from demo.markup import html_blocks
from demo.moments import dutch_date
from demo.paper import RvoPage
from demo.shelf import Shown

_MENU = (
    ("/onderwerpen", "Onderwerpen"),
    ("/subsidies-financiering", "Subsidies en financiering"),
    ("/nieuws", "Nieuws"),
    ("/evenementen", "Evenementen"),
    ("/contact", "Contact"),
)
_STATUS_CLASS = {
    "Open voor aanvragen": "groen",
    "Bijna open voor aanvragen": "groen",
    "Tijdelijk gesloten voor aanvragen": "rood-300",
    "Gesloten voor aanvragen": "rood",
}


def page_html(shown: Shown[RvoPage]) -> str:
    """The whole page: menu, status label, body, dates, and the block of the principal at the foot."""
    content = shown.content
    return f"""<!DOCTYPE html>
<html lang="nl" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8" />
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<meta name="description" content="{escape(content.intro)}" />
<link rel="canonical" href="https://www.rvo.nl{shown.id}" />
<title>{escape(content.title)} | RVO.nl</title></head>
<body class="path-node page-node-type-subsidy">
<a href="#main-content" class="visually-hidden focusable skip-link">Overslaan en naar de inhoud gaan</a>
<div class="dialog-off-canvas-main-canvas">
<header role="banner"><a href="/" rel="home">Rijksdienst voor Ondernemend Nederland</a>
<nav role="navigation" aria-label="Hoofdnavigatie"><ul class="menu">{_menu()}</ul></nav>
{_crumbs(shown)}</header>
<main role="main"><a id="main-content" tabindex="-1"></a>
<article class="node node--type-subsidy">
<h1 class="page-title">{escape(content.title)}</h1>
{_status(content)}<div class="field field--name-field-intro"><p>{escape(content.intro)}</p></div>
<div class="field field--name-field-content">
{html_blocks(content.blocks)}
</div>
{_dates(content)}
</article>
{_principal(content)}
<aside class="contact-block"><h2>We helpen u graag</h2><p>Hebt u een vraag? Neem dan contact met ons op.</p></aside>
</main>
<footer role="contentinfo"><nav aria-label="Footer"><ul class="menu"><li><a href="/over-ons">Over ons</a></li>
<li><a href="/privacy-en-cookies">Privacy en cookies</a></li><li><a href="/english">English</a></li></ul></nav></footer>
</div></body></html>
"""


def _menu() -> str:
    return "".join(f'<li class="menu-item"><a href="{url}">{escape(text)}</a></li>' for url, text in _MENU)


def _crumbs(shown: Shown[RvoPage]) -> str:
    first = "Nieuws" if shown.id.startswith("/nieuws/") else "Subsidies en financiering"
    return f'<nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li>{first}</li></ol></nav>'


def _status(content: RvoPage) -> str:
    if not content.status:
        return ""
    colour = _STATUS_CLASS.get(content.status, "grijs")
    return f'<div class="rvo-status-indicator rvo-status-indicator--{colour}">{escape(content.status)}</div>\n'


def _dates(content: RvoPage) -> str:
    rows = [f"Gepubliceerd op: {dutch_date(content.created)}"]
    if content.checked:
        rows.append(f"Laatst gecontroleerd op: {dutch_date(content.checked)}")
    return '<div class="node__dates">' + "".join(f"<p>{row}</p>" for row in rows) + "</div>"


def _principal(content: RvoPage) -> str:
    if not content.principal:
        return ""
    return (
        f'<section class="commissioned-by"><h2>In opdracht van</h2><ul><li>{escape(content.principal)}</li></ul></section>'
        '<section class="belongs-to"><h2>Hoort bij</h2><ul>'
        '<li><a href="/subsidies-financiering">Subsidies en financiering</a></li></ul></section>'
    )
