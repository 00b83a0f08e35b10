"""The fault switchboard: named points in the code where a test lets the process die.

Points stand between two steps whose order keeps data safe, such as "the blob is durable" and "the row is committed".
They do nothing unless the environment names one: ``IMAGINED_FAULT=upload.after_blob`` kills the process at once
(SIGKILL, nothing is flushed or cleaned up) when it gets there, ``IMAGINED_FAULT=upload.after_blob:3`` at the third
time.
"""

import os
import signal
from typing import Final

POINTS: Final = (
    "blob.after_temporary",
    "blob.after_rename",
    "upload.after_blob",
    "upload.after_row",
    "delete.after_row",
    "publish.after_row",
    "revoke.after_row",
    "sweep.after_rows",
    "sweep.before_blob",
    "sweep.after_blob",
    "request.after_row",
    "request.after_claim",
    "request.after_engine",
    "request.after_blobs",
    "request.after_finish",
    "webhook.after_claim",
    "webhook.after_send",
)

_NAME, _, _COUNT = os.environ.get("IMAGINED_FAULT", "").partition(":")
_left = int(_COUNT or 1)


def point(name: str) -> None:
    """Die here if the switch says so."""
    if name != _NAME:
        return
    global _left
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
