"""The addresses that anyone may open."""

from talka.web.public import communities, home, privacy, signing_in

app_name = "public"
urlpatterns = [
    *home.urlpatterns,
    *signing_in.urlpatterns,
    *communities.urlpatterns,
    *privacy.urlpatterns,
]
