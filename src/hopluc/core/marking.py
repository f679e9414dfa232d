"""Sentences that are translated where they are shown: marked here without loading anything of Django, which takes long."""


def gettext_noop(sentence: str) -> str:
    return sentence
