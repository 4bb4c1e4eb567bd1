"""Every field is classified, and only fields that exist are."""

from talka.privacy.inventory import classes, classified_fields, existing_fields


def test_every_field_has_a_class():
    assert existing_fields() - set(classified_fields()) == set()


def test_no_class_names_a_field_that_is_gone():
    assert set(classified_fields()) - existing_fields() == set()


def test_every_class_that_a_field_names_is_described():
    assert set(classified_fields().values()) - set(classes()) == set()


def test_the_inventory_would_miss_a_new_field():
    with_a_new_one = existing_fields() | {"people.Account.shoe_size"}
    assert with_a_new_one - set(classified_fields()) == {"people.Account.shoe_size"}
