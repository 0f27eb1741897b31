"""Signing in and out. Editors only: readers need no account."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView


class SignIn(LoginView):
    """Asks for name and password; leads on to where the editor wanted to go."""

    template_name = "login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the session and leads to the front page."""
