"""What an engine process adds to what its engine says."""

from collections.abc import Iterator
from typing import Any

from imagined.contract.tasks import ImageTask, Produced, Progress
from imagined.engines import child, wire

TASK = ImageTask(model="m", prompt="x", seed=1, workdir="/w")


class Taciturn:
    """An engine whose receipts say nothing of itself, or something else."""

    name = "taciturn"
    digest = "d7"

    def generate_image(self, task: ImageTask) -> Iterator[Progress | Produced]:
        yield Progress(phase="drawing", step=1, of=1)
        for index, receipt in enumerate(({"scene": 1}, {"engine": "another", "digest": "forged"})):
            yield Produced(index=index, path="/w/0", content_type="image/jpeg", width=1, height=1, receipt=receipt)


class Said:
    """The server's end of the pipe."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def tasks(self) -> Iterator[wire.RunImage]:
        yield wire.RunImage(id=3, operation="generate_image", task=TASK)

    def is_cancelled(self, _: int) -> bool:
        return False

    def send(self, message: wire.FromEngine) -> None:
        self.sent.append(message)


def test_receipts_are_signed_with_the_engine_that_made_them() -> None:
    said = Said()
    child.serve(Taciturn(), said)  # type: ignore[arg-type]
    ready, progress, first, second, finished = said.sent
    assert ready == wire.Ready(name="taciturn", digest="d7")
    assert progress.event == Progress(phase="drawing", step=1, of=1)
    assert first.event.receipt == {"scene": 1, "engine": "taciturn", "digest": "d7"}
    assert second.event.receipt == {"engine": "taciturn", "digest": "d7"}
    assert finished == wire.Finished(id=3)
