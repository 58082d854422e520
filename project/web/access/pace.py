"""How often somebody came within a minute, counted in the memory of one process."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

MINUTE = 60.0


@dataclass(slots=True)
class Minute:
    """The minute that began when somebody came, and how often he came in it."""

    began: float
    times: int = 0


class Pace:
    """Counts who comes; a minute begins with the first time, and is forgotten when it is over.

    The clock only runs forward, whatever is done to that on the wall.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = Lock()
        self.minutes: dict[Hashable, Minute] = {}
        self.swept = clock()

    def wait(self, who: Hashable, *, most: int) -> int:
        """Count one more time, and return how many seconds he has to wait who came more often; 0 for all others."""
        with self.lock:
            now = self.clock()
            self._sweep(now)
            minute = self.minutes.get(who)
            if minute is None or now - minute.began >= MINUTE:
                minute = self.minutes[who] = Minute(now)
            minute.times += 1
            return 0 if minute.times <= most else math.ceil(minute.began + MINUTE - now)

    def _sweep(self, now: float) -> None:
        """Forget once a minute whose minute is over, so that strangers do not fill the memory."""
        if now - self.swept >= MINUTE:
            self.minutes = {who: minute for who, minute in self.minutes.items() if now - minute.began < MINUTE}
            self.swept = now
