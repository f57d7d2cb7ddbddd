"""Names and greetings: the shapes that went wrong elsewhere (one letter per household, deaths, overflow)."""

from crm_app.features.constituents.naming import Member, Named, Names, household, names


def person(first: str = "", last: str = "", **more) -> Named:
    return Named(first=first, last=last, **more)


def of(*people: Named, **more) -> Names:
    return household([Member(who) for who in people], **more)


def test_a_person_is_shown_sorted_and_greeted():
    maria = names(person("María Fernanda", "Okonkwo", nickname="Mafe", prefix="Ms."))
    assert maria == Names(
        "María Fernanda Okonkwo", "okonkwo maria fernanda", "Mafe", "Ms. Okonkwo", "Ms. María Fernanda Okonkwo"
    )


def test_somebody_without_a_name_is_called_by_their_email():
    assert names(person(fallback="a@example.org")).display == "a@example.org"
    assert names(person()).display == "No name yet"


def test_the_dead_are_never_greeted():
    gone = names(person("Ada", "Lund", deceased=True))
    assert (gone.display, gone.greeting, gone.addressee) == ("Ada Lund", "", "")


def test_organizations_sort_without_their_article():
    assert names(Named(kind="organization", name="The Open Door")).sort == "open door"


def test_a_shared_surname_is_said_once():
    smiths = of(person("Jerry", "Smith"), person("Beth", "Smith"))
    assert smiths.display == "The Smith family"
    assert smiths.greeting == "Jerry and Beth"
    assert smiths.addressee == "Jerry and Beth Smith"


def test_a_surname_written_in_capitals_is_the_same_surname():
    assert of(person("Jerry", "Smith"), person("Beth", "SMITH")).addressee == "Jerry and Beth Smith"


def test_a_surname_typed_into_the_first_name_is_not_doubled_for_the_others():
    said = of(person("Jerry", "Smith"), person("Beth Smith", "Smith")).addressee
    assert "Smith Smith" not in said.replace("Beth Smith Smith", "")


def test_two_surnames_are_both_said():
    pair = of(person("Jerry", "Smith"), person("Beth", "Jones"))
    assert pair.display == pair.addressee == "Jerry Smith and Beth Jones"


def test_prefixes_and_suffixes_keep_each_name_whole():
    pair = of(person("Martin", "King", suffix="Jr."), person("Coretta", "King", prefix="Dr."))
    assert pair.addressee == "Martin King Jr. and Dr. Coretta King"
    assert pair.formal_greeting == "Martin King and Dr. King"


def test_children_are_in_the_family_but_not_in_the_letter():
    family = household(
        [Member(person("Ade", "Okonkwo")), Member(person("Ifeoma", "Okonkwo"), child=True)],
    )
    assert (family.display, family.greeting) == ("The Okonkwo family", "Ade")


def test_a_child_alone_is_still_greeted():
    assert household([Member(person("Ifeoma", "Okonkwo"), child=True)]).greeting == "Ifeoma"


def test_letters_never_address_the_dead():
    family = of(person("Ade", "Okonkwo", deceased=True), person("Mafe", "Okonkwo"))
    assert "Ade" not in family.addressee + family.greeting + family.formal_greeting


def test_when_nobody_lives_any_more_the_household_keeps_its_name_and_gets_no_letters():
    before = Names("The Okonkwo family", "okonkwo", "Ade and Mafe", "", "")
    after = of(person("Ade", "Okonkwo", deceased=True), before=before)
    assert (after.display, after.greeting, after.addressee) == ("The Okonkwo family", "", "")


def test_a_household_is_never_anonymous():
    assert of(person("Bo")).display == "Bo’s household"
    assert of(person(fallback="x@example.org")).display == "Household of x@example.org"
    assert "Anonymous" not in of(person()).display


def test_many_names_do_not_overflow_the_line():
    crowd = of(*(person(f"Bartholomew{n}", f"Featherstonehaugh{n}") for n in range(6)))
    assert len(crowd.addressee) < 120
    assert crowd.addressee.endswith("and family")


def test_members_are_left_out_where_they_asked():
    pair = household([Member(person("Jo", "Roe")), Member(person("Sam", "Roe"), in_greeting=False, in_formal=False)])
    assert (pair.greeting, pair.addressee) == ("Jo", "Jo Roe")


def test_the_order_is_the_households_own():
    one, two = person("Zoe", "Roe"), person("Al", "Roe")
    assert of(one, two).greeting == "Zoe and Al"
    assert of(two, one).greeting == "Al and Zoe"
