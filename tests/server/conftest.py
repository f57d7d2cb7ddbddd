"""Bare clients against the running server: what a stranger with a socket can try."""

import asyncio
import json
import uuid
from typing import Any

import socketio


class Raw:
    """A socket without a browser."""

    def __init__(self, url: str, token: str = ""):
        self.url, self.token = url, token or str(uuid.uuid4())
        self.client = socketio.AsyncClient(reconnection=False)
        self.heard: list[Any] = []
        self.client.on("event", self._hear, namespace="/_event")

    async def _hear(self, data: Any) -> None:
        self.heard.append(json.loads(data) if isinstance(data, str) else data)

    async def connect(self, cookie: str = "", origin: str = "") -> "Raw":
        headers = {"Origin": origin or self.url}
        if cookie:
            headers["Cookie"] = f"crm_session={cookie}"
        await self.client.connect(
            f"{self.url}/?token={self.token}",
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
            headers=headers,
        )
        return self

    async def call(self, name: str, payload: dict[str, Any] | None = None, router: dict[str, Any] | None = None):
        await self.client.emit(
            "event",
            {
                "name": name,
                "payload": payload or {},
                "router_data": router or {"pathname": "/", "query": {}, "asPath": "/"},
            },
            namespace="/_event",
        )

    async def answers(self, quiet: float = 1.0) -> list[Any]:
        """Everything said until it has been quiet for a while."""
        count = -1
        while count != len(self.heard):
            count = len(self.heard)
            await asyncio.sleep(quiet)
        return self.heard

    async def close(self) -> None:
        await self.client.disconnect()
