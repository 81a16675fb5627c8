"""Whole dialogues over real HTTP."""

from __future__ import annotations

from tests.telegram.conftest import Begin

ANN, BEN = 11, 12


async def test_from_a_complaint_to_a_routine(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await chat.say(ANN, "/start")
        first = await chat.expect(ANN, "acupressure")
        assert first.labels
        print(first)
