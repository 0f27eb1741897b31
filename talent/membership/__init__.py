"""Accounts of readers and editors: signing up, a second factor, and one's own data; built on django-allauth."""
