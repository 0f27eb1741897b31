"""Measurements of the press on this machine, as ratios to well-known programs in the same run: `make bench-ingest`."""
