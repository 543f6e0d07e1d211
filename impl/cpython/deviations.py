"""Rules that CPython is known to break, in the form that `describe` answers them."""

from __future__ import annotations

from typing import List

DEVIATIONS: List[dict] = []
