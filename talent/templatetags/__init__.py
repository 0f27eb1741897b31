"""Helpers of the templates."""
