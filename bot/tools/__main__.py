"""`python -m bot.tools NAME ...`: one module a tool, each with `main(arguments) -> exit code`."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "check": "every problem of the knowledge base, with path and line",
    "ask": "[--json] [--why] WORDS: what a sentence matches and why; without words, every line of standard input",
    "vignettes": "[FOLDER]: short cases played through the dialogue, with a table",
    "map": "[--write]: the conversation as a drawing",
    "golden": "[--write]: the cards people see, as pages to read",
    "coverage": "what the knowledge base covers, as tables",
    "new-language": "CODE NAME: the folder of a new language",
    "rekey": "everything kept is written anew with the first of ACUPRESSURE_KEYS",
}
"""Each name is a module of `bot.tools`, with `_` for `-`."""


def main(arguments: list[str]) -> int:
    """Run the tool of that name."""
    if not arguments or arguments[0] not in COMMANDS:
        print("python -m bot.tools NAME")
        for name, what in COMMANDS.items():
            print(f"  {name:14} {what}")
        return 2
    module = importlib.import_module(f"bot.tools.{arguments[0].replace('-', '_')}")
    return int(module.main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
