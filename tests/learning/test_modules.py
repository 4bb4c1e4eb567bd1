"""Modules are taken over from the blueprint, edited, arranged, given to somebody and retired."""

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.learning.actions import (
    InventedMaintainer,
    create_module,
    edit_module,
    give_module,
    make_modules,
    move_module,
    move_unit,
    release_modules,
    restore_module,
    retire_module,
)
from talka.learning.models import Module
from talka.learning.queries import in_units
from talka.letters.models import Letter
from talka.people.models import Account
from tests.learning.learning_samples import KEYS, WORDS, make_path, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cleo, now):
    return make_path(cleo, now)


def order(programme):
    return [module.key for module in programme.modules.standing()]


def units(programme):
    return [[module.key for module in unit] for unit in in_units(programme.modules.standing())]


def test_the_modules_of_the_blueprint_come_in_its_order(path):
    programme, modules = path
    assert (order(programme), modules["monitoring"].unit) == (
        KEYS,
        {"en": "Unit 3: Monitoring and evaluation", "ar": "الوحدة 3: المتابعة والتقييم"},
    )


def test_taking_them_over_again_adds_nothing_and_changes_nothing(path, cleo, now):
    programme, modules = path
    edit_module(module=modules["impact"], words={"name": {"en": "Our impact"}}, version=1, by=cleo, now=now)
    retire_module(module=modules["advocacy"], by=cleo, now=now)
    assert make_modules(programme=programme, by=cleo, now=now) == 0
    names = programme.modules.filter(key="impact").values_list("name", flat=True)
    assert (list(names), order(programme)) == ([{"en": "Our impact"}], KEYS[:-1])
    verbs = [entry.verb for entry in Entry.objects.about(programme)]
    assert verbs.count("take over modules") == 1


def test_what_the_blueprint_gained_since_is_added_at_the_end(path, cleo, now):
    programme, _modules = path
    programme.modules.filter(key="introduction").delete()
    assert make_modules(programme=programme, by=cleo, now=now) == 1
    assert order(programme) == [*KEYS[1:], "introduction"]


def test_a_new_module_gets_a_key_of_its_own_from_its_name(path, cleo, now):
    programme, _modules = path
    arabic = WORDS | {"name": {"ar": "شركاء"}}
    made = [
        create_module(programme=programme, words=words, by=cleo, now=now).key
        for words in (WORDS, WORDS, arabic)
    ]
    assert made == ["finding-partners", "finding-partners-2", "module"]


def test_the_slower_of_two_editors_is_told(path, cleo, now):
    module = path[1]["impact"]
    edit_module(module=module, words={"minutes": 20}, version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        edit_module(module=module, words={"minutes": 90}, version=1, by=cleo, now=now)
    assert Module.objects.get(pk=module.pk).minutes == 20


def test_a_module_moves_within_its_unit_and_stays_at_its_edge(path, cleo, now):
    programme, modules = path
    move_module(module=modules["impact"], by_steps=-1, by=cleo, now=now)
    assert order(programme)[3:] == ["impact", "monitoring", "advocacy"]
    move_module(module=modules["impact"], by_steps=-1, by=cleo, now=now)
    assert order(programme)[3:] == ["impact", "monitoring", "advocacy"]


def test_a_unit_moves_whole(path, cleo, now):
    programme, modules = path
    move_unit(module=modules["impact"], by_steps=-1, by=cleo, now=now)
    assert units(programme) == [
        ["introduction"],
        ["knowledge_equity"],
        ["monitoring", "impact", "advocacy"],
        ["logic_models"],
    ]


def test_a_retired_module_leaves_the_path_and_can_be_put_back(path, cleo, now):
    programme, modules = path
    retire_module(module=modules["impact"], by=cleo, now=now)
    retire_module(module=modules["impact"], by=cleo, now=now)
    assert order(programme) == [key for key in KEYS if key != "impact"]
    restore_module(module=modules["impact"], by=cleo, now=now)
    verbs = [entry.verb for entry in Entry.objects.about(modules["impact"])]
    assert (order(programme), verbs) == (KEYS, ["retire", "restore"])


def test_who_is_given_a_module_is_told_once(path, cleo, now):
    module = path[1]["impact"]
    for _ in range(2):
        give_module(module=module, email="Mia@example.org", by=cleo, now=now)
    account = Account.objects.get(email="mia@example.org")
    letters = Letter.objects.filter(key="module_given").values_list("recipient", "subject")
    assert (module.maintainer, list(letters)) == (
        account,
        [(account.pk, "You maintain a module: Evaluating impact")],
    )


def test_nobody_maintains_it_where_the_address_is_left_empty(path, cleo, bo, now):
    module = path[1]["impact"]
    Module.objects.filter(pk=module.pk).update(maintainer=bo)
    module.refresh_from_db()
    give_module(module=module, email="", by=cleo, now=now)
    module.refresh_from_db()
    assert (module.maintainer, [entry.verb for entry in Entry.objects.about(module)]) == (
        None,
        ["release maintainer"],
    )


def test_somebody_invented_is_given_no_module_outside_a_rehearsal(path, cleo, now):
    with pytest.raises(InventedMaintainer):
        give_module(module=path[1]["impact"], email="x@rehearsal.invalid", by=cleo, now=now)


def test_who_leaves_maintains_nothing(path, bo, now):
    Module.objects.filter(key="impact").update(maintainer=bo)
    release_modules(account=bo, by=bo, now=now)
    assert Module.objects.maintained_by(bo).count() == 0


def test_modules_are_seen_where_the_programme_is(cleo, dan, now):
    programme = make_programme(cleo, now, is_published=False)
    make_modules(programme=programme, by=cleo, now=now)
    retire_module(module=programme.modules.get(key="impact"), by=cleo, now=now)
    seen = {
        "dan": Module.objects.visible_to(dan).count(),
        "cleo": Module.objects.visible_to(cleo).count(),
    }
    programme.is_published = True
    programme.save()
    seen["dan later"] = Module.objects.visible_to(dan).count()
    assert seen == {"dan": 0, "cleo": 6, "dan later": 5}
