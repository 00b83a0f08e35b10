"""The call that is being served, for whoever serves it."""

from contextvars import ContextVar
from dataclasses import dataclass

from imagined.contract.access import Caller


@dataclass
class Call:
    """One authenticated call."""

    caller: Caller
    is_retry: bool
    """gRPC repeats it by itself, or it was run before under its key and cut short."""
    request_id: str
    """The API's own id once a request is accepted, until then one for the log."""
    call_id: str = ""
    """Names a call that is run once, because its client gave it a key; empty for most."""
    is_replay: bool = False
    """It is answered as one before it was."""


current: ContextVar[Call] = ContextVar("imagined_grpc_call")


def current_call() -> Call:
    """The call that is being served."""
    return current.get()
