"""How much of the fault suite runs: a short form beside the other tests, all of it with ``IMAGINED_FAULTS=full``.

Every random choice follows from one seed, which a failure prints; ``IMAGINED_FAULTS_SEED=...`` repeats it.
"""

import os
import random
from typing import Final

FULL: Final = os.environ.get("IMAGINED_FAULTS") == "full"
SEED: Final = int(os.environ.get("IMAGINED_FAULTS_SEED") or (random.SystemRandom().randrange(10**9) if FULL else 20))
"""The short form is the same in every run, so that it fails for whoever broke something."""
