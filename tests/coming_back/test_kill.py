"""Two processes, killed in the middle of sending reminders. `python -m bench crash` does the same twenty times."""

from __future__ import annotations

from pathlib import Path

from bench.crash import crashed


async def test_killed_nothing_comes_twice_and_what_is_lost_is_counted(tmp_path: Path) -> None:
    found = await crashed(people=40, kills=1, folder=tmp_path)
    assert found.doubled == 0
    assert found.missing <= found.uncertain
    assert found.uncertain <= 4 * found.kills
