"""The addresses of coordinators and reviewers."""

from talka.web.office import home

app_name = "office"
urlpatterns = [*home.urlpatterns]
