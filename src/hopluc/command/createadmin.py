"""`hopluc createadmin`: the first account."""

from __future__ import annotations

import getpass
import os
from argparse import Namespace

from django.core.exceptions import ValidationError
from django.utils import translation

from hopluc.command import database
from hopluc.command.speech import CommandProblem, Sentence, language, say
from hopluc.core.errors import Problem

ASK_USERNAME = Sentence("Tên đăng nhập: ", "Name to sign in with: ")
ASK_NAME = Sentence("Họ và tên: ", "Full name: ")
ASK_PASSWORD = Sentence("Mật khẩu: ", "Password: ")
ASK_AGAIN = Sentence("Nhập lại mật khẩu: ", "Password again: ")
DIFFERENT = Sentence("Hai lần nhập mật khẩu khác nhau.", "The two passwords differ.")
UNANSWERED = Sentence(
    "Không ai trả lời câu hỏi. Hãy dùng --username, --name và HOPLUC_ADMIN_PASSWORD.",
    "Nobody answered the question. Use --username, --name and HOPLUC_ADMIN_PASSWORD.",
)
DONE = Sentence("Đã lập tài khoản quản trị “%(username)s”.", "The administrator's account “%(username)s” is made.")


class Refused(CommandProblem):
    code = "M206"
    message = "The account was not made: %(reason)s"


def run(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    database.prepare()
    from hopluc.accounts.services import administrator_create  # noqa: PLC0415 - models load after Django's setup

    try:
        username = options.username or input(str(ASK_USERNAME)).strip()
        name = options.name or input(str(ASK_NAME)).strip()
        password = os.environ.get("HOPLUC_ADMIN_PASSWORD") or _ask()
    except EOFError:
        raise Refused(reason=str(UNANSWERED)) from None
    with translation.override(language()), database.explained():
        try:
            administrator_create(
                username=username, name=name, password=password, province=options.province, agency=options.agency
            )
        except Problem as problem:
            raise Refused(reason=str(problem)) from problem
        except ValidationError as error:
            raise Refused(reason=" ".join(error.messages)) from error
    say(DONE % {"username": username})
    return 0


def _ask() -> str:
    password = getpass.getpass(str(ASK_PASSWORD))
    if getpass.getpass(str(ASK_AGAIN)) != password:
        raise Refused(reason=str(DIFFERENT))
    return password
