"""Image and video requests: check, accept, resolve inputs, run, keep outputs."""
