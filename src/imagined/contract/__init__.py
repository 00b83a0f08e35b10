"""What is said on the wire, without the wire: requests, results, model cards, limits and errors. No I/O here."""
