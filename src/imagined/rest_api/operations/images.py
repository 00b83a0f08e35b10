"""Routes that make and change images."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import image_messages, images
from imagined.rest_api.operations.kinds import START_REFUSALS, Answer, Operation

IMAGES: Final = (
    Operation(
        method="POST",
        path="/v1/images/generations",
        handler=images.generate_images,
        tag="Images",
        summary="Generate images",
        description="Answers when the images are there. The `x-request-id` header is the id of the request.",
        body=image_messages.ImageGeneration,
        answers={200: Answer("The images.", image_messages.ImageAnswer)},
        refusals=(*START_REFUSALS, errors.CONTENT_MODERATED),
    ),
    Operation(
        method="POST",
        path="/v1/images/edits",
        handler=images.edit_images,
        tag="Images",
        summary="Edit images",
        description="Changes `image`, or combines `images`, by the prompt. One input keeps its shape.",
        body=image_messages.ImageEdit,
        answers={200: Answer("The images.", image_messages.ImageAnswer)},
        refusals=(*START_REFUSALS, errors.CONTENT_MODERATED),
    ),
)
