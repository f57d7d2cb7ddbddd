"""A limit on how often a stranger may do something, by their address; in memory, per process."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from crm_app.core.errors import CrmError


class TooMany(CrmError):
    message = "Too many tries from here just now."
    hint = "Please wait a minute and try again."


@dataclass
class Limit:
    """A bucket for each address: `burst` at once, `per_minute` in the long run."""

    burst: float
    per_minute: float
    most: int = 20_000
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, address: str) -> None:
        now = time.monotonic()
        with self._lock:
            level, last = self._buckets.get(address, (self.burst, now))
            level = min(self.burst, level + (now - last) * self.per_minute / 60)
            self._buckets[address] = (level - 1 if level >= 1 else level, now)
            self._buckets.move_to_end(address)
            if len(self._buckets) > self.most:
                self._buckets.popitem(last=False)
        if level < 1:
            raise TooMany
