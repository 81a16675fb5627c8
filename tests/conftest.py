"""What all tests share: the knowledge and the context are loaded once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.dialogue.values import Context
from bot.wiring import context_of
from tests.fakes import PlainAlarms
from tests.naming import Naming, naming_of
from tests.towns import FewTowns


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def ctx(knowledge: Knowledge) -> Context:
    real = context_of(knowledge)
    return replace(real, places=FewTowns(), understanding={code: PlainAlarms(each) for code, each in real.understanding.items()})


@pytest.fixture(scope="session")
def naming(knowledge: Knowledge) -> Naming:
    return naming_of(knowledge)
