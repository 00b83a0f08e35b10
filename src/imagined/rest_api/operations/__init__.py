"""The table of routes: what is served where, and everything that the description says about it.

The application and `/openapi.json` are both made from this table, so no route can be missing from either.
"""

from typing import Final

from imagined.rest_api.operations.batches import BATCHES
from imagined.rest_api.operations.files import FILES
from imagined.rest_api.operations.images import IMAGES
from imagined.rest_api.operations.kinds import Answer, Operation, Parameter
from imagined.rest_api.operations.lineage import LINEAGE
from imagined.rest_api.operations.models import KEYS, MODELS
from imagined.rest_api.operations.own import OWN
from imagined.rest_api.operations.requests import REQUESTS
from imagined.rest_api.operations.videos import VIDEOS
from imagined.rest_api.operations.webhooks import WEBHOOKS

__all__ = ["OPERATIONS", "Answer", "Operation", "Parameter"]

OPERATIONS: Final[tuple[Operation, ...]] = (
    *(*IMAGES, *VIDEOS, *FILES, *BATCHES, *MODELS, *KEYS),
    *(*REQUESTS, *LINEAGE, *WEBHOOKS, *OWN),
)
