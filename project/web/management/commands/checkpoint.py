"""The command that signs how far every chain has come and keeps it where who runs the database cannot write."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from workflows.audit.anchors import files, making
from workflows.audit.anchors.files import AnchorFault


class Command(BaseCommand):
    """Make a key once, then a checkpoint as often as wanted; exit 1 when data or folders do not hold."""

    help = "Signs the ends of all chains into a file; `audit --anchors` finds what was taken back or rewritten since."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a key to make or to sign with, and the folders that keep the checkpoint."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--new-key", type=Path, metavar="FILE", help="make a key; its public half is FILE.pub")
        what.add_argument("--key", type=Path, metavar="FILE", help="sign with this key")
        parser.add_argument(
            "--to", type=Path, metavar="FOLDER", action="append", default=[], help="keep it here; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is asked for and say what was made."""
        try:
            if options["new_key"]:
                public = files.new_key(options["new_key"])
                self.stdout.write(f"私钥：{options['new_key']}，只应由做检查点的账号读取。")
                self.stdout.write(f"公钥：{public}，请交给审计人员保存。")
                return
            if not options["to"]:
                raise CommandError("请用 --to 写明存放检查点的文件夹，应是本机数据库管理员不能改写的地方。")
            made, kept = making.make(folders=options["to"], key=files.secret_key(options["key"]), at=timezone.now())
        except AnchorFault as fault:
            raise CommandError(str(fault), returncode=1) from fault
        digest = hashlib.sha256(made.text()).hexdigest()
        self.stdout.write(f"检查点第{made.n}号：记录链{len(made.heads)}条，校验值 {digest}。")
        for file in kept:
            self.stdout.write(f"已写入 {file}")
