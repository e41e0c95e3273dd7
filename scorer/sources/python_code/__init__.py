"""Tool definitions in Python source, read from its syntax tree."""

from __future__ import annotations
