"""Text with `**bold**` marks -> pieces of Telegram HTML, none longer than Telegram takes. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
TAG = re.compile(r"</?b>")
LIST_ITEM = re.compile(r"(?:[-•] |\d+\. )")
BORDERS = ("\n\n", "\n", ". ", " ")
"""Where a long text may be cut, the best first."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words without marks, and the stretches of them that are bold: (begin, end) in code points, in order."""

    words: str
    bold: tuple[tuple[int, int], ...] = ()

    def html(self) -> str:
        """The same as Telegram HTML."""
        out, at = [], 0
        for begin, end in self.bold:
            out += [_escaped(self.words[at:begin]), "<b>", _escaped(self.words[begin:end]), "</b>"]
            at = end
        return "".join((*out, _escaped(self.words[at:])))

    def part(self, begin: int, end: int) -> Marked:
        """A stretch of it, without white space around; bold stays bold."""
        words = self.words[begin:end]
        begin += len(words) - len(words.lstrip())
        words = words.strip()
        end = begin + len(words)
        cut = ((max(b, begin) - begin, min(e, end) - begin) for b, e in self.bold)
        return Marked(words, tuple((b, e) for b, e in cut if b < e))


def _escaped(words: str) -> str:
    return html.escape(words, quote=False)


def plain(text: str) -> str:
    """Telegram HTML of ours as plain words."""
    return html.unescape(TAG.sub("", text))


def length(words: str) -> int:
    """How long Telegram finds it at most: UTF-16 units, never less than code points."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Without lone surrogates and NUL, which no request can carry."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


def marked(text: str) -> Marked:
    """Reads the marks; a mark without its twin is left out."""
    words, bold, at, size = [], [], 0, 0
    for found in MARK.finditer(text):
        before, inside = text[at : found.start()].replace("**", ""), found[1].replace("**", "")
        words += [before, inside]
        size += len(before)
        bold.append((size, size + len(inside)))
        size += len(inside)
        at = found.end()
    words.append(text[at:].replace("**", ""))
    return Marked("".join(words), tuple((b, e) for b, e in bold if b < e))


def joined(texts: list[str]) -> str:
    """Paragraphs with a blank line between them; items of a list, one row each, directly below each other."""
    out = ""
    before = False
    for text in texts:
        item = LIST_ITEM.match(text) is not None and "\n" not in text
        out += (("\n" if item and before else "\n\n") if out else "") + text
        before = item
    return out


def pieces(text: Marked, most: int) -> Iterator[Marked]:
    """The text in pieces of at most `most` units, cut at the best border there is."""
    at = 0
    while at < len(text.words):
        end = _end(text.words, at, most)
        piece = text.part(at, end)
        if piece.words:
            yield piece
        at = end


def _end(words: str, at: int, most: int) -> int:
    """Where the piece that begins at `at` ends."""
    if length(words[at : at + most + 1]) <= most:
        return len(words)
    end, room = at, most
    while end < len(words) and room >= (need := 1 + (words[end] > "\uffff")):
        room -= need
        end += 1
    if end == len(words):
        return end
    for border in BORDERS:
        found = words.rfind(border, at, end)
        # A border near the beginning would leave a stump; the next best one is better then.
        if found > at + (end - at) // 4:
            return found + len(border)
    return end
