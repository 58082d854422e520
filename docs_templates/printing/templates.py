"""The only place that fills a paper's template with its facts, and shouts when a fact is missing."""

from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "papers"


class MissingFact(Exception):
    """A template asks for a fact that is not there."""


class _Shout(str):
    """Django prints this where a variable cannot be found; formatting it raises instead."""

    def __contains__(self, item: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise MissingFact(f"模板引用了不存在的内容：{name}")


class _Nothing:
    """Stands for None: a template may ask whether it is there, but not print it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        raise MissingFact(f"缺少应印出的内容：{self.path}")


class _View:
    """A facts object as templates see it: its fields and properties, nothing else, and loud about the rest."""

    def __init__(self, facts: Any, path: str) -> None:
        self._facts, self._path = facts, path

    def __getitem__(self, name: str) -> Any:
        kind = type(self._facts)
        if name in {f.name for f in fields(self._facts)} or isinstance(getattr(kind, name, None), property):
            return _view(getattr(self._facts, name), f"{self._path}.{name}")
        raise MissingFact(f"模板引用了不存在的内容：{self._path}.{name}")

    def __str__(self) -> str:
        raise MissingFact(f"模板要印出整个对象而不是其中一项：{self._path}")


def _view(value: Any, path: str) -> Any:
    if value is None:
        return _Nothing(path)
    if is_dataclass(value):
        return _View(value, path)
    if isinstance(value, tuple):
        return tuple(_view(item, f"{path}[{i}]") for i, item in enumerate(value))
    return value


class _StrictContext(Context):
    """Django's `if` and `for` forgive unknown names; this does not."""

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            raise MissingFact(f"模板引用了不存在的内容：{key}") from None


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES)],
        libraries={},
        builtins=["docs_templates.printing.wording"],
        string_if_invalid=_Shout("%s"),
        autoescape=True,
    )


def fill(*, template: str, facts: Any) -> str:
    """Fill the paper template `template` with `facts`, a frozen dataclass; raises MissingFact."""
    return _engine().get_template(template).render(_StrictContext({"facts": _view(facts, "facts")}, use_l10n=False))
