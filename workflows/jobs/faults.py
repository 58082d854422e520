"""What went wrong with a job, in words that say what to do; what the program itself said stands beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

SURROUNDED: Mapping[str, str] = MappingProxyType(
    {
        r"No space left on device|Errno 28\b|Disk quota": "磁盘空间已满，请系统管理员腾出空间，之后自动再试。",
        r"Permission denied|Errno 13\b|Read-only file system": "存放目录没有写入权限，请系统管理员检查目录权限，之后自动再试。",
        r"Input/output error|Errno 5\b": "磁盘读写出错，请系统管理员检查磁盘，之后自动再试。",
        r"No such file or directory|Errno 2\b": "需要的文件不在存放目录中，请系统管理员检查目录是否完整。",
        r"OperationalError|InterfaceError": "数据库暂时连不上或正忙，之后自动再试。",
        r"MemoryError": "内存不足，请系统管理员检查，之后自动再试。",
        r"WorkerDied": "制作时后台程序几次中断，请重新制作；仍不成功的，请系统管理员查看原因。",
    }
)
OTHER = "程序没有做成，请重新制作；仍不成功的，请把原文告诉系统管理员。"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def last_line(traceback: str) -> str:
    """Return what the program itself said last, at most 200 characters of it; empty when nothing went wrong."""
    return (traceback.strip().splitlines() or [""])[-1][:200]


def told(line: str) -> str:
    """Return the sentence for a program's last line; one that was said in Chinese already is told as it stands."""
    if not line:
        return ""
    if CHINESE.search(line):
        return line.partition(": ")[2] or line
    return next((words for sign, words in SURROUNDED.items() if re.search(sign, line)), OTHER)
