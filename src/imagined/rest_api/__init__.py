"""The REST form of the API: JSON and multipart to `contract`, and back."""
