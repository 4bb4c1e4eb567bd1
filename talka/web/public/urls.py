"""The addresses that anyone may open."""

from talka.web.public import (
    calls,
    certificates,
    communities,
    gatherings,
    group,
    help,
    home,
    impact,
    initiatives,
    learning,
    lessons,
    meeting_parts,
    meetings,
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
    *certificates.urlpatterns,
    *programmes.urlpatterns,
    *help.urlpatterns,
    *lessons.urlpatterns,
    # Before the calls, whose addresses would take this one for a role.
    *learning.urlpatterns,
    *initiatives.urlpatterns,
    *impact.urlpatterns,
    *work_reports.urlpatterns,
    *gatherings.urlpatterns,
    *meetings.urlpatterns,
    *meeting_parts.urlpatterns,
    *group.urlpatterns,
    *calls.urlpatterns,
]
