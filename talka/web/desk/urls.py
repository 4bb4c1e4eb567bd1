"""The addresses of participants."""

from talka.web.desk import (
    account,
    applications,
    circles,
    communities,
    exchanges,
    follow_ups,
    home,
    lessons,
    looking,
    matches,
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
    *reports.urlpatterns,
    *report_parts.urlpatterns,
    *follow_ups.urlpatterns,
    *circles.urlpatterns,
    *lessons.urlpatterns,
]
