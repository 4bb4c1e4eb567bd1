"""Every field is classified, and only fields that exist are."""

from django.apps import apps

from talka.people.models import Account
from talka.privacy.inventory import classes, classified_fields, existing_fields, subjects, untouched


def test_every_field_has_a_class():
    assert existing_fields() - set(classified_fields()) == set()


def test_no_class_names_a_field_that_is_gone():
    assert set(classified_fields()) - existing_fields() == set()


def test_every_class_that_a_field_names_is_described():
    assert set(classified_fields().values()) - set(classes()) == set()


def test_the_inventory_would_miss_a_new_field():
    with_a_new_one = existing_fields() | {"people.Account.shoe_size"}
    assert with_a_new_one - set(classified_fields()) == {"people.Account.shoe_size"}


def tables():
    """List the tables of Talka's own rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("talka.")]


def exporting(kinds):
    """Return the tables with a field that an export shows."""
    known = classes()
    return {field.rpartition(".")[0] for field, kind in kinds.items() if known[kind].exported != "no"}


def leads_to(model, way):
    """Return the table to which a way leads, or the name of an address."""
    for step in way.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        if field.name == "email" or getattr(field, "primary_key", False):
            return step
        model = field.related_model
    return model


def test_every_table_with_something_to_export_says_whose_it_is():
    assert exporting(classified_fields()) == {model._meta.label for model in subjects()}


def test_the_list_of_subjects_would_miss_a_new_table():
    with_a_new_one = classified_fields() | {"people.Shoe.size": "identity"}
    known = {model._meta.label for model in subjects()}
    assert exporting(with_a_new_one) - known == {"people.Shoe"}


def test_every_way_leads_to_a_person():
    ends = {leads_to(model, way) for model, ways in subjects().items() for way in ways.own + ways.acted}
    assert ends == {Account, "email", "pk"}


def test_every_field_that_points_to_a_person_is_a_way():
    pointing = {
        (model, field.name)
        for model in tables()
        for field in model._meta.concrete_fields
        if field.related_model is Account
    }
    ways = {(model, way) for model, ways in subjects().items() for way in ways.own + ways.acted}
    assert pointing - ways == set()


def test_every_address_that_is_kept_is_a_way():
    kept = {
        (model, "email") for model in tables() for one in model._meta.concrete_fields if one.name == "email"
    }
    ways = {(model, way) for model, ways in subjects().items() for way in ways.own}
    assert kept - ways == {(Account, "email")}


def test_what_is_left_untouched_exists():
    assert untouched() - existing_fields() == set()


def test_the_classes_say_what_export_and_erasure_can_do():
    assert {kind.exported for kind in classes().values()} == {"own", "acted", "no"}
    assert {kind.erasing for kind in classes().values()} == {"empty", "unname", "keep"}
