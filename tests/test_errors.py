"""The catalogue of errors and the code that raises them know the same codes."""

import re
from pathlib import Path

import pytest

import scorer
import training
from scorer.errors import CATALOGUE, CorroborateError

RAISED = re.compile(r'(?:CorroborateError|problem)\(\s*"(\w+)"')


def test_every_code_that_is_raised_is_in_the_catalogue_and_none_is_left_over() -> None:
    raised: set[str] = set()
    for package in (scorer, training):
        for file in Path(str(package.__file__)).parent.rglob("*.py"):
            raised |= set(RAISED.findall(file.read_text("utf-8")))
    assert raised == set(CATALOGUE)


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        CorroborateError("no_such_code")
