"""Rows of the tables of errors: one request in the form of each transport, and what both must answer, word for word."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import grpc

from imagined.cli.server_process import ServerProcess

JSON = "application/json"
SCHEMA = "Failed to deserialize the JSON body into the target type: "


@dataclass(frozen=True)
class World:
    """A server, the key of a team, and ids of things that its rows speak of."""

    server: ServerProcess
    key: str
    known: Mapping[str, str] = field(default_factory=dict)

    def rest(self, request: "Rest") -> tuple[int, str, bytes]:
        """Status, content type and body of the answer."""
        headers = {"authorization": f"Bearer {self.key}", **request.headers}
        body = request.body
        if isinstance(body, str):
            body = body.format(**self.known).encode() if request.filled else body.encode()
        elif body is not None and not isinstance(body, bytes):
            body = json.dumps(_filled(body, self.known)).encode()
        if body is not None:
            headers.setdefault("content-type", JSON)
        sent = {name: value for name, value in headers.items() if value}
        url = self.server.target.url + request.path.format(**self.known)
        message = urllib.request.Request(url, body, sent, method=request.method)
        try:
            with urllib.request.urlopen(message, timeout=60) as answer:
                return answer.status, answer.headers.get("content-type", ""), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("content-type", ""), error.read()

    def rpc(self, call: "Rpc") -> tuple[str, str]:
        """Name of the status and words of a refused call."""
        metadata = call.metadata if call.metadata is not None else (("authorization", f"Bearer {self.key}"),)
        with grpc.insecure_channel(self.server.target.grpc) as channel:
            kinds = {"unary": channel.unary_unary, "upload": channel.stream_unary, "download": channel.unary_stream}
            method = kinds[call.kind](f"/xai_api.{call.method}", lambda message: message.SerializeToString(), bytes)
            message = call.message(self.known) if callable(call.message) else call.message
            try:
                answer = method(message, metadata=metadata, timeout=60)
                if call.kind == "download":
                    list(answer)
            except grpc.RpcError as error:
                return error.code().name, error.details()
        return "OK", ""


@dataclass(frozen=True, kw_only=True)
class Rest:
    """One HTTP request. `{name}` in paths and strings stands for a known id; a header with no value is not sent."""

    path: str
    body: Any = None
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    filled: bool = False


@dataclass(frozen=True, kw_only=True)
class Rpc:
    """One gRPC call."""

    method: str
    message: Any
    kind: str = "unary"
    metadata: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row. `error` is the sentence of both transports, unless `details` is another one for gRPC; of a body that
    is not flat JSON, `body` is all of it."""

    rest: Rest
    status: int
    code: str = "invalid-argument"
    error: str = ""
    body: bytes | None = None
    content_type: str = JSON
    rpc: Rpc | None = None
    grpc: str = "INVALID_ARGUMENT"
    details: str | None = None


def schema(rest: Rest, error: str, **rpc: Any) -> Row:
    """A body that is JSON and does not fit: 422 in plain text."""
    text = (SCHEMA + error).encode()
    return Row(rest=rest, status=422, body=text, content_type="text/plain; charset=utf-8", **rpc)


def check(world: World, row: Row) -> None:
    """Send a row both ways and compare."""
    expected = row.body
    if expected is None:
        sentence = row.error.format(**world.known)
        expected = json.dumps({"code": row.code, "error": sentence}, separators=(",", ":"), ensure_ascii=False).encode()
    answered, wanted = world.rest(row.rest), (row.status, row.content_type, expected)
    assert answered == wanted, f"REST answered {answered}, not {wanted}"
    if row.rpc is not None:
        words = row.error if row.details is None else row.details
        ended, right = world.rpc(row.rpc), (row.grpc, words.format(**world.known))
        assert ended == right, f"gRPC ended with {ended}, not {right}"


def post(path: str, body: Any) -> Rest:
    """A JSON request."""
    return Rest(path=path, body=body)


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format(**known)
    if isinstance(value, list):
        return [_filled(item, known) for item in value]
    if isinstance(value, dict):
        return {name: _filled(item, known) for name, item in value.items()}
    return value


Message = Callable[[Mapping[str, str]], Any]
