"""What must hold before a step of a meeting may be taken; every refusal says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from proposals.act import Act
from proposals.reasons import Reason

if TYPE_CHECKING:
    from proposals.models import Meeting

GUARDS: Mapping[str, tuple[Callable[[Meeting, Act], Iterable[Reason]], ...]] = {}
