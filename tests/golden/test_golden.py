"""The cards people see, kept as pages that a practitioner can read. A change in them is read before it is taken over."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from bot.catalog.model import Knowledge
from bot.tools.golden import cards

PAGES = Path(__file__).parent / "conditions"
HOW = "\nRead the difference. If it is meant: python -m bot.tools golden --write\n"


def test_the_pages_show_what_people_see(knowledge: Knowledge) -> None:
    kept = {page.stem: page.read_text(encoding="utf-8") for page in PAGES.glob("*.md")}
    now = cards(knowledge)
    assert sorted(kept) == sorted(now), HOW
    changed = (line for id_, page in now.items() for line in _difference(id_, kept[id_], page))
    told = "\n".join(changed)
    assert not told, HOW + told


def _difference(id_: str, kept: str, now: str) -> list[str]:
    return list(unified_diff(kept.splitlines(), now.splitlines(), f"kept/{id_}.md", f"now/{id_}.md", lineterm="", n=0))
