"""The content that comes with the code: publish it in an empty database, or take over what is new in it."""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import transaction

from sextortion_help.publishing.compare import changes
from sextortion_help.publishing.fixtures import shipped, shipped_sources
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import Source, digest, restore, source_of, whole


class Command(BaseCommand):
    help = "Load and publish the shipped content, if there is no content yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "fixtures", nargs="*", help="other fixtures than those that come with the code"
        )
        parser.add_argument(
            "--compare", action="store_true", help="list what is shipped and was never here"
        )
        parser.add_argument(
            "--take", nargs="+", metavar="KIND:CODE", default=[],
            help="put the shipped words of these objects into their drafts, such as page:first",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Do nothing when any draft or version exists: staff edits are never overwritten."""
        if options["compare"]:
            self._compare()
        elif options["take"]:
            self._take(options["take"])
        elif Version.objects.exists() or any(
            model._default_manager.exists() for model in publishable_models()
        ):
            self.stdout.write("There is content already; nothing was changed.")
            if new := len(list(_never_here())):
                self.stdout.write(
                    f"The shipped content has {new} objects as they were never here: "
                    "see manage.py seed --compare."
                )
        else:
            self._load(options["fixtures"] or shipped())

    def _load(self, fixtures: list[str]) -> None:
        try:
            with transaction.atomic():
                call_command("loaddata", *fixtures, verbosity=0)
                drafts = [
                    draft
                    for model in publishable_models()
                    for draft in model._default_manager.all()
                ]
                versions = publish(drafts, None, "shipped with the code")
        except DeserializationError as error:
            raise CommandError(f"A fixture cannot be read; nothing was loaded: {error}") from error
        except Refused as refused:
            lines = "\n".join(problem.text for problem in refused.problems)
            raise CommandError(f"The shipped content cannot be published:\n{lines}") from refused
        self.stdout.write(f"Published {len(versions)} objects.")

    def _compare(self) -> None:
        found = list(_never_here())
        for model, source, draft in found:
            self.stdout.write(f"{model.content_kind()}:{source['code']}")
            old = source_of(draft) if draft else {}
            for change in changes(model, old, source)[:10] if draft else ():
                self.stdout.write(f"    {change.field}")
        self.stdout.write(
            f"{len(found)} shipped objects were never here as they are shipped. "
            "Take over those you want with manage.py seed --take KIND:CODE …; they become drafts."
        )

    def _take(self, keys: list[str]) -> None:
        with transaction.atomic():
            for key in keys:
                kind, _, code = key.partition(":")
                model = {each.content_kind(): each for each in publishable_models()}.get(kind)
                source = shipped_sources(model).get(code) if model else None
                if model is None or source is None:
                    raise CommandError(f"There is no shipped {key}; nothing was changed.")
                draft = model._default_manager.filter(code=code).first() or model()
                restore(draft, source)  # which gives a new one its code
        self.stdout.write(
            f"{len(keys)} drafts are as shipped. Check and publish them in the admin."
        )


def _never_here() -> Iterator[tuple[type[Publishable], Source, Publishable | None]]:
    """Give each shipped object that was never published here as it is shipped, nor is a draft so."""
    for model in publishable_models():
        sources = shipped_sources(model)
        drafts = {draft.code: draft for draft in whole(model)}
        published = Version.objects.filter(kind=model.content_kind(), code__in=sources)
        known = set(published.values_list("code", "digest"))
        for code, source in sources.items():
            draft = drafts.get(code)
            same = draft is not None and source_of(draft) == source
            if not same and (code, digest(source)) not in known:
                yield model, source, draft
