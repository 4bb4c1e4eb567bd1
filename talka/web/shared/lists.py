"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

A_PAGE = 50


def page_of(request: HttpRequest, rows: Any) -> Page:
    """Return the page of a list that the query string asks for; the nearest one where there is none such."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
