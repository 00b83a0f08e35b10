"""`imagined`, with a server whose time is what the file named by CLOCK_FILE says.

Run as ``python -m tests.support.clocked_server serve ...``.
"""

import functools
import os
from pathlib import Path

from imagined.cli import serve
from imagined.cli.main import main
from imagined.testing.environment import FileClock

if __name__ == "__main__":
    serve.run_server = functools.partial(serve.run_server, clock=FileClock(Path(os.environ["CLOCK_FILE"])))
    main()
