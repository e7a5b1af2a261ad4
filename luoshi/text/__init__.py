"""Reads and restores official Chinese text; pure, usable on its own."""

from luoshi.text.read import read as read
from luoshi.text.restore import restore as restore
