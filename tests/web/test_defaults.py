"""What is safe without being asked for: cookies, headers, files, the secret, and whom a proxy may speak for."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from project import env
from project.web.intake.proxies import ProxyMiddleware
from tests.web.conftest import Visit, World


def seen(**said: str) -> HttpRequest:
    """Return a request as the pages see it behind the proxies."""
    found: list[HttpRequest] = []
    request = RequestFactory().get("/", **said)  # type: ignore[arg-type]
    ProxyMiddleware(lambda one: found.append(one) or HttpResponse())(request)  # type: ignore[func-returns-value]
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "remote", "chain", "expected"),
    [
        ([], "10.0.0.9", "203.0.113.7", "10.0.0.9"),
        (["10.0.0.9"], "10.0.0.9", "203.0.113.7", "203.0.113.7"),
        (["10.0.0.9"], "10.0.0.8", "203.0.113.7", "10.0.0.8"),
        (["10.0.0.0/24"], "10.0.0.9", "1.1.1.1, 203.0.113.7, 10.0.0.5", "203.0.113.7"),
        (["10.0.0.9"], "10.0.0.9", "nonsense", "10.0.0.9"),
        (["10.0.0.9"], "10.0.0.9", "", "10.0.0.9"),
        (["unix"], "", "203.0.113.7", "203.0.113.7"),
    ],
)
def test_only_a_named_proxy_says_whom_it_brings(settings, proxies, remote, chain, expected) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = seen(REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=chain, HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == expected and "HTTP_X_FORWARDED_FOR" not in request.META
    assert request.is_secure() is (remote != "10.0.0.8" and bool(proxies))


def test_every_page_is_kept_by_nobody(world: World, visit: Visit) -> None:
    pages = [reverse("worklist"), reverse("case", args=[world.draft.uuid]), reverse("register"), "/nowhere/"]
    for page in pages:
        assert "no-store" in visit("bianban1").get(page)["Cache-Control"], page
    assert "no-store" in Client().get(reverse("login"))["Cache-Control"]


@pytest.mark.parametrize("secret", ["short", "a" * 60, "1234567890"])
def test_a_short_secret_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, secret: str) -> None:
    monkeypatch.setenv("DONGYI_SECRET_KEY", secret)
    with pytest.raises(ImproperlyConfigured, match="太短或过于简单"):
        env.secret_key(tmp_path)


def test_the_key_and_the_database_are_their_owners_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DONGYI_SECRET_KEY", "DONGYI_DATABASE_URL", "DONGYI_SQLITE"):
        monkeypatch.delenv(name, raising=False)
    files = tmp_path / "secret-key", tmp_path / "dongyi.sqlite3"
    for file in files:
        file.write_text("x")
        file.chmod(0o644)
    env.secret_key(tmp_path), env.database(tmp_path)
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600"]


@pytest.mark.parametrize(
    ("said", "hosts", "expected"),
    [("", ["localhost"], False), ("", ["dongyi.example"], True), ("0", ["dongyi.example"], False), ("1", [], True)],
)
def test_a_host_beyond_this_machine_means_https(monkeypatch: pytest.MonkeyPatch, said, hosts, expected) -> None:
    monkeypatch.setenv("DONGYI_HTTPS", said)
    assert env.https(hosts) is expected
