"""Pages of one's own account: signing in and up, address and password, second factors, one's data and its end."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache

from talent.views.membership import own
from talent.views.session import ResetPassword, ShowSecondFactor, ShowSecondFactorAgain, SignIn, SignUp

# Names that begin with "account_" and "mfa_" are those by which allauth leads from one page to the next.
urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", account.logout, name="account_logout"),
    path("logout/", account.logout, name="logout"),
    path("account/", own.overview, name="account"),
    path("account/language/", own.language, name="account-language"),
    path("account/data.json", own.data, name="account-data"),
    path("account/close/", own.close, name="account-close"),
    path("account/sign-up/", SignUp.as_view(), name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/email/", never_cache(account.email), name="account_email"),
    path("account/confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/confirm/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/reset/", ResetPassword.as_view(), name="account_reset_password"),
    path("account/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/two-factors/", factors.index, name="mfa_index"),
    path("account/two-factors/authenticate/", ShowSecondFactor.as_view(), name="mfa_authenticate"),
    path("account/two-factors/again/", ShowSecondFactorAgain.as_view(), name="mfa_reauthenticate"),
    path("account/two-factors/app/", include("allauth.mfa.totp.urls")),
    path("account/two-factors/codes/", include("allauth.mfa.recovery_codes.urls")),
    path("account/two-factors/passkeys/", include("allauth.mfa.webauthn.urls")),
]
