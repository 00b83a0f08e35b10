"""A world of one seed: servers that are killed and frozen at random steps, clients, and what must hold meanwhile."""

import itertools
import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from imagined.contract.access import Caller
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.requests import ImageRequest, VideoRequest
from imagined.jobs import machine
from imagined.storage.database.receipts import unpacked
from tests.faults.simulation.loop import SimTime
from tests.faults.simulation.parts import Life, SimClock, SimRows

CALLERS = [Caller(team_id=f"team-{name}", key_id="key", name="sim", redacted_key="") for name in "ab"]
_STEPS = {(state, machine.step(state, event)) for state, event in machine.TRANSITIONS}
_LONGEST_S = 7_200.0
"""By then, without further faults, everything has ended: three attempts of two minutes each, a clock set back by one
minute, and leases."""


class BrokenPromiseError(AssertionError):
    """What the request machine promises did not hold in this world."""


class Report(msgspec.Struct):
    """What happened in a world."""

    kills: int = 0
    freezes: int = 0
    losses: int = 0
    states: Counter[str] = msgspec.field(default_factory=Counter)


class World:
    """Everything that follows from one seed. `run` raises `BrokenPromiseError`."""

    def __init__(self, seed: int, schema: sqlite3.Connection, folder: Path, kills: int = 12) -> None:
        self._dice = random.Random(seed)
        self._time = SimTime()
        self._clock = SimClock(self._time)
        self._rows = SimRows(schema)
        self._contents: dict[str, bytes] = {}
        self._folder = folder / str(seed)
        self._kills = kills
        self._told: dict[str, tuple[Caller, ImageRequest | VideoRequest]] = {}
        self._broken: list[str] = []
        self._loss = self._dice.choice((0.0, 0.1, 0.4))
        self._report = Report()
        # Two servers on one database, each the other's reaper; or one that comes back to its own folder.
        self._workers = ("left", "right") if self._dice.random() < 0.4 else ("local",)
        self._lives: dict[str, Life] = {}

    def run(self) -> Report:
        """Live through all faults, then without any until everything has ended; then look at what is there."""
        try:
            for worker in self._workers:
                self._begin(worker)
            while self._report.kills < self._kills:
                self._stretch()
            self._settle()
            self._examine()
        finally:
            for life in self._lives.values():
                life.loop.kill()
            self._rows.connection.close()
            shutil.rmtree(self._folder, ignore_errors=True)
        return self._report

    def _begin(self, worker: str) -> None:
        self._lives[worker] = Life(
            self._rows,
            self._contents,
            self._time,
            self._clock,
            self._dice,
            self._watch,
            self._folder,
            worker=worker,
            loss=self._loss,
            is_alone=len(self._workers) == 1,
        )

    def _stretch(self) -> None:
        """Some steps of life, and what ends them."""
        life = self._dice.choice(list(self._lives.values()))
        for _ in range(self._dice.choice((0, 0, 1, 1, 2))):
            life.spawn(self._submit(life))
        if self._told and self._dice.random() < 0.15:
            life.spawn(self._cancel(life, self._dice.choice(list(self._told))))
        life.database.busy = self._dice.choice((0.0, 0.0, 0.0, 0.1))
        for _ in range(self._dice.randint(0, 160)):
            self._step()
        life = self._lives[life.worker]
        match self._dice.random():
            case chance if chance < 0.2:
                # Stopped as by a debugger, for less or more than a lease of 30 s.
                life.frozen_until = self._time.now + self._dice.choice((1.0, 29.0, 31.0, 60.0, 100.0))
                self._report.freezes += 1
            case chance if chance < 0.3:
                self._clock.offset += self._dice.choice((-60.0, 45.0, 45.0, 600.0))
            case chance if chance < 0.42:
                # Stopped as an operator does, and killed somewhere on the way or after it.
                life.spawn(life.runner.stop())
                for _ in range(self._dice.randint(0, 80)):
                    self._step()
                self._kill(self._lives[life.worker])
            case _:
                self._kill(life)

    def _kill(self, life: Life) -> None:
        life.loop.kill()
        self._report.kills += 1
        self._report.losses += life.pool.lost
        self._begin(life.worker)

    def _step(self) -> None:
        """One step of a server that can take one; when none can, time passes."""
        awake = [life for life in self._lives.values() if life.frozen_until <= self._time.now]
        self._dice.shuffle(awake)
        for life in awake:
            if life.loop.step():
                if life.has_failed:
                    self._kill(life)
                return
        timers = [life.loop.next_timer() for life in awake]
        frozen = [life.frozen_until for life in self._lives.values() if life not in awake]
        self._time.now = max(self._time.now, min(time for time in (*timers, *frozen) if time is not None))

    def _settle(self) -> None:
        for life in self._lives.values():
            life.database.busy = life.pool.loss = 0.0
        end = self._time.now + _LONGEST_S
        quiet_since = self._time.now
        # Half a minute longer: what is on its way when nothing is pending, and one more sweep.
        while self._time.now < min(end, quiet_since + 30.0):
            self._step()
            if self._pending():
                quiet_since = self._time.now

    def _pending(self) -> bool:
        found = self._rows.all("SELECT count(*) AS n FROM requests WHERE state IN ('queued', 'running')")
        return bool(found[0]["n"])

    async def _submit(self, life: Life) -> None:
        caller, chance = self._dice.choice(CALLERS), self._dice.random()
        storage = StorageOptions(filename="kept.jpg") if chance < 0.5 else None
        try:
            if chance < 0.7:
                request: ImageRequest | VideoRequest = ImageRequest(
                    prompt="draw", n=self._dice.choice((1, 3)), storage=storage
                )
                request_id = await life.service.start_image(caller, request)  # type: ignore[arg-type]
            else:
                request = VideoRequest(operation="generate_video", prompt="draw", duration=2)
                request_id = await life.service.start_video(caller, request)
        except ApiError:
            # Refused: nothing was promised.
            return
        self._told[request_id] = (caller, request)
        await life.service.wait(caller, request_id)

    async def _cancel(self, life: Life, request_id: str) -> None:
        await life.service.cancel(self._told[request_id][0], request_id)

    def _watch(self, worker: str, change: tuple[Any, ...]) -> None:
        """A committed change of a request: is it a step of the machine, made by whom it belongs to?"""
        name, old, new, attempt, next_attempt, holder, _, same_items, same_end = change
        what = f"{name}: {old} {attempt} -> {new} {next_attempt}, held by {holder}, by {worker}"
        if old == new:
            if attempt != next_attempt or (old in machine.TERMINAL and not (same_items and same_end)):
                self._broken.append(f"changed without a step: {what}")
            return
        if (old, new) not in _STEPS:
            self._broken.append(f"no step of the machine: {what}")
        gained = {("queued", "running"): (1,), ("running", "queued"): (0, -1)}.get((old, new), (0,))
        if next_attempt - attempt not in gained:
            self._broken.append(f"attempts miscounted: {what}")
        if new == "done" and not str(holder).startswith(f"{worker}:"):
            self._broken.append(f"finished by somebody else: {what}")

    def _examine(self) -> None:
        rows = {row["id"]: row for row in self._rows.all("SELECT * FROM requests")}
        outputs: dict[str, list[dict[str, Any]]] = {name: [] for name in rows}
        for row in self._rows.all(_OUTPUTS):
            outputs[row["request_id"]].append(row)
        self._broken += [f"told and not there: {name}" for name in self._told if name not in rows]
        for name, row in rows.items():
            self._report.states[row["state"]] += 1
            self._broken += [f"{name}: {problem}" for problem in _problems(row, outputs[name])]
        files = self._rows.all("SELECT sha256 FROM files")
        self._count_files(rows, files)
        named = {row["sha256"] for row in itertools.chain(files, *outputs.values())}
        if named - set(self._contents):
            self._broken.append("rows name bytes that are gone")
        if len(self._workers) == 1 and set(self._contents) - named:
            self._broken.append("orphans after a sweep")
        if self._broken:
            raise BrokenPromiseError("; ".join(self._broken[:5]))

    def _count_files(self, rows: dict[str, dict[str, Any]], files: list[dict[str, Any]]) -> None:
        """Files and usage are written once a result, like the result itself."""
        done = [row for row in rows.values() if row["state"] == "done"]
        asked = [msgspec.json.decode(row["payload"], type=ImageRequest | VideoRequest) for row in done]
        stored = sum(request.n or 1 for request in asked if isinstance(request, ImageRequest) and request.storage)
        if len(files) != stored:
            self._broken.append(f"{len(files)} files of {stored}")
        billed = self._rows.all("SELECT total(requests) AS requests, total(cost_in_usd_ticks) AS cost FROM usage")[0]
        if (billed["requests"], billed["cost"]) != (len(done), sum(row["cost_in_usd_ticks"] for row in done)):
            self._broken.append(f"{billed} billed for {len(done)} requests")


_OUTPUTS = (
    "SELECT o.*, r.body AS receipt FROM outputs o LEFT JOIN receipts r USING (request_id, position) ORDER BY o.position"
)
"""Outputs with their receipts: a second receipt of one would show as a second output."""


def _problems(row: dict[str, Any], outputs: list[dict[str, Any]]) -> list[str]:
    found = []
    if row["state"] not in machine.TERMINAL:
        found.append(f"still {row['state']}")
    if row["attempt"] > row["max_attempts"]:
        found.append(f"{row['attempt']} attempts")
    if row["state"] == "failed" and not row["error_message"]:
        found.append("failed without a reason")
    if row["state"] != "done":
        return [*found, "has outputs"] if outputs else found
    request = msgspec.json.decode(row["payload"], type=ImageRequest | VideoRequest)
    wanted = request.n or 1 if isinstance(request, ImageRequest) else 1
    if [output["position"] for output in outputs] != list(range(wanted)):
        found.append(f"{len(outputs)} outputs of {wanted}")
    attempts = {msgspec.json.decode(unpacked(output["receipt"]))["attempt"] for output in outputs}
    if attempts != {row["attempt"]}:
        found.append(f"outputs of attempts {attempts} in attempt {row['attempt']}")
    return found
