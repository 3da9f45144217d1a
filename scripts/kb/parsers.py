"""Which parser reads YAML: the one in C, where it was built. It takes a tenth of the other's time, and every
command begins with reading what lies in this package.

In: text. Out: `own`, what a YAML file of this package says; `SAFE`, the parser for others; `TRUSTING`, for
the configuration, which may name functions. Refuses what is no YAML, as a YAMLError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml import SafeLoader as SAFE
    from yaml import UnsafeLoader as TRUSTING
else:
    SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    TRUSTING = getattr(yaml, "CUnsafeLoader", yaml.UnsafeLoader)


__all__ = ["SAFE", "TRUSTING", "own"]


def own(text: str) -> Any:
    """Nobody but the program writes it, so that no line of it is ever to be named."""
    return yaml.load(text, SAFE)
