"""The models served out of the box, as clients look them up, and what they cost the server to know."""

import subprocess
import sys

import pytest

from imagined.engines.cards import builtin_cards
from imagined.engines.registry import EngineRegistry, EngineSpec
from imagined.imagine.catalogue import Catalogue

IMAGE, VIDEO = "grok-imagine-image-quality", "grok-imagine-video"


def catalogue(image: str = IMAGE, video: str = VIDEO) -> Catalogue:
    return Catalogue(builtin_cards(), default_image_model=image, default_video_model=video)


@pytest.mark.parametrize(
    ("model", "created", "prompt", "inputs"),
    [
        ("grok-imagine-image", 1769558400, 16_000, ("text", "image")),
        ("grok-imagine-image-2.0", 1786147200, 64_000, ("text", "image")),
        ("grok-imagine-image-quality", 1775174400, 16_000, ("text", "image")),
        ("grok-imagine-video", 1769558400, 4_096, ("text", "image", "video")),
        ("grok-imagine-video-1.5", 1779840000, 4_096, ("text", "image", "audio")),
        ("grok-imagine-video-1.5-lite", 1790812800, 4_096, ("text", "image")),
    ],
)
def test_facts_that_clients_read(model: str, created: int, prompt: int, inputs: tuple[str, ...]) -> None:
    card = catalogue().find(model)
    assert card is not None
    assert (card.id, card.created, card.max_prompt_length, card.input_modalities) == (model, created, prompt, inputs)
    assert card.output_modalities == (("video",) if "video" in model else ("image",))
    assert card.fingerprint.startswith("fp_") and len(card.fingerprint) == 13
    assert "illustrator, not a model" in card.about


@pytest.mark.parametrize(
    ("alias", "model"),
    [
        ("grok-imagine-image-2026-03-02", "grok-imagine-image"),
        ("grok-imagine-image-quality-20260403", "grok-imagine-image-quality"),
        ("grok-imagine-image-quality-latest", "grok-imagine-image-quality"),
        ("grok-imagine-image-pro", "grok-imagine-image-quality"),
        ("grok-imagine-video-1.5-preview", "grok-imagine-video-1.5"),
        ("grok-imagine-video-1.5-2026-05-30", "grok-imagine-video-1.5"),
    ],
)
def test_aliases(alias: str, model: str) -> None:
    card = catalogue().find(alias)
    assert card is not None and card.id == model


def test_fingerprints_and_names_are_unique() -> None:
    cards = builtin_cards()
    assert len({card.fingerprint for card in cards}) == len({card.id for card in cards}) == 6


def test_defaults_may_be_aliases_and_must_fit() -> None:
    assert catalogue(image="grok-imagine-image-pro").default_image_model == IMAGE
    for wrong in ({"image": VIDEO}, {"video": IMAGE}, {"image": "no-such-model"}):
        with pytest.raises(ValueError, match="default"):
            catalogue(**wrong)


def test_two_models_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two models"):
        Catalogue((*builtin_cards(), *builtin_cards()), default_image_model=IMAGE, default_video_model=VIDEO)


def test_every_model_has_an_engine() -> None:
    registry = EngineRegistry()
    for card in builtin_cards():
        assert registry.get(card.engine).entry.count(":") == 1
    with pytest.raises(KeyError, match="illustrator"):
        registry.get("no-such-engine")
    registry.register(EngineSpec(name="mine", entry="mine:Engine"))
    assert [spec.name for spec in registry] == ["illustrator", "mine"]


def test_the_server_process_imports_no_engine() -> None:
    script = (
        "import sys, imagined.cli.app\n"
        "heavy = {'numpy', 'skia', 'embreex', 'PIL', 'av', 'cv2', 'torch'} & set(sys.modules)\n"
        "heavy |= {name for name in sys.modules if name.startswith('imagined.engines.illustrator')}\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
