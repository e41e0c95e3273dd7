"""Whole outputs, compared with the files in `golden/`."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scorer.errors import UsageError
from scorer.outputs import FORMATS, render

ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
ENDINGS |= {"sarif": "sarif", "github": "github.txt", "junit": "xml", "gitlab": "gitlab.json"}


def without_style(page: str) -> str:
    return re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)


@pytest.mark.parametrize("name", FORMATS)
def test_sample_report(name, sample, golden):
    golden(f"report.{ENDINGS[name]}", without_style(render(sample.report(), name)))


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_several_servers(name, sample, golden):
    golden(f"several.{ENDINGS[name]}", render(sample.several(), name))


def test_one_tool_shown(sample, golden):
    golden("shown.txt", render(replace(sample.report(), shown=("process",)), "text"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_every_report(name, rendered):
    text = rendered(name)
    assert text.endswith("\n")
    assert "None" not in text
    assert text == rendered(name)


def test_unknown_format_names_the_nearest(sample):
    with pytest.raises(UsageError) as caught:
        render(sample.report(), "markdwon")
    assert caught.value.tip == "Did you mean markdown?"
