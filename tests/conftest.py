"""What all tests share: the knowledge and the context are loaded once."""

from __future__ import annotations

import pytest

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.dialogue.values import Context
from bot.wiring import context_of
from tests.naming import Naming, naming_of


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def ctx(knowledge: Knowledge) -> Context:
    return context_of(knowledge)


@pytest.fixture(scope="session")
def naming(knowledge: Knowledge) -> Naming:
    return naming_of(knowledge)
