"""Files: upload, list, get, update, delete, content, public URLs and lifetimes."""
