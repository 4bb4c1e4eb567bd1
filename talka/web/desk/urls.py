"""The addresses of participants."""

from talka.web.desk import account, home

app_name = "desk"
urlpatterns = [*home.urlpatterns, *account.urlpatterns]
