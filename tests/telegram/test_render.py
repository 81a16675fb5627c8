"""Replies as Telegram messages: limits, marks, buttons, pictures."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model.lines import Line
from bot.dialogue.states import Welcome
from bot.dialogue.values import Button, Picture, Reply, Seat, Settings
from bot.telegram.markup import joined, length, marked, pieces, plain
from bot.telegram.render import MOST_CAPTION, MOST_TEXT, Payload, TelegramRender, TooLong, data, read

SEAT = Seat(Welcome(), turn="turn1234")
HTML = re.compile(r"(?:[^<>&]|&lt;|&gt;|&amp;|<b>(?:[^<>&]|&lt;|&gt;|&amp;)*</b>)*", re.DOTALL)


class Parrot:
    """Says the key itself."""

    def say(self, line: Line) -> str:
        return line.key


render = TelegramRender({"en": Parrot()}, {"PC6"})


def shown(reply: Reply, seat: Seat = SEAT) -> list[Payload]:
    return [read(each.payload) for each in render(reply, seat)]


def lines(*keys: str) -> tuple[Line, ...]:
    return tuple(Line(key) for key in keys)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("Hello.",), "Hello."),
        (("One.", "Two."), "One.\n\nTwo."),
        (("Points:", "- a", "- b", "End."), "Points:\n\n- a\n- b\n\nEnd."),
        (("1. a", "2. b"), "1. a\n2. b"),
        (("• a", "• b"), "• a\n• b"),
        (("1. a\nwhere", "2. b\nwhere"), "1. a\nwhere\n\n2. b\nwhere"),
        (("One.", "", "  ", "Two."), "One.\n\nTwo."),
        (("**Stop** now",), "<b>Stop</b> now"),
        (("a **b\nc** d",), "a <b>b\nc</b> d"),
        (("a ** b",), "a  b"),
        (("**open",), "open"),
        (("<b> & </b>",), "&lt;b&gt; &amp; &lt;/b&gt;"),
        (("**<i>**",), "<b>&lt;i&gt;</b>"),
        (("half \ud83d of it",), "half  of it"),
    ],
)
def test_lines_become_html(keys: tuple[str, ...], text: str) -> None:
    assert [each.text for each in shown(Reply(lines(*keys)))] == [text]


def test_a_long_text_is_cut_between_paragraphs_and_the_buttons_stand_under_the_last_piece() -> None:
    reply = Reply(lines("a" * 3000, "b" * 3000, "c" * 1000), ((Button(Line("Go"), "go"),),), slot="screen", edit=True)

    sent = render(reply, SEAT)

    assert [len(read(each.payload).text) for each in sent] == [3000, 4002]
    assert [bool(read(each.payload).rows) for each in sent] == [False, True]
    assert [(each.slot, each.edit) for each in sent] == [("screen", True), ("screen", False)]


@pytest.mark.parametrize(
    ("picture", "plain_seat", "names"),
    [
        (Picture(points=("PC6",)), False, ["PC6"]),
        (Picture(points=("PC6",)), True, [""]),
        (Picture(points=("ST36",)), False, [""]),
        (Picture(points=("PC6", "ST36")), False, ["PC6+ST36"]),
        (Picture(points=("PC6", "ST36")), True, [""]),
        (Picture(points=("LI4", "ST36")), False, [""]),
        (Picture(name="PC6"), False, ["PC6"]),
    ],
)
def test_a_picture_is_sent_when_there_is_one(picture: Picture, *, plain_seat: bool, names: list[str]) -> None:
    seat = replace(SEAT, settings=Settings(plain=plain_seat))

    assert [each.picture for each in shown(Reply(lines("Where."), picture=picture), seat)] == names


def test_without_pictures_their_text_is_said() -> None:
    picture = Picture(points=("PC6",), text=Line("A wrist."))
    seat = replace(SEAT, settings=Settings(plain=True))

    assert [each.text for each in shown(Reply(lines("Where."), picture=picture), seat)] == ["Where.\n\nA wrist."]
    assert [each.text for each in shown(Reply(lines("Where."), picture=picture))] == ["Where."]


def test_a_text_too_long_for_a_caption_follows_its_picture() -> None:
    reply = Reply(lines("**Title** of it", "x" * 1500), ((Button(Line("Go"), "go"),),), Picture(points=("PC6",)))

    first, second = shown(reply)

    assert (first.picture, first.text, first.rows) == ("PC6", "<b>Title</b> of it", ())
    assert (second.picture, second.rows) == ("", ((("Go", "turn1234:go"),),))
    assert second.quiet


def test_an_album_stands_before_its_words_and_buttons() -> None:
    picture = Picture(points=("ST36", "PC6", "LI4"), album=True)
    reply = Reply(lines("All of them."), ((Button(Line("Go"), "go"),),), picture, slot="screen")

    album, words_ = TelegramRender({"en": Parrot()}, {"PC6", "ST36"})(reply, SEAT)

    assert (read(album.payload).album, read(album.payload).text, read(album.payload).rows, album.slot) == (("ST36", "PC6"), "", (), "")
    assert (read(words_.payload).text, read(words_.payload).picture, words_.slot) == ("All of them.", "", "screen")
    assert read(words_.payload).rows
    assert read(words_.payload).quiet


def test_without_pictures_an_album_is_its_words() -> None:
    reply = Reply(lines("All."), picture=Picture(points=("PC6",), album=True, text=Line("A wrist.")))

    assert [each.text for each in shown(reply, replace(SEAT, settings=Settings(plain=True)))] == ["All.\n\nA wrist."]


def test_button_data_is_for_this_turn_or_for_ever() -> None:
    assert data(Button(Line("x"), "flag:a"), "turn1234") == "turn1234:flag:a"
    assert data(Button(Line("x"), "again:b", door=True), "turn1234") == "!again:b"
    with pytest.raises(TooLong):
        data(Button(Line("x"), "y" * 60), "turn1234")


def test_labels_are_plain_and_never_empty() -> None:
    reply = Reply(lines("x"), ((Button(Line("**Go** <on>\n& on"), "go"), Button(Line(" "), "b")),))

    assert [label for row in shown(reply)[0].rows for label, _ in row] == ["Go <on> & on", "…"]


def test_nothing_to_say_is_no_message_unless_there_are_buttons() -> None:
    assert render(Reply(()), SEAT) == ()
    assert [each.text for each in shown(Reply((), ((Button(Line("Go"), "go"),),)))] == ["…"]


words = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("*<>&\n. 😀👩‍👧")), max_size=300)
long_words = st.builds(lambda text, times: text * times, words, st.integers(1, 60))
buttons = st.builds(
    Button, st.builds(Line, words), st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=50), st.booleans(),
)
replies = st.builds(
    Reply,
    st.lists(st.builds(Line, long_words), max_size=6).map(tuple),
    st.lists(st.lists(buttons, max_size=12).map(tuple), max_size=15).map(tuple),
    st.one_of(st.none(), st.builds(Picture, points=st.just(("PC6",)), text=st.one_of(st.none(), st.builds(Line, words)))),
)


@given(reply=replies, without=st.booleans())
def test_whatever_is_said_fits_and_is_valid(reply: Reply, *, without: bool) -> None:
    for each in shown(reply, replace(SEAT, settings=Settings(plain=without))):
        told = plain(each.text)
        assert HTML.fullmatch(each.text)
        assert length(told) <= (MOST_CAPTION if each.picture else MOST_TEXT)
        assert told.strip() or each.picture
        assert len(each.rows) <= 100
        assert all(0 < len(row) <= 8 for row in each.rows)
        assert sum(len(row) for row in each.rows) <= 100
        assert all(1 <= len(data.encode()) <= 64 and label.strip() for row in each.rows for label, data in row)
        each.text.encode()


@given(words)
def test_pieces_lose_nothing_but_white_space(text: str) -> None:
    whole = marked(text)

    told = "".join(piece.words for piece in pieces(whole, 20))

    assert "".join(told.split()) == "".join(whole.words.split())


@given(words)
def test_plain_undoes_html(text: str) -> None:
    whole = marked(text)

    assert plain(whole.html()) == whole.words
    assert html.unescape(whole.html()).replace("<b>", "").replace("</b>", "").count("*") <= text.count("*")


def test_joining_leaves_paragraphs_apart() -> None:
    assert joined(["a", "- b", "- c"]) == "a\n\n- b\n- c"
