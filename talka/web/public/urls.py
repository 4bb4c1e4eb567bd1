"""The addresses that anyone may open."""

from talka.web.public import (
    calls,
    communities,
    gatherings,
    home,
    impact,
    lessons,
    privacy,
    programmes,
    signing_in,
)

app_name = "public"
urlpatterns = [
    *home.urlpatterns,
    *signing_in.urlpatterns,
    *communities.urlpatterns,
    *privacy.urlpatterns,
    *programmes.urlpatterns,
    *lessons.urlpatterns,
    # Before the calls, whose addresses would take this one for a role.
    *impact.urlpatterns,
    *gatherings.urlpatterns,
    *calls.urlpatterns,
]
