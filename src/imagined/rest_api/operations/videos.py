"""Routes that start videos and tell of them."""

from typing import Final

from imagined.contract import errors
from imagined.rest_api import video_messages, videos
from imagined.rest_api.operations.kinds import REQUEST_ID, START_REFUSALS, Answer, Operation

_STARTED: Final = {200: Answer("The request is accepted and durable.", video_messages.Started)}
VIDEOS: Final = (
    Operation(
        method="POST",
        path="/v1/videos/generations",
        handler=videos.generate_video,
        tag="Videos",
        summary="Start a video",
        description="From text, or from a first frame, references, a last frame or keyframes. Poll for the result.",
        body=video_messages.VideoGeneration,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="POST",
        path="/v1/videos/edits",
        handler=videos.edit_video,
        tag="Videos",
        summary="Start a video edit",
        body=video_messages.VideoEdit,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="POST",
        path="/v1/videos/extensions",
        handler=videos.extend_video,
        tag="Videos",
        summary="Start a video extension",
        description="The result is one file: the input and what follows it.",
        body=video_messages.VideoExtension,
        answers=_STARTED,
        refusals=START_REFUSALS,
    ),
    Operation(
        method="DELETE",
        path="/v1/videos/{request_id}",
        handler=videos.cancel_video,
        tag="Videos",
        summary="Cancel a video request",
        description="It stops at its engine's next step and is `failed` from now on. What has ended stays as it is. "
        "Not part of the hosted API.",
        parameters=(REQUEST_ID,),
        answers={200: Answer("The state after it.", video_messages.VideoState)},
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
    Operation(
        method="GET",
        path="/v1/videos/{request_id}",
        handler=videos.get_video,
        tag="Videos",
        summary="Poll a video request",
        parameters=(REQUEST_ID,),
        answers={
            200: Answer("The request has ended: done, failed or expired.", video_messages.VideoState),
            202: Answer("Still pending.", video_messages.VideoState),
        },
        refusals=(errors.INVALID_ARGUMENT, errors.NOT_FOUND),
    ),
)
