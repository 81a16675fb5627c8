"""Strict reading of YAML: what is text stays text, and every slip has its line."""

from __future__ import annotations

import pytest
import yaml

from bot.catalog import files


class PurePythonLoader(files._CoreResolver, yaml.SafeLoader):
    """The parser used where PyYAML was built without libyaml."""


@pytest.fixture(params=["in C", "in Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every story is told with both parsers."""
    if request.param == "in Python":
        monkeypatch.setattr(files, "LOADER", PurePythonLoader)


@pytest.mark.parametrize("text", ["no", "yes", "on", "off", "N", "y", "010", "0800 1111", "1e3", "0x1f", "2026-11-22", "12:30", "+44", ".5", "1_000"])
def test_what_other_yaml_readers_would_change_stays_text(text: str) -> None:
    assert files.read(f"a: {text}") == ({"a": text}, [])


@pytest.mark.parametrize(("text", "value"), [
    ("true", True), ("false", False), ("12", 12), ("-3", -3), ("0", 0), ("1.5", 1.5), ("null", None), ("~", None), ("", None), ("'12'", "12"),
])
def test_few_words_mean_something_else_than_text(text: str, value: object) -> None:
    assert files.read(f"a: {text}") == ({"a": value}, [])


def test_keys_are_always_text() -> None:
    assert files.read("no: 1\n12: 2\n") == ({"no": 1, "12": 2}, [])


@pytest.mark.parametrize(("text", "line", "part"), [
    ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice"),
    ("a: {b: 1, b: 2}\n", 1, "'b' is given twice"),
    ("a: &x 1\n", 1, "anchors"),
    ("a: [1]\nb: *x\n", 2, "readable as YAML"),
    ("a: 1\nb: !!python/object:os.system 1\n", 2, "tag"),
    ("a: b: c\n", 1, "quotes"),
    ("a: 1\nb: 'open\n", 2, "never closed"),
    ("a:\n\tb: 1\n", 2, "spaces only"),
    ("- **bold**\n", 1, "begins with *"),
    ("a: 1\n---\nb: 2\n", 2, "one file holds one thing"),
    ("? [a]\n: 1\n", 1, "plain word"),
    ("", 1, "empty"),
    ("# only a remark\n", 1, "empty"),
    ('a: "\x01"\n', 1, "character"),
])
def test_a_slip_is_told_with_its_line(text: str, line: int, part: str) -> None:
    _, [(told, message)] = files.read(text)

    assert (line, True) == (told, part in message), message


@pytest.mark.parametrize(("loc", "line"), [
    ((), 2), (("steps",), 3), (("steps", 1), 5), (("steps", 1, "seconds"), 6), (("steps", 1, "unheard"), 5), (("unheard",), 2),
])
def test_every_value_has_its_line(loc: tuple[str | int, ...], line: int) -> None:
    text = "# a remark\nid: x\nsteps:\n  - point: PC6\n  - point: LI4\n    seconds: 60\n"

    assert line == files.line_of(text, loc)
