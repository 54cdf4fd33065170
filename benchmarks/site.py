"""A miniature with many papers, in a process of its own; its first line of output says where it listens."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta

from demo import story
from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.sites import Miniature

TEXT = (
    "Het kabinet werkt aan een goed vestigingsklimaat en houdt daarbij rekening met de draagkracht van kleine ondernemers.",
    "In het voorjaar is met gemeenten gesproken over bedrijventerreinen, vergunningen en de bereikbaarheid van regio's.",
    "De uitkomsten van die gesprekken zijn verwerkt in een gezamenlijke agenda, die na de zomer aan uw Kamer wordt gezonden.",
    "Voor de uitvoering is in de begroting een bedrag van 12 miljoen euro opgenomen, verdeeld over drie jaren.",
    "Uit de evaluatie blijkt dat ondernemers vooral behoefte hebben aan een vast aanspreekpunt bij hun gemeente.",
    "Over de voortgang wordt jaarlijks gerapporteerd, voor het eerst bij de verantwoording over dit begrotingsjaar.",
)


def main(pages: int) -> None:
    """Serve until ended."""
    papers = []
    for number in range(pages):
        seen = story.START - timedelta(hours=6 * number + 1)
        papers.append(
            letter(
                f"kst-32637-{1000 + number}",
                seen.strftime("%Y-%m-%d %H:%M"),
                [("32637", "Bedrijfslevenbeleid")],
                f"Voortgang van het beleid, deel {number}",
                EZK,
                [f"{words} In deel {number} staat dit onder {part}." for part, words in enumerate(TEXT * 2, 1)],
            )
        )
    with Miniature(story.START, papers) as sites:
        print(json.dumps({"connect": sites.connect, "clock": sites.clock_url}), flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main(int(sys.argv[1]))
