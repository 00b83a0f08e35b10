"""Routes of models and keys."""

from typing import Any, Final

from imagined.contract import errors
from imagined.rest_api import model_messages, models
from imagined.rest_api.operations.kinds import Answer, Operation, Parameter
from imagined.rest_api.services import Handler

_MODEL_ID: Final = Parameter("model_id", "An id or an alias.", place="path")


def _listing(path: str, handler: Handler, summary: str, answer: Any) -> Operation:
    return Operation(
        method="GET", path=path, handler=handler, tag="Models", summary=summary, answers={200: Answer("All.", answer)}
    )


def _entry(path: str, handler: Handler, summary: str, answer: Any) -> Operation:
    return Operation(
        method="GET",
        path=path + "/{model_id}",
        handler=handler,
        tag="Models",
        summary=summary,
        parameters=(_MODEL_ID,),
        answers={200: Answer("The model.", answer)},
        refusals=(errors.NOT_FOUND,),
    )


MODELS: Final = (
    _listing("/v1/models", models.list_models, "List models", model_messages.ModelList),
    _entry("/v1/models", models.get_model, "Get a model", model_messages.Model),
    _listing("/v1/image-generation-models", models.list_image_models, "List image models", model_messages.ImageModels),
    _entry("/v1/image-generation-models", models.get_image_model, "Get an image model", model_messages.ImageModel),
    _listing("/v1/video-generation-models", models.list_video_models, "List video models", model_messages.VideoModels),
    _entry("/v1/video-generation-models", models.get_video_model, "Get a video model", model_messages.VideoModel),
    _listing("/v1/language-models", models.list_no_models, "No language models", model_messages.NoModels),
    _entry("/v1/language-models", models.get_no_model, "No language model", model_messages.Model),
    _listing("/v1/embedding-models", models.list_no_models, "No embedding models", model_messages.NoModels),
    _entry("/v1/embedding-models", models.get_no_model, "No embedding model", model_messages.Model),
)

KEYS: Final = (
    Operation(
        method="GET",
        path="/v1/api-key",
        handler=models.get_api_key,
        tag="Keys",
        summary="Information on the key that was sent",
        answers={200: Answer("The key, redacted.", model_messages.ApiKey)},
    ),
    Operation(
        method="GET",
        path="/v1/me",
        handler=models.get_me,
        tag="Keys",
        summary="Who is calling",
        answers={200: Answer("The caller.", model_messages.Me)},
    ),
)
