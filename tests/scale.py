"""Does it grow with the content? 1,000 pages and a self-check of 200 questions, in a database of their own.

Prints, for each thing that staff or a process does, the queries and the CPU seconds it took. Exits
with 1 when a list or a check asks more than it may.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="baken-scale-")
os.environ["DJANGO_SETTINGS_MODULE"] = "sextortion_help.settings"
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/db.sqlite3"

import django

django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guidance.models import Page, Step
from quiz.models import Answer, Ending, Question, SelfCheck
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.planning import check, read
from sextortion_help.publishing.publish import publish

PAGES, QUESTIONS = 1_000, 200
LIST, CHECK = 12, 40  # the most queries of a list, and of checking forty pages together


def words(**fields: str) -> dict[str, str]:
    """Give the columns of each field, the same in every language."""
    return {f"{name}_{code}": text for name, text in fields.items() for code in LANGUAGES}


def make_pages() -> list[Page]:
    """Save pages of five steps and five links each."""
    body = "Lees ook [dit](/first/), [dat](/tell/), [meer](/apps/), [wie](/lines/), [start](/)."
    pages = Page.objects.bulk_create(
        Page(code=f"many/{n}", order=n, audience="everyone", sources="a source",
             **words(title=f"Page {n}", summary="Short.", body=body))
        for n in range(PAGES)
    )  # fmt: skip
    Step.objects.bulk_create(
        Step(page=page, code=f"s{n}", order=n, **words(title=f"Step {n}", body="Do this first."))
        for page in pages
        for n in range(5)
    )
    return pages


def code(number: int) -> str:
    """Give a code of four consonants."""
    letters = "bcdfghjklmnpqrstvwxz"
    return "".join(letters[number // 20**place % 20] for place in range(4))


def make_self_check() -> SelfCheck:
    """Save a self-check like a wide tree: no path is too long, and every question is reached."""
    whole: SelfCheck = SelfCheck.objects.create(
        code="wide", order=9, **words(title="Wide", intro="Wide.")
    )
    end = Ending.objects.create(
        self_check=whole, code=code(9_000), tone="calm", purposes=["talk"],
        **words(title="The end", body="This is the end."),
    )  # fmt: skip
    questions = Question.objects.bulk_create(
        Question(
            self_check=whole, code=code(n), order=n, start=not n, **words(text=f"Question {n}?")
        )
        for n in range(QUESTIONS)
    )
    Answer.objects.bulk_create(
        Answer(
            question=question, code=code(n)[:2], order=n, tone="calm",
            next_question=questions[child] if (child := 3 * place + n + 1) < QUESTIONS else None,
            ending=None if child < QUESTIONS else end,
            **words(label=f"Answer {n}", advice="Fine."),
        )
        for place, question in enumerate(questions)
        for n in range(3)
    )  # fmt: skip
    return whole


class Measure:
    """Counts what each act costs, and whether any costs more than it may."""

    failed = False

    @contextmanager
    def act(self, name: str, most: int | None = None) -> Any:
        """Measure one act, and print it."""
        start = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            yield
        seconds = time.process_time() - start
        over = most is not None and len(queries) > most
        self.failed |= over
        bar = f"at most {most}" if most is not None else ""
        print(f"{name:58} {len(queries):6} SQL {bar:12} {seconds:7.2f} CPU s {'OVER' * over}")


def main() -> int:
    """Fill a database, and measure."""
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    translation.activate("nl")
    measure = Measure()
    pages, whole = make_pages(), make_self_check()
    acts: list[tuple[str, Callable[[], Any], int | None]] = [
        ("check one page", lambda: check(read(pages[:1])), 5),
        ("check 40 pages together", lambda: check(read(pages[:40])), CHECK),
        (f"publish {PAGES:,} pages together", lambda: publish(pages, None, ""), None),
        (f"check a self-check of {QUESTIONS} questions", lambda: check(read([whole])), CHECK),
        ("publish it", lambda: publish([whole], None, ""), CHECK),
    ]
    for name, act, most in acts:
        with measure.act(name, most):
            act()
    live._memory.contents = Contents()
    with measure.act("a process starts: everything is read"):
        live.refresh()
    Page.objects.filter(pk=pages[0].pk).update(summary_nl="Korter.")
    publish(pages[:1], None, "")
    live._memory.contents = Contents(live.live().revision - 1, dict(live.live().items))
    with measure.act("one page is published: what a process reads", 2):
        live.refresh()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("scale"))
    lists = ("page", "service", "country", "app", "letter", "message", "detail")
    urls = [f"/admin/guidance/{name}/" for name in lists]
    urls += [
        f"/admin/quiz/{name}/" for name in ("selfcheck", "question", "ending", "practice", "turn")
    ]
    for url in urls:
        with measure.act(f"list {url}", LIST):
            assert client.get(url).status_code == 200
    first = pages[0].pk
    for url in (
        f"/admin/guidance/page/{first}/change/", f"/admin/guidance/page/{first}/preview/nl-be/",
        f"/admin/quiz/selfcheck/{whole.pk}/change/", f"/admin/quiz/selfcheck/{whole.pk}/preview/nl-be/",
        f"/admin/quiz/question/{whole.questions.all()[0].pk}/change/",
        f"/admin/publishing/version/publish/?draft=selfcheck:{whole.pk}",
        "/admin/publishing/version/publish/", "/admin/publishing/version/",
    ):  # fmt: skip
        with measure.act(f"open {url.replace('/admin', '')}"):
            assert client.get(url).status_code == 200
    return int(measure.failed)


if __name__ == "__main__":
    sys.exit(main())
