"""Everything the desk lists, by the functions that know it. Add yours to the tuple; home.py does the rest."""

from talka.web.desk.application_tasks import application_records, application_tasks
from talka.web.desk.certificate_tasks import certificate_records, certificate_tasks
from talka.web.desk.exchange_tasks import exchange_records, exchange_tasks
from talka.web.desk.gathering_tasks import gathering_records, gathering_tasks
from talka.web.desk.group_tasks import group_records
from talka.web.desk.initiative_tasks import initiative_records, initiative_tasks
from talka.web.desk.learning_tasks import learning_records, learning_tasks
from talka.web.desk.match_tasks import match_tasks
from talka.web.desk.mentorship_tasks import mentorship_tasks
from talka.web.desk.need_tasks import need_records, need_tasks
from talka.web.desk.report_tasks import report_tasks
from talka.web.desk.representation_tasks import representation_tasks
from talka.web.shared.tasks import Records, Tasks

TASKS: tuple[Tasks, ...] = (
    representation_tasks,
    application_tasks,
    match_tasks,
    exchange_tasks,
    mentorship_tasks,
    report_tasks,
    certificate_tasks,
    gathering_tasks,
    initiative_tasks,
    learning_tasks,
    need_tasks,
)
RECORDS: tuple[Records, ...] = (
    application_records,
    exchange_records,
    certificate_records,
    gathering_records,
    group_records,
    initiative_records,
    learning_records,
    need_records,
)
