"""Words in the picture."""

import numpy as np
import pytest

from imagined.engines.illustrator.cards import printable, with_lettering
from imagined.engines.illustrator.scene import Lettering


def grey(rows: int = 240, columns: int = 320) -> np.ndarray:
    return np.full((rows, columns, 3), 128, np.uint8)


def test_without_lettering_the_picture_is_untouched() -> None:
    pixels = grey()
    assert with_lettering(pixels, ()) is pixels
    assert with_lettering(pixels, (Lettering(text="\u200b\n"),)) is pixels


@pytest.mark.parametrize("on", ["title", "sign", "neon sign", "cake"])
def test_the_card_stands_low_in_the_picture_and_leaves_the_rest(on: str) -> None:
    shown = with_lettering(grey(), (Lettering(text="Open", on=on),))
    assert shown.shape == (240, 320, 3)
    assert shown.dtype == np.uint8
    assert (shown[:120] == 128).all()
    assert (shown[150:] != 128).any()


def test_the_same_words_are_the_same_pixels() -> None:
    words = (Lettering(text="Grand Hotel", on="sign"),)
    assert (with_lettering(grey(), words) == with_lettering(grey(), words)).all()
    assert (with_lettering(grey(), words) != with_lettering(grey(), (Lettering(text="Grand Motel", on="sign"),))).any()


@pytest.mark.parametrize(("rows", "columns"), [(64, 160), (160, 64), (20, 20), (9, 300)])
def test_any_text_fits_any_shape(rows: int, columns: int) -> None:
    for text in ("A", "incomprehensibilities " * 6, "x" * 200):
        assert with_lettering(grey(rows, columns), (Lettering(text=text, on="title"),)).shape == (rows, columns, 3)


def test_letters_that_the_typeface_lacks_lose_their_accents_or_are_left_out() -> None:
    assert printable("Café\n  Zürich") in ("Café Zürich", "Cafe Zurich")
    assert printable("猫") == ""
