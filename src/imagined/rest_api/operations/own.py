"""Routes of this server's own, beside those of the hosted API."""

from typing import Any, Final

from imagined.contract import errors
from imagined.rest_api import usage
from imagined.rest_api.operations.kinds import Answer, Operation, Parameter

_DAY: Final[dict[str, Any]] = {"type": "string", "format": "date"}
OWN: Final = (
    Operation(
        method="GET",
        path="/x/usage",
        handler=usage.get_usage,
        tag="Usage",
        summary="What the caller's team has used, day by day",
        description="A route of this server's own. Without days: the last 30. Days are UTC.",
        parameters=(
            Parameter("from", "The first day; 366 at most are reported at once.", _DAY),
            Parameter("to", "The last day; today when it is left out.", _DAY),
        ),
        answers={200: Answer("Days with usage, and their sum.", usage.TeamUsage)},
        refusals=(errors.INVALID_ARGUMENT,),
    ),
)
