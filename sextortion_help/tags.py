"""What templates may use besides Django's own tags."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders

register = template.Library()


@register.simple_tag
@cache
def integrity(name: str) -> str:
    """Give the digest by which a browser sees that a script is the one we wrote: "sha256-…".

    `name` is that of a static file, read once. Raises FileNotFoundError when there is none.
    """
    content = Path(str(finders.find(name))).read_bytes()
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
