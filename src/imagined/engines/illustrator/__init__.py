"""The embedded engine: builds the world a prompt speaks of and takes its picture. No weights; an illustrator, not a model."""
