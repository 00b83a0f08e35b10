"""Reading: what the words of a prompt say, before anything is drawn. Standard library and msgspec only."""
