"""The press: how documents come in, are read, and are stored."""
