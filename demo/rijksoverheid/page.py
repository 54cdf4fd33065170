"""A page of www.rijksoverheid.nl: text markers, JSON-LD, DCTERMS, a Next payload that repeats the text, and much around it."""

from __future__ import annotations

import json
from html import escape

from demo.exchange import NONCE
from demo.markup import html_blocks, lines
from demo.moments import AMSTERDAM, instant, numeric_date
from demo.paper import WebPage
from demo.shelf import Shown

_MENU = (
    ("/actueel", "Actueel"),
    ("/themas", "Thema's"),
    ("/ministeries", "Ministeries"),
    ("/contact", "Contact"),
    ("/zoeken", "Zoeken"),
)


def page_html(shown: Shown[WebPage]) -> str:
    """The whole page. It holds NONCE, which differs with every request."""
    content = shown.content
    return f"""<!DOCTYPE html><html lang="nl"><head><meta charSet="utf-8"/>
<title>{escape(content.title)} | Rijksoverheid.nl</title>
<meta name="description" content="{escape(content.intro)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="DCTERMS.title" content="{escape(content.title)}"/>
<meta name="DCTERMS.language" content="nl-NL"/>
<meta name="DCTERMS.rights" content="CC0 1.0 Universal"/>
<meta name="DCTERMS.issued" content="{instant(content.sort)}"/>
<meta name="DCTERMS.modified" content="{instant(shown.changed)}"/>
<meta name="DCTERMS.type" content="{escape(content.label)}"/>
<meta name="DCTERMS.creator" content="{escape(content.ministry)}"/>
<script type="application/ld+json" nonce="{NONCE}">{_linked_data(shown)}</script>
<script src="/_next/static/chunks/main-app.js" nonce="{NONCE}" async=""></script></head>
<body><div id="__next">
<a href="#content" class="skip-link">Direct naar de inhoud</a>
<div role="dialog" aria-label="Cookies" class="cookie-bar"><p>Cookies op Rijksoverheid.nl</p>
<p>Wij meten met cookies hoe bezoekers deze website gebruiken. Daarmee maken wij de website beter.</p>
<button type="button">Accepteren</button><button type="button">Weigeren</button></div>
<header><a href="/">Rijksoverheid</a><nav aria-label="Hoofdmenu"><ul>{_menu()}</ul></nav>
<nav aria-label="Kruimelpad"><ol><li><a href="/">Home</a></li><li>{escape(content.title)}</li></ol></nav></header>
<main id="content">
{_main(content)}
</main>
<footer><a href="#top">Terug naar boven</a><h2>Service</h2><ul><li><a href="/contact">Contact</a></li>
<li><a href="/abonneren">Abonneren</a></li><li><a href="/vacatures">Vacatures</a></li></ul>
<h2>Over deze site</h2><ul><li><a href="/copyright">Copyright</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>
</div>
<script nonce="{NONCE}">(self.__next_f=self.__next_f||[]).push([0])</script>
<script nonce="{NONCE}">self.__next_f.push([1,{_payload(content)}])</script>
</body></html>
"""


def _menu() -> str:
    return "".join(f'<li><a href="{url}">{escape(text)}</a></li>' for url, text in _MENU)


def _marker(content: WebPage) -> str:
    day = content.sort.astimezone(AMSTERDAM)
    if content.is_news:
        return f"Nieuwsbericht {numeric_date(day)} | {day:%H:%M}"
    return f"{content.label} | {numeric_date(day)}"


def _main(content: WebPage) -> str:
    parts = [f"<h1>{escape(content.title)}</h1>"]
    if content.label:
        parts.append(f"<p>{escape(_marker(content))}</p>")
    parts += [f"<p><strong>{escape(content.intro)}</strong></p>", html_blocks(content.blocks)]
    if content.files:
        word = "Documenten" if content.is_news else "Downloads"
        rows = "".join(f'<li><a href="{escape(url)}">{escape(label)}</a></li>' for label, url in content.files)
        parts.append(f"<section><h2>{word}</h2><ul>{rows}</ul></section>")
    parts.append(
        "<section><h2>Heeft deze informatie u geholpen?</h2>"
        '<button type="button">Ja</button><button type="button">Nee</button></section>'
    )
    if content.topics:
        rows = "".join(f'<li><a href="{_topic(topic)}">{escape(topic)}</a></li>' for topic in content.topics)
        parts.append(f"<section><h2>Meer over dit onderwerp</h2><ul>{rows}</ul></section>")
    slug = content.ministry.lower().replace(",", "").replace(" ", "-")
    parts.append(
        f'<section><h2>Hoort bij</h2><ul><li><a href="/ministeries/{slug}">{escape(content.ministry)}</a></li></ul></section>'
    )
    return "\n".join(parts)


def _topic(name: str) -> str:
    slug = name.lower().replace(" ", "-")
    return escape(f"/onderwerpen/{slug}?filters[0][field]=topic&filters[0][values][0]={name}")


def _linked_data(shown: Shown[WebPage]) -> str:
    content = shown.content
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if content.is_news else "WebPage",
        "headline": content.title,
        "description": content.intro,
        "url": f"https://www.rijksoverheid.nl{shown.id}",
        "datePublished": instant(content.sort),
        "dateModified": instant(shown.changed),
        "publisher": {"@type": "GovernmentOrganization", "name": content.ministry},
    }
    return _for_script(data)


def _payload(content: WebPage) -> str:
    said = {"title": content.title, "intro": content.intro, "body": lines(content.blocks), "topics": content.topics}
    return _for_script(f"7:{json.dumps(said, ensure_ascii=False)}\n")


def _for_script(data: object) -> str:
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
