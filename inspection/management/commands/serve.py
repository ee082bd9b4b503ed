"""Serve the product on one machine: web pages and, without a broker, the background jobs too."""

import argparse
from typing import Any

import waitress
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application

# A whole request has to arrive within this time; waitress takes it in before a thread is given to it, so slow
# phones wait in memory and not in a worker.
REQUEST_SECONDS = 60
LARGEST_REQUEST = 1_100 * 1024 * 1024


def port_number(text: str) -> int:
    """Read a port from the command line; refuse what is none."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("端口应为1到65535之间的整数")
    return int(text)


class Command(BaseCommand):
    """Brings the database up to date and answers on one address until it is stopped."""

    help = "在本机提供网页服务（未配置消息队列时，后台任务也在其中运行）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address."""
        parser.add_argument("--host", default="127.0.0.1", help="监听地址")
        parser.add_argument("--port", type=port_number, default=8000, help="端口")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, say where to look, serve."""
        call_command("migrate", verbosity=0)
        # Loading the application starts the embedded job runner, which needs the tables to exist.
        application = get_internal_wsgi_application()
        self.stdout.write(f"请用浏览器打开 http://{options['host']}:{options['port']}/ （按 Ctrl+C 停止）")
        waitress.serve(
            application,
            host=options["host"],
            port=options["port"],
            threads=8,
            channel_timeout=REQUEST_SECONDS,
            max_request_body_size=LARGEST_REQUEST,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
