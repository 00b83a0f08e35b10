"""A server's request machine under a simulated event loop: one thread, one seed, and a kill between any two steps.

The service, the runner, the attempts, the publisher and the SQL are the real ones. Simulated are time, the commit of
a transaction, the engines, and who dies when.
"""
