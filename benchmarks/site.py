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
                [f"Deze brief gaat over onderwerp {number} van het bedrijfslevenbeleid. " * 40] * 20,
            )
        )
    with Miniature(story.START, papers) as sites:
        print(json.dumps({"connect": sites.connect, "clock": sites.clock_url}), flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main(int(sys.argv[1]))
