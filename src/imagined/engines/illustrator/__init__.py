"""The embedded engine: builds the world a prompt speaks of and takes its picture. An illustrator, not a model."""
