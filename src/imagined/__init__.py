"""An open server for the xAI Imagine and Files APIs."""

__version__ = "0.1.0"
