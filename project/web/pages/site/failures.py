"""What the site says when an address, a right or the site itself fails."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from project.web.intake.readers import Unreadable, typed
from project.web.pages.site import busy


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood."""
    if isinstance(exception, Unreadable):
        return _page(request, 400, "填写有误", str(exception), typed=typed(request))
    said = "浏览器发来的内容不完整或已失效。请返回上一页，刷新后重新办理。"
    return _page(request, 400, "请求无法识别", said)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the person's duties do not open the page."""
    said = "您现任的职责不能查看或办理这一页。确需办理的，请联系本单位编办负责人调整职责。"
    return _page(request, 403, "无权查看", said)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came from a page that is no longer valid."""
    said = "页面打开时间过长或登录状态已变化，为保证安全没有办理。请返回上一页，刷新后重新办理。"
    return _page(request, 403, "页面已失效", said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, or nothing that the person may see."""
    said = "没有这一页，或者这一事项不在您的查看范围内。请从待办或列表中重新打开。"
    return _page(request, 404, "没有找到", said)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the site failed, or that the database was busy, with nothing that could fail again."""
    if busy.is_busy(sys.exc_info()[1]):
        return busy.busy(request)
    return HttpResponse(render_to_string("site/broken.html"), status=500)  # without the frame, which reads the database


def _page(request: HttpRequest, status: int, heading: str, said: str, **more: Any) -> HttpResponse:
    context = {"heading": heading, "said": said, "code": status, **more}
    return render(request, "site/failure.html", context, status=status)
