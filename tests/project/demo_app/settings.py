"""The application's settings with a quick `load_demo`."""

from hopluc.config.settings import *  # noqa: F403
from hopluc.config.settings import INSTALLED_APPS

INSTALLED_APPS = ["tests.project.demo_app", *INSTALLED_APPS]
