"""The words on a card: names from the knowledge, the few others from `words/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.draw.studio import HERE

KNOWLEDGE = HERE.parents[1] / "knowledge"


class _Plain(yaml.SafeLoader):
    """Reads `no`, `on` and `N` as text, as the bot's own loader does."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _Plain)  # noqa: S506  # a SafeLoader with fewer words


@dataclass(frozen=True)
class Words:
    """`names` of points by id; `texts`: labels, regions, measures and the beginner's cards."""

    names: Mapping[str, str]
    texts: Mapping[str, Any]

    def label(self, key: str) -> str:
        return str(self.texts["labels"][key])

    def measure(self, cun: float) -> str:
        return str(self.texts["measures"][f"{cun:g}"])

    def region(self, key: str) -> str:
        return str(self.texts["regions"][key])


def words(language: str = "en") -> Words:
    folder = KNOWLEDGE / "lang" / language / "points"
    found = [read(path) for path in sorted(folder.glob("*.yaml"))]
    return Words({one["id"]: one["name"] for one in found}, read(HERE / "words" / f"{language}.yaml"))


def points() -> dict[str, Mapping[str, Any]]:
    """Every point's facts by id."""
    found = (read(path) for path in sorted((KNOWLEDGE / "points").glob("*.yaml")))
    return {one["id"]: one for one in found}
