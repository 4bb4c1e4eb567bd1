"""What the room of screening makes known when Talka starts: its criteria, their reasons, its letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import criteria, letters, reasons
from talka.screening.rules import CRITERIA

CRITERIA_NAMES = {
    "is_a_community": _("A group applies"),
    "in_region": _("Region"),
    "without_general_support": _("No general support at present"),
    "took_part_recently": _("Affiliate, or at a meeting recently"),
    "developing_or_new_topic": _("Developing, or a new topic"),
    "established_with_expertise": _("Established, with expertise"),
    "says_yes_to": _("An answer of the application"),
}

# Translators: reasons of the criteria. The applicant reads them too, so they are plain and kind. The name of
# a community is %(applicant)s, a list of topics %(topics)s; days are %(day)s and %(since)s.
REASONS = {
    "says_yes": _("%(applicant)s answered with yes: “%(question)s”"),
    "says_no": _("%(applicant)s answered with no: “%(question)s”"),
    "not_said": _("%(applicant)s did not answer: “%(question)s”"),
    "is_a_community": _("%(applicant)s is a group, as the programme asks."),
    "individual_alone": _(
        "The programme is for groups, not for individuals acting alone. A community can apply through you."
    ),
    "in_region": _("%(applicant)s is in the region of the programme."),
    "other_region": _("%(applicant)s is recorded in another region than the programme is for."),
    "region_unknown": _(
        "The region of %(applicant)s is not recorded. It is filled in on the page of the community."
    ),
    "general_support": _(
        "%(applicant)s has received a General Support Fund grant since %(since)s. "
        "Communities with general support cannot take part as learners."
    ),
    "no_general_support": _("%(applicant)s has no General Support Fund grant on record for %(day)s."),
    "general_support_unknown": _(
        "Nothing is recorded about General Support Fund grants of %(applicant)s. A grant is entered on the "
        "page of the community; where there is none, a person says so here."
    ),
    "affiliate_route": _(
        "%(applicant)s is a recognised affiliate: that is one of the two ways into the programme."
    ),
    "took_part": _(
        "%(applicant)s took part in %(meeting)s, which ended on %(day)s: within %(years)s years of applying."
    ),
    "took_part_long_ago": _(
        "The last such meeting with %(applicant)s is %(meeting)s, which ended on %(day)s: "
        "more than %(years)s years before applying."
    ),
    "meetings_unknown": _(
        "No %(meeting)s with %(applicant)s is recorded. Meetings are entered on the page of the community."
    ),
    "developing": _("%(applicant)s is recorded as a developing community."),
    "calls_itself_developing": _("%(applicant)s calls itself a developing community."),
    "maturity_unknown": _(
        "Whether %(applicant)s is developing or established is not recorded. "
        "It is filled in on the page of the community."
    ),
    "maturity_disagrees": _(
        "Whether %(applicant)s is developing or established: the application says one thing, "
        "the page of the community another."
    ),
    "topics_unknown": _("The application names no topic from the list, in its goals or its answers."),
    "teaches_it_already": _(
        "%(applicant)s is established and offers to teach what it wants to learn: %(topics)s."
    ),
    "partly_expert": _(
        "%(applicant)s is established and already offers to teach "
        "a part of what it wants to learn: %(topics)s."
    ),
    "established_new_topic": _(
        "%(applicant)s is established; it may learn what is new to it. "
        "A person judges whether this is: %(topics)s."
    ),
    "not_such_a_kind": _("%(applicant)s is not the kind of group that this role is for."),
    "recognition_ended": _(
        "%(applicant)s is not recognised as an affiliate today. "
        "Recognition is entered on the page of the community."
    ),
    "not_established": _(
        "%(applicant)s is recorded as a developing community; mentors are established ones."
    ),
    "expertise": _("%(applicant)s is established and experienced in: %(topics)s."),
    "expertise_unknown": _(
        "The page of %(applicant)s does not say how experienced it is in: %(topics)s. "
        "What a community offers is entered there."
    ),
    "no_expertise": _("%(applicant)s is not experienced enough yet in: %(topics)s."),
    "some_expertise": _("%(applicant)s is experienced in other topics, but not enough yet in: %(topics)s."),
    "unanswerable": _(
        "The rule “%(criterion)s” could not be asked as the programme has it; a person decides."
    ),
    "not_future": _("Choose a moment that lies ahead, so that the applicant has time to answer."),
}


class ScreeningConfig(AppConfig):
    """Names the criteria that blueprints may use, their reasons in words, and the letters of the room."""

    name = "talka.screening"

    def ready(self) -> None:
        criteria.add_all(CRITERIA)
        reasons.add_all({f"screening.{key}": words for key, words in REASONS.items()})
        for key in ("application_accepted", "application_waiting", "application_declined", "more_is_asked"):
            letters.add(key, self.name)
