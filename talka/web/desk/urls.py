"""The addresses of participants."""

from talka.web.desk import (
    account,
    applications,
    communities,
    exchanges,
    follow_ups,
    home,
    looking,
    matches,
    mentorship_goals,
    mentorship_hours,
    mentorships,
    partners,
    plans,
    report_parts,
    reports,
    representations,
    travellers,
    your_data,
)

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *account.urlpatterns,
    *looking.urlpatterns,
    *your_data.urlpatterns,
    *exchanges.urlpatterns,
    *plans.urlpatterns,
    *travellers.urlpatterns,
    *communities.urlpatterns,
    *representations.urlpatterns,
    *applications.urlpatterns,
    *partners.urlpatterns,
    *matches.urlpatterns,
    *mentorships.urlpatterns,
    *mentorship_goals.urlpatterns,
    *mentorship_hours.urlpatterns,
    *reports.urlpatterns,
    *report_parts.urlpatterns,
    *follow_ups.urlpatterns,
]
