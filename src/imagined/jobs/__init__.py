"""The durable request table: accept, claim with a lease, heartbeat, finish with a fence, retry, cancel."""
