"""The line of each HTTP call: a quick writer that writes what structlog would."""

import io
import json
import re

import structlog

from imagined.cli import logs
from imagined.rest_api.middleware import structured_access_log
from imagined.settings import Log

LINE = {"method": "GET", "path": '/v1/files/"ä', "status": 200, "ms": 1.5, "request_id": "id", "client": "::1"}


def test_json_lines_are_those_of_structlog() -> None:
    stream = io.StringIO()
    logs.JsonAccessLog(stream)(**LINE)  # type: ignore[arg-type]
    line = json.loads(stream.getvalue())
    with structlog.testing.capture_logs() as captured:
        structured_access_log(**LINE)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line.pop("timestamp"))
    assert line.pop("level") == captured[0].pop("log_level") == "info"
    assert line == captured[0]


def test_what_the_settings_choose() -> None:
    assert isinstance(logs.access_log(Log(format="json")), logs.JsonAccessLog)
    assert logs.access_log(Log(format="console")) is structured_access_log
    for settings in (Log(format="json", access=False), Log(format="json", level="warning")):
        with structlog.testing.capture_logs() as captured:
            logs.access_log(settings)(**LINE)  # type: ignore[arg-type]
        assert captured == []
