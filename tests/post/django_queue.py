"""A Django project of one file around the mail queue of another's making, run by the Python of .venv-queues, where nothing of Habitué is installed.

`django_queue.py QUEUE fill N | send | finish`: where the queue lies and whither it sends stands in the environment (DATABASE, its folder, and PORT).
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import django
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command

QUEUES = {"django-post-office": "post_office", "django-mailer": "mailer"}
AGAIN_SECONDS, ROUNDS, PAUSE_SECONDS, MOST_ERRORS = 1, 20, 0.05, 100


def set_up(app: str) -> None:
    """The settings that each queue's own pages tell: post-office tries again (four times, as in its example, but after a second and not after 15 minutes);
    mailer locks in the database, which its page calls more reliable than its file, and which lets two send at once.
    """
    database, folder = os.environ["DATABASE"].split(" ", 1)
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": database, "USER": "postgres", "HOST": folder}},
        INSTALLED_APPS=[app],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=int(os.environ["PORT"]),
        POST_OFFICE={"MAX_RETRIES": 4, "RETRY_INTERVAL": timedelta(seconds=AGAIN_SECONDS)},
        MAILER_USE_FILE_LOCK=False,
    )
    django.setup()
    logging.disable(logging.CRITICAL)


class PostOffice:
    """django-post-office."""

    command, retry = "send_queued_mail", None

    def __init__(self) -> None:
        from post_office import mail
        from post_office.models import STATUS, Email

        self.mail, self.rows, self.states = mail, Email.objects, STATUS

    def fill(self, letters: list[dict[str, Any]]) -> None:
        self.mail.send_many([{"sender": each["from_email"], "recipients": each["to"], "subject": each["subject"], "message": each["body"],
                              "headers": each["headers"]} for each in letters])  # fmt: skip

    def waits(self) -> bool:
        return bool(self.rows.filter(status__in=[self.states.queued, self.states.requeued]).exists())

    def open(self) -> list[str]:
        return [headers["Message-ID"] for (headers,) in self.rows.exclude(status=self.states.sent).values_list("headers")]


class Mailer:
    """django-mailer."""

    command, retry = "send_mail", "retry_deferred"

    def __init__(self) -> None:
        from mailer.backend import DbBackend
        from mailer.models import Message

        self.put, self.rows = DbBackend().send_messages, Message.objects

    def fill(self, letters: list[dict[str, Any]]) -> None:
        self.put([EmailMessage(**each) for each in letters])

    def waits(self) -> bool:
        return bool(self.rows.non_deferred().exists())

    def open(self) -> list[str]:
        return [each.email.extra_headers["Message-ID"] for each in self.rows.all()]


def letter(number: int) -> dict[str, Any]:
    """One letter, about as long as those of the torture; by its Message-ID it is counted where it arrives."""
    return {
        "subject": f"Thank you, N{number}",
        "body": f"Good morning N{number},\n\nthank you for coming since March.\n",
        "from_email": "shop@example.org",
        "to": [f"c{number}@example.org"],
        "headers": {"Message-ID": f"<letter.{number}.torture@example.org>"},
    }


def send(queue: PostOffice | Mailer) -> None:
    """Runs the queue's command until nothing waits: as cron does, without a minute between. What it raises, cron would mail to its owner, and try again."""
    errors = 0
    while queue.waits():
        try:
            call_command(queue.command)
            errors = 0
        except Exception:
            errors += 1
            if errors > MOST_ERRORS:
                raise
        time.sleep(PAUSE_SECONDS)


def finish(queue: PostOffice | Mailer) -> None:
    """Sends the rest, and what was put off, until nothing is open or it was tried often enough."""
    send(queue)
    for _ in range(ROUNDS):
        if not queue.open():
            return
        time.sleep(AGAIN_SECONDS)
        if queue.retry:
            call_command(queue.retry)
        send(queue)


def end_with_starter() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def main() -> None:
    name, what, *more = sys.argv[1:]
    set_up(QUEUES[name])
    queue = PostOffice() if name == "django-post-office" else Mailer()
    threading.Thread(target=end_with_starter, daemon=True).start()
    if what == "fill":
        call_command("migrate", verbosity=0)
        queue.fill([letter(number) for number in range(1, int(more[0]) + 1)])
        sys.stdout.write(f"{name} {version(name)}, Django {django.get_version()}")
    elif what == "send":
        sys.stdout.write("!")
        sys.stdout.flush()
        send(queue)
    else:
        finish(queue)
        sys.stdout.write(json.dumps(queue.open()))


if __name__ == "__main__":
    main()
