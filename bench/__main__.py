"""`python -m bench <name> [options]`: runs `bench/<name>.py`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(arguments: list[str]) -> int:
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    if not arguments or arguments[0] not in names:
        print(f"usage: python -m bench ({' | '.join(names)}) [options]", file=sys.stderr)
        return 2
    found: int = importlib.import_module(f"bench.{arguments[0].replace('-', '_')}").main(arguments[1:])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
