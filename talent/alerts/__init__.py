"""Alerts: what readers follow, matched with the change feed, and told by mail in letters."""
