"""The addresses that anyone may open."""

from talka.web.public import (
    calls,
    communities,
    gatherings,
    home,
    impact,
    meeting_parts,
    meetings,
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
    # Before the calls, whose addresses would take this one for a role.
    *impact.urlpatterns,
    *gatherings.urlpatterns,
    *meetings.urlpatterns,
    *meeting_parts.urlpatterns,
    *calls.urlpatterns,
]
