"""Tool definitions in TypeScript and JavaScript, source or compiled, read from their syntax tree."""

from __future__ import annotations
