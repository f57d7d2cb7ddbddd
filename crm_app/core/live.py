"""Pokes between screens: the database is the truth, a topic only says "read again"."""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from crm_app.core.config import settings

log = logging.getLogger(__name__)
ME = uuid.uuid4().hex
CHANNEL = "commonplace.live"

_listeners: list[Callable[[set[str]], None]] = []


def subscribe(listener: Callable[[set[str]], None]) -> None:
    """Be told the topics of every commit, of this process and, with Redis, of the others."""
    _listeners.append(listener)


def tell(topics: Iterable[str]) -> None:
    said = set(topics)
    _spread(said)
    if settings().redis_url:
        _redis().publish(CHANNEL, json.dumps({"from": ME, "topics": sorted(said)}))


def _spread(topics: set[str]) -> None:
    for listener in list(_listeners):
        listener(topics)


@lru_cache
def _redis() -> Any:
    import redis

    return redis.Redis.from_url(settings().redis_url)


def follow() -> None:
    """Listen to the other processes, in a thread, for as long as this one lives."""
    if settings().redis_url:
        threading.Thread(target=_follow, name="live", daemon=True).start()


def _follow() -> None:
    pubsub = _redis().pubsub(ignore_subscribe_messages=True)
    pubsub.subscribe(CHANNEL)
    for message in pubsub.listen():
        said = json.loads(message["data"])
        if said["from"] != ME:
            _spread(set(said["topics"]))
