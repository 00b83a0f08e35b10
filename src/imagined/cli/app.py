"""Wiring: the one place that knows every part of a running server."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from imagined.access.idempotency import IdempotencySettings, IdempotentCalls
from imagined.access.proxies import TrustedProxies
from imagined.access.service import KeyAuthenticator, Mode
from imagined.access.spool import KeySpool
from imagined.cli import logs
from imagined.cli.late_fetcher import LateFetcher
from imagined.contract.environment import Clock, Ids
from imagined.delivery.routes import content_responder, delivery_routes
from imagined.engines.cards import builtin_cards
from imagined.engines.process import ProcessSettings
from imagined.engines.registry import EngineRegistry
from imagined.engines.supervisor import ProcessPool
from imagined.files.service import FilesService
from imagined.files.sweeper import Sweeper
from imagined.grpc_api.server import build_grpc_server
from imagined.grpc_api.servicers import GrpcServices
from imagined.imagine.attempts import AttemptSettings
from imagined.imagine.batch_admission import Admission
from imagined.imagine.batch_keeper import BatchKeeper
from imagined.imagine.batches import BatchRates, BatchService
from imagined.imagine.catalogue import Catalogue
from imagined.imagine.following import Follower
from imagined.imagine.inputs import InputLimits, InputResolver
from imagined.imagine.lineage import LineageService
from imagined.imagine.own_urls import OwnUrls
from imagined.imagine.pricing import FREE, PUBLISHED
from imagined.imagine.publishing import Publisher
from imagined.imagine.replay import ReplayService
from imagined.imagine.runner import Runner, RunnerSettings
from imagined.imagine.service import ImagineService
from imagined.imagine.uploads import Uploader
from imagined.imagine.usage import UsageService
from imagined.jobs.events import RequestEvents
from imagined.jobs.gauge import QueueLimits
from imagined.rest_api.app import build_rest_app
from imagined.rest_api.batch_messages import parse_line
from imagined.rest_api.services import RestLimits, RestServices
from imagined.rest_api.webhook_messages import payload
from imagined.settings import Settings
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.batches import SqlBatchStore
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.idempotency import SqlIdempotencyStore
from imagined.storage.database.keys import SqlKeyStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.outbox import SqlOutbox
from imagined.storage.database.receipts import SqlReceiptStore
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.usage import SqlUsageStore
from imagined.storage.database.webhooks import SqlWebhookStore
from imagined.system import SystemClock, SystemIds
from imagined.webhooks.deliverer import Deliverer
from imagined.webhooks.service import WebhookService
from imagined.webhooks.signing import KEY_FILE, Secrets

DATABASE_FILE = "imagined.db"
WORKER = "local"
"""The only worker of a data folder. A fixed name, so that a new server knows its predecessor's claims as its own."""

_CALLS_END_S = 2.0
"""How long calls may go on once nothing runs any more: enough to say what has ended, and to end an upload."""


class Application:
    """Every part of one server on one data folder, whose lock the caller holds. Build it on the running loop."""

    def __init__(
        self,
        settings: Settings,
        mode: Mode,
        public_base_url: str,
        own_addresses: tuple[str, ...] = (),
        clock: Clock | None = None,
        ids: Ids | None = None,
    ) -> None:
        self.is_ready = False
        """Whether new requests are taken."""
        self._settings = settings
        data_dir = Path(settings.server.data_dir)
        self._data_dir = data_dir
        clock, ids = clock or SystemClock(), ids or SystemIds()
        migrate(data_dir / DATABASE_FILE)
        self._database = SqliteDatabase(data_dir / DATABASE_FILE)
        file_store = SqlFileStore(self._database)
        self._requests = SqlRequestStore(self._database)
        self._usage = UsageService(SqlUsageStore(self._database), clock)
        self._blobs = LocalBlobs(data_dir / "blobs")
        self._authenticator = KeyAuthenticator(SqlKeyStore(self._database), mode, KeySpool(data_dir))
        self._files = FilesService(
            file_store,
            self._blobs,
            clock,
            ids,
            public_base_url,
            public_urls_per_team=settings.limits.public_urls_per_team,
        )
        self._calls = IdempotentCalls(
            SqlIdempotencyStore(self._database),
            clock,
            ids,
            owner=WORKER,
            settings=IdempotencySettings(
                keep_s=settings.jobs.idempotency_seconds,
                lease_s=settings.jobs.lease_seconds,
                heartbeat_s=settings.jobs.heartbeat_seconds,
            ),
        )
        self._proxies = TrustedProxies(settings.server.trusted_proxies)
        self._clock = clock
        receipts = SqlReceiptStore(self._database)
        self._sweeper = Sweeper(SqlReferences(self._database), self._blobs, clock, receipts)
        self._sweeping: asyncio.Task[None] | None = None
        self._fetcher = LateFetcher(allow_private_networks=settings.network.allow_private_networks)
        self._prices = PUBLISHED if settings.pricing.table == "published" else FREE
        self._catalogue = Catalogue(
            builtin_cards(),
            default_image_model=settings.models.default_image,
            default_video_model=settings.models.default_video,
        )
        events = self._events = RequestEvents()
        inputs = InputResolver(
            self._files,
            self._blobs,
            self._requests,
            self._fetcher,
            OwnUrls(public_base_url, *own_addresses),
            clock,
            InputLimits(
                fetched_image_bytes=settings.limits.fetched_image_bytes,
                fetched_video_bytes=settings.limits.fetched_video_bytes,
            ),
        )
        self._imagine = ImagineService(
            self._requests,
            self._catalogue,
            inputs,
            events,
            clock,
            ids,
            public_base_url,
            max_attempts=settings.jobs.max_attempts,
            queue=QueueLimits(per_team=settings.limits.queued_per_team, per_engine=settings.limits.queued_per_engine),
        )
        self._lineage = LineageService(self._files, receipts, clock)
        self._replays = ReplayService(self._imagine, self._lineage, receipts, self._catalogue, clock, public_base_url)
        admission = Admission(self._catalogue, clock, ids, max_attempts=settings.jobs.max_attempts)
        batch_store = SqlBatchStore(self._database)
        rates = BatchRates(
            creations_per_second=settings.limits.batch_creations_per_second,
            additions_per_30_seconds=settings.limits.batch_additions_per_30_seconds,
        )
        self._batches = BatchService(
            batch_store, admission, self._files, events, clock, ids, public_base_url, rates=rates
        )
        self._keeper = BatchKeeper(
            batch_store, admission, self._blobs, parse_line, events, clock, self._batches.file_added
        )
        self._pool = ProcessPool(
            EngineRegistry(),
            ProcessSettings(
                silence_s=settings.engines.silence_seconds,
                task_s=settings.engines.task_seconds,
                memory_bytes=settings.engines.memory_bytes,
                workdir_bytes=settings.engines.workdir_bytes,
                owner=hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16],
            ),
            settings.engines.processes,
        )
        self._runner = Runner(
            self._requests,
            self._pool,
            inputs,
            Publisher(
                self._files,
                self._blobs,
                clock,
                ids,
                self._prices,
                retention_s=settings.retention.ephemeral_seconds,
                catalogue=self._catalogue,
            ),
            Uploader(self._fetcher, self._blobs),
            events,
            clock,
            work_dir=data_dir / "work",
            worker=WORKER,
            settings=RunnerSettings(
                running_per_team=settings.limits.running_per_team,
                drain_s=settings.server.drain_seconds,
                upload_url_s=settings.retention.ephemeral_seconds,
                attempt=AttemptSettings(
                    lease_s=settings.jobs.lease_seconds, heartbeat_s=settings.jobs.heartbeat_seconds
                ),
            ),
        )
        secrets = Secrets(data_dir / KEY_FILE)
        # Connections of its own: receivers that hang must not keep inputs from being fetched.
        self._poster = LateFetcher(allow_private_networks=settings.network.allow_private_networks)
        self._deliverer = Deliverer(
            SqlOutbox(self._database),
            self._requests,
            self._poster,
            secrets,
            payload,
            public_base_url,
            clock,
            ids,
            worker=WORKER,
        )
        self._webhooks = WebhookService(
            SqlWebhookStore(self._database),
            secrets,
            clock,
            ids,
            per_key=settings.limits.webhooks_per_key,
            allow_private_networks=settings.network.allow_private_networks,
            wake=self._deliverer.wake,
        )

    def grpc_server(self) -> Any:
        """A `grpc.aio.Server`, not started and without a port."""
        services = GrpcServices(
            imagine=self._imagine,
            batches=self._batches,
            files=self._files,
            blobs=self._blobs,
            catalogue=self._catalogue,
            prices=self._prices,
            upload_bytes=self._settings.limits.grpc_upload_bytes,
        )
        return build_grpc_server(services, self._authenticator, self._calls, self._proxies)

    def http_app(self) -> Starlette:
        """The HTTP application: REST, public and ephemeral URLs."""
        accel = self._settings.delivery.accel_redirect_prefix
        services = RestServices(
            imagine=self._imagine,
            batches=self._batches,
            files=self._files,
            blobs=self._blobs,
            catalogue=self._catalogue,
            follower=Follower(self._imagine, self._events),
            usage=self._usage,
            webhooks=self._webhooks,
            lineage=self._lineage,
            replays=self._replays,
            authenticator=self._authenticator,
            calls=self._calls,
            is_ready=lambda: self.is_ready,
            respond_with_file=content_responder(self._blobs, accel_prefix=accel),
            prices=self._prices,
            limits=RestLimits(
                json_body_bytes=self._settings.limits.json_body_bytes,
                upload_bytes=self._settings.limits.rest_upload_bytes,
                jsonl_upload_bytes=self._settings.limits.jsonl_upload_bytes,
            ),
            proxies=self._proxies,
            wrong_key_status=self._settings.errors.wrong_key_status,
        )
        routes = delivery_routes(self._files, self._requests, self._blobs, self._clock, accel_prefix=accel)
        return build_rest_app(services, routes, access_log=logs.access_log(self._settings.log))

    async def start(self) -> None:
        """Take over what an earlier server left, start to run requests, and warm an engine up beside it."""
        await self._authenticator.refresh()
        await self._calls.start()
        await self._pool.start()
        await self._runner.start()
        await self._keeper.start()
        await self._deliverer.start()
        self._sweeping = asyncio.create_task(self._sweeper.run(self._settings.retention.sweep_seconds))

    async def drain(self) -> None:
        """Take nothing new; running requests finish or go back to the queue."""
        self._imagine.drain()
        self._batches.drain()
        await self._keeper.stop()
        await self._runner.stop()
        await self._pool.stop()
        # Who still waits is told to come back: what went back to the queue runs on at the next server.
        self._events.close()
        await self._calls.stop(_CALLS_END_S)
        await self._deliverer.stop()

    async def close(self) -> None:
        """Close what is open, after `drain`."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        await self._calls.stop()
        await self._fetcher.close()
        await self._poster.close()
        await self._database.close()
