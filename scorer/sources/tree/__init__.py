"""A folder of source code as the servers that it defines: nothing of it is run or imported."""

from __future__ import annotations
