"""Secrets at rest under a SECRET_KEY that changes (trust.md S-27)."""

import pytest
from django.core.management import CommandError, call_command

from metrics.models import SourceSecret
from metrics.sealing import Unsealable, is_of_today, seal, unseal
from tests.metrics.sending import connected


def test_sealed_text_opens_and_shows_nothing(settings):
    sealed = seal("whsec_text")
    assert unseal(sealed) == "whsec_text"
    assert "whsec" not in sealed
    assert seal("whsec_text") != sealed
    settings.SECRET_KEY = "other " * 10
    with pytest.raises(Unsealable):
        unseal(sealed)


def test_changed_seal_does_not_open():
    sealed = seal("whsec_text")
    with pytest.raises(Unsealable):
        unseal(sealed[:-4] + "AAA=")


def test_former_key_may_go_after_secrets_were_sealed_anew(cast, settings, capsys):
    sender = connected(cast, "github")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key " * 8
    call_command("reseal_secrets")
    assert capsys.readouterr().out == "1 secrets sealed anew.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert is_of_today(SourceSecret.objects.get().sealed)
    assert sender.github("ping", {}).status_code == 202
    call_command("reseal_secrets")
    assert capsys.readouterr().out == "0 secrets sealed anew.\n"


def test_secret_that_no_key_opens_changes_nothing(cast, settings):
    connected(cast, "github")
    before = SourceSecret.objects.get().sealed
    settings.SECRET_KEY = "a new key " * 8
    with pytest.raises(CommandError):
        call_command("reseal_secrets")
    assert SourceSecret.objects.get().sealed == before
