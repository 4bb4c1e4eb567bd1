"""The three audiences, each under its own address."""

from django.urls import include, path

urlpatterns = [
    path("", include("talka.web.public.urls")),
    path("desk/", include("talka.web.desk.urls")),
    path("office/", include("talka.web.office.urls")),
]

handler400 = "talka.web.shared.errors.bad_request"
handler403 = "talka.web.shared.errors.forbidden"
handler404 = "talka.web.shared.errors.not_found"
handler500 = "talka.web.shared.errors.our_fault"
