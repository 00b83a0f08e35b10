"""What the REST routes are built from, and what one call carries."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from imagined.access.idempotency import IdempotentCalls
from imagined.access.proxies import TrustedProxies
from imagined.access.service import Authenticator
from imagined.contract.access import Caller
from imagined.contract.files import StoredFile
from imagined.files.ports import BlobStore
from imagined.files.service import FilesService
from imagined.imagine.batches import BatchService
from imagined.imagine.following import Follower
from imagined.imagine.lineage import LineageService
from imagined.imagine.ports import ModelCatalogue
from imagined.imagine.pricing import FREE, PriceTable
from imagined.imagine.replay import ReplayService
from imagined.imagine.service import ImagineService
from imagined.imagine.usage import UsageService
from imagined.webhooks.service import WebhookService

FileResponder = Callable[[Request, StoredFile], Response]
"""Makes the answer that carries a file's bytes."""


@dataclass(frozen=True, kw_only=True)
class RestLimits:
    """How much a client may send, in bytes."""

    json_body_bytes: int = 64 * 1024 * 1024
    upload_bytes: int = 50 * 1024 * 1024
    jsonl_upload_bytes: int = 200 * 1000 * 1000

    @property
    def any_upload_bytes(self) -> int:
        """The largest of any file."""
        return max(self.upload_bytes, self.jsonl_upload_bytes)


@dataclass(frozen=True, kw_only=True)
class RestServices:
    """The services behind the routes, and what a deployment may choose."""

    imagine: ImagineService
    batches: BatchService
    files: FilesService
    blobs: BlobStore
    catalogue: ModelCatalogue
    follower: Follower
    usage: UsageService
    webhooks: WebhookService
    lineage: LineageService
    replays: ReplayService
    authenticator: Authenticator
    calls: IdempotentCalls
    is_ready: Callable[[], bool]
    """False while the server starts or drains."""
    respond_with_file: FileResponder
    prices: PriceTable = FREE
    limits: RestLimits = RestLimits()
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    """Whose word on the client's address goes into the log."""
    wrong_key_status: int = 400
    """400 is what the hosted service sends for a wrong key, 401 what its documentation says."""


@dataclass(frozen=True)
class Call:
    """One authenticated HTTP request."""

    http: Request
    caller: Caller
    services: RestServices
    call_id: str = ""
    """Names a call that is run once, because its client gave it a key; empty for most."""
    is_retry: bool = False
    """Such a call ran before: it was cut short, or its answer was not kept."""
    is_replay: bool = False
    """It was run to its end before: its answer is made once more, and nothing else."""

    @property
    def team_id(self) -> str:
        """Whose objects this call sees."""
        return self.caller.team_id


Handler = Callable[[Call], Awaitable[Response]]
