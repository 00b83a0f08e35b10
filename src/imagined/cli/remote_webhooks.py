"""The webhooks of a server, as `imagined webhooks` calls them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from imagined.cli.remote_api import RemoteApi, id_path

PAGE: Final = 100
"""The most entries that one call lists."""


class RemoteWebhooks(RemoteApi):
    """A client of one server's webhooks."""

    root = "x"
    spoken = "an imagined server"

    def list(self) -> Iterator[dict[str, Any]]:
        """Webhooks, fetched page by page as they are taken."""
        return self._pages("webhooks", None)

    def create(
        self, url: str, *, request_id: str | None, events: Sequence[str], description: str | None
    ) -> dict[str, Any]:
        """A new webhook, with its secret."""
        asked: dict[str, Any] = {"url": url, "request_id": request_id, "description": description}
        asked |= {"events": [*events]} if events else {}
        return self.json("POST", "webhooks", json={name: value for name, value in asked.items() if value is not None})

    def delete(self, webhook_id: str) -> None:
        """End a webhook."""
        self.json("DELETE", _path(webhook_id))

    def act(self, webhook_id: str, action: str) -> dict[str, Any]:
        """`rotate`, `enable` or `test`."""
        return self.json("POST", f"{_path(webhook_id)}:{action}")

    def log(self, webhook_id: str, limit: int | None) -> Iterator[dict[str, Any]]:
        """Deliveries, at most `limit` of them, the newest first."""
        return self._pages(f"{_path(webhook_id)}/deliveries", limit)

    def resend(self, delivery_id: str) -> dict[str, Any]:
        """Send a delivery again."""
        return self.json("POST", f"{id_path('webhooks/deliveries', delivery_id, 'delivery')}:resend")

    def _pages(self, path: str, limit: int | None) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {}
        left = limit
        while left is None or left > 0:
            asked["limit"] = PAGE if left is None else min(PAGE, left)
            page = self.json("GET", path, params=asked)
            entries = page.get("data") or []
            yield from entries
            token = page.get("pagination_token")
            if not entries or not token:
                return
            asked["pagination_token"] = token
            left = None if left is None else left - len(entries)


def _path(webhook_id: str) -> str:
    return id_path("webhooks", webhook_id, "webhook")
