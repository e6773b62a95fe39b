"""When a second look at a signed audit is due: the `moderation` of a `framework.yaml`, so that an
authority reads, and an edition may change, what its panel looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from goldthread.core.framework.scale import BandId
from goldthread.core.frozen import Content

Gate = Literal["critical", "major"]
Purpose = Literal["sample", "thematic", "risk-led", "draft"]


class DoubleRule(Content):
    """When two blind audits of one document differ so much that a panel looks at both."""

    gates: tuple[Gate, ...] = ()
    """A question of these gates is answered otherwise."""
    apart: int = Field(ge=1, le=3)
    """A question's two answers are so many steps apart, or more."""
    band: bool
    compliance: bool


class ModerationRule(Content):
    """What is moderated of itself, without anybody asking."""

    source: str
    purposes: tuple[Purpose, ...]
    """Audits that came about so; any other only when somebody asks."""
    gates: Mapping[Gate, int] = Field(default_factory=dict)
    """A gate answered so low, or lower."""
    bands: tuple[BandId, ...] = ()
    """A band after caps."""
    double: DoubleRule
