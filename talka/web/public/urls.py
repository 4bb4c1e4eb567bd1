"""The addresses that anyone may open."""

from talka.web.public import (
    calls,
    communities,
    gatherings,
    help,
    home,
    impact,
    privacy,
    programmes,
    signing_in,
    work_reports,
)

app_name = "public"
urlpatterns = [
    *home.urlpatterns,
    *signing_in.urlpatterns,
    *communities.urlpatterns,
    *privacy.urlpatterns,
    *programmes.urlpatterns,
    *help.urlpatterns,
    # Before the calls, whose addresses would take this one for a role.
    *impact.urlpatterns,
    *work_reports.urlpatterns,
    *gatherings.urlpatterns,
    *calls.urlpatterns,
]
