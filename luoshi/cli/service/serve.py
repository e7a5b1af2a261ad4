"""`luoshi serve` and `luoshi demo`: the web server."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luoshi.cli.demo.story import seed
from luoshi.cli.service.installing import install
from luoshi.cli.words import gettext as _
from luoshi.ledger import clock, keys, schema
from luoshi.ledger.models import Charter
from luoshi.ledger.privileges import owns_ledger
from luoshi.org.queries import DEMO_PASSWORD, demo_logins

Host = Annotated[str, typer.Option(help="address to listen on")]
Port = Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="processes", min=1)]


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2) -> None:
    """Serve the installation that `luoshi up` made."""
    try:
        keys.current()
    except ImproperlyConfigured as error:
        raise SystemExit(f"luoshi: {error}") from error
    if connection.vendor == "postgresql" and owns_ledger(connection):
        raise SystemExit(
            "luoshi: this role owns the ledger and could rewrite it: use the application's own"
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SystemExit("luoshi: the tables are not up to date: run `luoshi up`")
    _become_server(host, port, workers)


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    seed_only: Annotated[bool, typer.Option(help="make the demo, do not serve it")] = False,
) -> None:
    """Make the demo district once, print its address and logins, and serve it."""
    install()
    if not Charter.objects.exists():
        seed()
        schema.note_changes()
    elif not clock.is_demo():
        raise SystemExit("luoshi: this database holds real work; a demo needs folders of its own")
    _greet(host, port)
    if not seed_only:
        _become_server(host, port, 1)


def _greet(host: str, port: int) -> None:
    address = f"http://{host}:{port}/"
    words = _("落实 演示：{address}  （演示数据：任务、单位、进展均为虚构）")
    print(words.format(address=address), file=sys.stderr)
    print(_("密码都是 {password}").format(password=DEMO_PASSWORD), file=sys.stderr)
    for login in demo_logins():
        role = _(str(login["role"]))  # no page is open here: Django speaks Chinese
        print(f"  {login['account']:<14}{role}  {login['name']}", file=sys.stderr)


def _become_server(host: str, port: int, workers: int) -> None:
    """Replace this process by the server's."""
    connection.close()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
        "luoshi.config.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, command)
