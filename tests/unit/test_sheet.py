"""Contact sheets: the prompts are well formed, the tool draws them, and failures are seen."""

import pytest
from bench import sheet
from PIL import Image


def test_there_are_two_hundred_prompts_in_twelve_categories():
    names = sheet.categories()
    prompts = [prompt for name in names for prompt in sheet.prompts_of(name)]
    assert len(names) == 12 and len(prompts) == 200
    assert len({prompt.text for prompt in prompts}) == 200
    assert all(prompt.text and prompt.visible for prompt in prompts)


@pytest.mark.parametrize("name", sheet.categories())
def test_the_halves_are_a_category_and_do_not_overlap(name):
    tune, fresh = sheet.prompts_of(name, "tune"), sheet.prompts_of(name, "fresh")
    assert {*tune, *fresh} == {*sheet.prompts_of(name)} and not {*tune} & {*fresh}


def test_two_prompts_are_drawn_and_laid_out(tmp_path, capsys):
    arguments = ["--category", "odd", "--limit", "2", "--size", "96", "--style", "ink", "--jobs", "1"]
    assert sheet.main([*arguments, "--out", str(tmp_path)]) == 0
    with Image.open(tmp_path / "odd-ink.jpg") as image:
        assert image.width == 2 * (96 + 12) + 12
        assert len(image.getcolors(1 << 20) or range(999)) > 100
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["category", "pictures", "median", "slowest"]
    assert printed[1].split()[:2] == ["odd", "2"] and printed[-1].startswith("all")


def test_a_picture_that_fails_is_a_red_field_and_an_error(tmp_path, capsys, monkeypatch):
    def broken(prompt, seed, ratio):
        raise ArithmeticError("no such world")

    monkeypatch.setattr(sheet, "understand", broken)
    arguments = ["--category", "sea", "--limit", "1", "--size", "96", "--jobs", "1", "--out", str(tmp_path)]
    assert sheet.main(arguments) == 1
    assert "no such world" in capsys.readouterr().err
    with Image.open(tmp_path / "sea.jpg") as image:
        red, green, blue = image.getpixel((12 + 80, 12 + 60))
    assert red > 100 and green < 80 and blue < 80
