"""`imagined webhooks`: where a server tells the ends of requests, and what became of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imagined.cli.remote_errors import printable
from imagined.cli.targets import find_target
from imagined.cli.terminal import AsJson, Key, Url, api_key, encoded, explained, say, shown_time

if TYPE_CHECKING:
    # An HTTP client takes a quarter of a second to import; only commands that talk need it.
    from imagined.cli.remote_webhooks import RemoteWebhooks

app = typer.Typer(help="Tell other programs when requests end.", no_args_is_help=True)

WebhookId = Annotated[str, typer.Argument(help="A webhook's id, wh_...", metavar="WEBHOOK_ID")]
WebhookIds = Annotated[list[str], typer.Argument(help="Webhooks' ids, wh_...", metavar="WEBHOOK_ID...")]
DeliveryIds = Annotated[list[str], typer.Argument(help="Deliveries' ids, whd_...", metavar="DELIVERY_ID...")]


@app.command(name="list")
def list_webhooks(json: AsJson = False, url: Url = None, key: Key = None) -> None:
    """List webhooks, the newest first."""
    with _remote(url, key) as remote, explained():
        if json:
            _print_each(remote.list())
            return
        _print_table(
            ("id", "state", "scope", "events", "URL", "description"),
            (
                (
                    webhook["id"],
                    "disabled" if webhook.get("disabled_at") else "enabled",
                    webhook.get("request_id") or "key",
                    " ".join(webhook["events"]),
                    webhook["url"],
                    webhook["description"] or "-",
                )
                for webhook in remote.list()
            ),
        )


@app.command()
def add(
    endpoint: Annotated[str, typer.Argument(help="Where to send events.", metavar="ENDPOINT_URL")],
    request: Annotated[
        str | None, typer.Option(help="The id of one request; without it, every request of the key from now on.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option(help="request.done, request.failed or request.cancelled; all without it.")
    ] = None,
    description: Annotated[str | None, typer.Option(help="A line of your own.")] = None,
    json: AsJson = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Create a webhook and print its id and, this once, its secret."""
    with _remote(url, key) as remote, explained():
        made = remote.create(endpoint, request_id=request, events=event or (), description=description)
    _print_secret(made, json=json)


@app.command()
def rm(webhook_ids: WebhookIds, url: Url = None, key: Key = None) -> None:
    """Delete webhooks and their logs, and print the ids of those that went."""

    def delete(remote: "RemoteWebhooks", webhook_id: str) -> str:
        remote.delete(webhook_id)
        return webhook_id

    _for_each(webhook_ids, url, key, delete)


@app.command()
def rotate(webhook_id: WebhookId, json: AsJson = False, url: Url = None, key: Key = None) -> None:
    """Change a webhook's secret and print the new one; for a day the old one signs as well."""
    with _remote(url, key) as remote, explained():
        made = remote.act(webhook_id, "rotate")
    _print_secret(made, json=json)


@app.command()
def enable(webhook_ids: WebhookIds, url: Url = None, key: Key = None) -> None:
    """Let disabled webhooks be told again, and print their ids."""
    _for_each(webhook_ids, url, key, lambda remote, webhook_id: str(remote.act(webhook_id, "enable")["id"]))


@app.command()
def test(webhook_id: WebhookId, url: Url = None, key: Key = None) -> None:
    """Send a test event, and print the id of its delivery."""
    with _remote(url, key) as remote, explained():
        delivery = remote.act(webhook_id, "test")
    typer.echo(printable(str(delivery["id"])))


@app.command()
def log(
    webhook_id: WebhookId,
    limit: Annotated[int, typer.Option(min=1, help="How many deliveries at most.")] = 100,
    every: Annotated[bool, typer.Option("--all", help="Every delivery, however many there are.")] = False,
    json: AsJson = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """List what was sent to a webhook, the newest first, and what became of it."""
    with _remote(url, key) as remote, explained():
        deliveries = remote.log(webhook_id, None if every else limit)
        if json:
            _print_each(deliveries)
            return
        _print_table(
            ("id", "event", "state", "attempts", "last status", "made", "next attempt", "last error"),
            (
                (
                    delivery["id"],
                    delivery["type"],
                    delivery["state"],
                    delivery["attempts"],
                    delivery.get("last_status", "-"),
                    shown_time(delivery["created_at"]),
                    shown_time(delivery.get("next_attempt_at")),
                    delivery.get("last_error", "-"),
                )
                for delivery in deliveries
            ),
        )


@app.command()
def resend(delivery_ids: DeliveryIds, url: Url = None, key: Key = None) -> None:
    """Send deliveries again, now, and print their ids."""
    _for_each(delivery_ids, url, key, lambda remote, delivery_id: str(remote.resend(delivery_id)["id"]))


def _remote(url: str | None, key: str | None) -> "RemoteWebhooks":
    from imagined.cli.remote_webhooks import RemoteWebhooks

    with explained():
        return RemoteWebhooks(find_target(url).url, api_key(key))


def _for_each(
    names: Iterable[str], url: str | None, key: str | None, work: Callable[["RemoteWebhooks", str], str]
) -> None:
    """One after the other, the rest also when one fails; status 1 when any did."""
    failed = False
    with _remote(url, key) as remote:
        for name in names:
            try:
                with explained():
                    typer.echo(printable(work(remote, name)))
            except typer.Exit:
                failed = True
    raise typer.Exit(1 if failed else 0)


def _print_secret(webhook: dict[str, Any], *, json: bool) -> None:
    if json:
        typer.echo(encoded(webhook))
        return
    typer.echo(printable(str(webhook["id"])))
    typer.echo(printable(str(webhook["secret"])))
    say("The second line is the secret. It is not shown again.")


def _print_each(entries: Iterable[dict[str, Any]]) -> None:
    for entry in entries:
        typer.echo(encoded(entry))


def _print_table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        # `Text`, or square brackets in a description would be read as colours.
        table.add_row(*(Text(printable(str(cell))) for cell in row))
    # A pipe has no width of its own; rows must not be folded for it.
    Console(width=None if Console().is_terminal else 1000).print(table)
