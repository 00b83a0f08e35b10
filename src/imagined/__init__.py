"""An open server for the xAI Imagine and Files APIs."""
