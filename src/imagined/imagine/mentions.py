"""How a prompt speaks of its inputs: ``<IMAGE_n>``.

The hosted service's pages count from 0 in one place and from 1 in another. Engines are told one numbering, from 0.
"""

import re
from typing import Final

from imagined.contract.requests import ImageRequest, VideoRequest

_MENTION: Final = re.compile(r"<IMAGE_(\d{1,3})>")


def numbered_from_zero(prompt: str, inputs: int) -> str:
    """The prompt with its mentions counted from 0: one whose highest number equals the count of inputs counts from 1.

    Mentions of inputs that do not exist stay as they are; what they mean is the engine's to guess.
    """
    mentioned = [int(number) for number in _MENTION.findall(prompt)]
    if not mentioned or max(mentioned) != inputs or min(mentioned) < 1:
        return prompt
    return _MENTION.sub(lambda mention: f"<IMAGE_{int(mention[1]) - 1}>", prompt)


def prompt_of(request: ImageRequest | VideoRequest) -> str:
    """The prompt as an engine gets it. A video's first frame is number 0, and its references follow."""
    if isinstance(request, ImageRequest):
        return numbered_from_zero(request.prompt, len(request.sources))
    return numbered_from_zero(request.prompt, (request.image is not None) + len(request.reference_images))
