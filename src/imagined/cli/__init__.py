"""The commands. `app.py` is the one place where parts are wired together."""
