"""Times the three steps of the demonstration: a picture, an edit of it, a film of the edit. Prints a table.

    python bench/illustrator.py [--seed 1] [--ratio 1:1] [--resolution 1k] [--out FOLDER]

Each step runs in a process of its own, so that its time includes starting Python; the processor time counts the
step's helpers too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STEPS = ("picture", "edit", "film")


def run_step(step: str, folder: Path, seed: int, ratio: str, resolution: str) -> None:
    from imagined.engines.illustrator.engine import Illustrator
    from imagined.engines.port import ImageTask, MediaInput, Produced, VideoTask

    engine = Illustrator()
    work = folder / step
    work.mkdir(parents=True, exist_ok=True)

    def given(previous: str, role: str, content_type: str) -> tuple[MediaInput, ...]:
        result = json.loads((folder / f"{previous}.json").read_text())
        return (MediaInput(role=role, path=result["path"], content_type=content_type, receipt=result["receipt"]),)

    common = {"model": "bench", "workdir": str(work)}
    if step == "picture":
        prompt = "A futuristic city skyline at night"
        task = ImageTask(prompt=prompt, seed=seed, aspect_ratio=ratio, resolution=resolution, **common)
        events = engine.generate_image(task)
    elif step == "edit":
        inputs = given("picture", "image", "image/jpeg")
        prompt = "Add neon signs to the buildings"
        events = engine.edit_image(
            ImageTask(prompt=prompt, seed=seed + 1, resolution=resolution, inputs=inputs, **common)
        )
    else:
        inputs = given("edit", "first_frame", "image/jpeg")
        prompt = "A camera pulls back through the city"
        events = engine.generate_video(
            VideoTask(prompt=prompt, seed=seed + 2, duration_s=5, aspect_ratio=None, inputs=inputs, **common)
        )
    produced = [event for event in events if isinstance(event, Produced)][-1]
    about = {"path": produced.path, "receipt": produced.receipt, "size": f"{produced.width}x{produced.height}"}
    (folder / f"{step}.json").write_text(json.dumps(about))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ratio", default="1:1")
    parser.add_argument("--resolution", default="1k")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.out or Path(tempfile.mkdtemp(prefix="illustrator-"))
    if options.step:
        run_step(options.step, folder, options.seed, options.ratio, options.resolution)
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start; results in {folder}")
    print(f"{'step':<10}{'size':>12}{'wall':>9}{'cpu':>9}")
    for step in STEPS:
        before = os.times()
        started = time.perf_counter()
        arguments = ["--step", step, "--out", str(folder), "--seed", str(options.seed)]
        arguments += ["--ratio", options.ratio, "--resolution", options.resolution]
        subprocess.run([sys.executable, __file__, *arguments], check=True)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        size = json.loads((folder / f"{step}.json").read_text())["size"]
        print(f"{step:<10}{size:>12}{time.perf_counter() - started:>8.1f}s{spent:>8.1f}s")


if __name__ == "__main__":
    main()
