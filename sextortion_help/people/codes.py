"""The second factor: codes of an authenticator app, and recovery codes that work once each."""

from datetime import datetime
from time import time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from sextortion_help.people.limits import CODE

RECOVERY_CODES: Final = 10
# So far a clock may be off for us to say so: ten minutes to either side. Such a code is still refused.
STEPS_AROUND: Final = 20


def has_factor(user: Any) -> bool:
    """Tell whether somebody has set up an authenticator app."""
    return bool(TOTPDevice.objects.devices_for_user(user, confirmed=True).exists())


def verified(user: Any) -> bool:
    """Tell whether this session has shown a second factor that is still there."""
    return getattr(user, "otp_device", None) is not None


def recovery_codes_left(user: Any) -> int:
    """Count the recovery codes that were not used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def device_of(user: Any, typed: str) -> Any:
    """Give the device of the code that was typed, which cannot be used again.

    Raises ValidationError, with a sentence that says what is wrong with it.
    """
    code = "".join(typed.lower().split()).replace("-", "")
    if not (code.isascii() and code.isdecimal() and len(code) == 6):
        return _recovery(user, code)
    if CODE.reached(user.pk):
        text = gettext("Too many wrong codes. Wait a quarter of an hour, or use a recovery code.")
        raise ValidationError(text, code="limit")
    device = TOTPDevice.objects.devices_for_user(user, confirmed=True).first()
    if device and verify_token(user, device.persistent_id, code):
        CODE.forget(user.pk)
        return device
    CODE.count(user.pk)
    raise ValidationError(why_refused(device, code), code="code")


def why_refused(device: Any, typed: str) -> str:
    """Say why a code was refused: used already, of a clock that is off, or simply wrong."""
    wrong = gettext("This code is not right. Type the one that your app shows now.")
    code, now = "".join(typed.split()), time()
    if device is None or not (code.isascii() and code.isdecimal()):
        return wrong
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = now
    for offset in sorted(range(-STEPS_AROUND, STEPS_AROUND + 1), key=abs):
        totp.drift = device.drift + offset
        if totp.token() != int(code):
            continue
        if totp.t() <= device.last_t:
            return gettext("This code was used already. Wait for the next one.")
        here = datetime.fromtimestamp(now, timezone.get_current_timezone())
        minutes = round(abs(offset) * device.step / 60)
        text = (
            gettext("This code is %(minutes)d min too early: here it is %(time)s.")
            if offset > 0
            else gettext("This code is %(minutes)d min too late: here it is %(time)s.")
        ) % {"minutes": minutes, "time": f"{here:%H:%M:%S}"}
        advice = gettext("Let your phone set its clock by itself, then type a new code.")
        return f"{text} {advice}"
    return wrong


def new_recovery_codes(user: Any) -> list[str]:
    """Make recovery codes in the place of the old ones, and give them: they can be shown only now."""
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
        device.token_set.all().delete()
        codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]} {code[4:]}" for code in codes]


def new_device(user: Any) -> Any:
    """Give the authenticator app that somebody is setting up, which counts only once it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


def confirm(device: Any, typed: str) -> bool:
    """Take an authenticator app in the place of the old one, when its code is right."""
    with transaction.atomic():
        if not verify_token(device.user, device.persistent_id, "".join(typed.split())):
            return False
        device.refresh_from_db()
        TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
    return True


def _recovery(user: Any, code: str) -> Any:
    device = StaticDevice.objects.devices_for_user(user, confirmed=True).first()
    if device and code.isalnum() and verify_token(user, device.persistent_id, code):
        return device
    text = gettext(
        "This code is not right. A code of the app has six digits, a recovery code eight signs."
    )
    raise ValidationError(text, code="code")
