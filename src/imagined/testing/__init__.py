"""Test doubles that are shipped: stores in memory, scripted engines, a clock to move."""
