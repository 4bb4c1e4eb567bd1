"""Random small requests for the engine, and plain ones to begin from."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from talka.matching.engine import Party, Policy, Request, Ruling, Slot, Speaks, Topic, Trip
from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS

PARENTS = {"edit-a-thons": "events", "conferences": "events", "budgets": "finances"}
CAPACITIES = ("events", "edit-a-thons", "conferences", "budgets", "finances")
SPRING = date(2027, 3, 1)
POLICY = Policy(
    hard=tuple(RULES),
    weights={
        "topic": 5,
        "level": 2,
        "language": 2,
        "dates": 1,
        "format": 1,
        "wish": 2,
        "near": 1,
        "newcomer": 1,
    },
    unknown={"hours_overlap": "pass"},
    tie_break_seed="spring",
    parents=PARENTS,
    # The clocks of Warsaw change on 28 March, those of New York on 14 March.
    period=(SPRING, SPRING + timedelta(days=34)),
    zone="Europe/Warsaw",
    travels={"mentee_travels": "learner", "mentor_travels": "teacher"},
)
ADA = Party(
    key="ada",
    needs=(Topic("edit-a-thons", 1),),
    languages=(Speaks("pl", 6), Speaks("en", 3)),
    windows=((SPRING, SPRING + timedelta(days=9)),),
    formats=frozenset({"mentee_travels"}),
    country="PL",
    region="CEE",
)
BO = Party(
    key="bo",
    offers=(Topic("events", 5),),
    languages=(Speaks("lt", 6), Speaks("en", 4)),
    windows=((SPRING + timedelta(days=5), SPRING + timedelta(days=20)),),
    country="LT",
    region="CEE",
)


def member(random: Random, key: str, *, teaches: bool) -> Party:
    """Return a party of a lively market: most share something with somebody."""
    levels = (3, 5) if teaches else (1, 3)
    topics = tuple(Topic(name, random.randint(*levels)) for name in random.sample(CAPACITIES, 1))
    first = SPRING + timedelta(days=random.randint(0, 12))
    return Party(
        key=key,
        needs=() if teaches else topics,
        offers=topics if teaches else (),
        languages=tuple(Speaks(code, random.randint(2, 6)) for code in random.sample(("en", "pl", "lt"), 2)),
        windows=((first, first + timedelta(days=random.randint(2, 9))),),
        formats=frozenset(random.sample(("mentee_travels", "mentor_travels"), random.randint(0, 2))),
        country=random.choice(("PL", "LT", "LV", "EE")),
        region="CEE",
        places=random.choice((1, 1, 2)),
        priority=random.randint(1, 2),
        newcomer=random.random() < 0.3,
    )


def market(seed: int, learners: int, teachers: int) -> Request:
    """Return a lively market of that size, the same for the same seed."""
    random = Random(seed)
    return Request(
        tuple(member(random, f"learner{number}", teaches=False) for number in range(learners)),
        tuple(member(random, f"teacher{number}", teaches=True) for number in range(teachers)),
        POLICY,
    )


windows = st.none() | st.lists(st.tuples(st.integers(0, 12), st.integers(1, 9)), min_size=1, max_size=2).map(
    lambda spans: tuple((SPRING + timedelta(days=a), SPRING + timedelta(days=a + n)) for a, n in spans)
)
topics = st.lists(
    st.builds(Topic, st.sampled_from(CAPACITIES), st.integers(1, 5), st.integers(1, 3)),
    max_size=2,
    unique_by=lambda topic: topic.capacity,
    min_size=1,
).map(tuple)
languages = st.lists(
    st.builds(Speaks, st.sampled_from(("en", "pl", "lt")), st.integers(0, 6)),
    max_size=2,
    unique_by=lambda language: language.code,
    min_size=1,
).map(tuple)
slots = st.builds(
    Slot,
    st.integers(0, 6),
    st.sampled_from((0, 540, 600, 1080, 1335)),
    st.sampled_from((60, 100, 720, 1200, 1440)),
)
hours = st.none() | st.lists(slots, max_size=3).map(tuple)
zones = st.sampled_from(("Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"))


@st.composite
def parties(draw, prefix: str, others: str) -> tuple[Party, ...]:
    """Draw up to four parties of one side."""
    keys = [f"{prefix}{number}" for number in range(draw(st.sampled_from((4, 3, 4, 2, 1, 0))))]
    few_others = st.lists(
        st.sampled_from([f"{others}{number}" for number in range(4)]), max_size=2, unique=True
    )
    return tuple(
        Party(
            key=key,
            needs=draw(topics),
            offers=draw(topics),
            languages=draw(languages),
            windows=draw(windows),
            formats=draw(st.frozensets(st.sampled_from(("mentee_travels", "mentor_travels")), max_size=2)),
            country=draw(st.sampled_from(("", "PL", "LT", "LV"))),
            region=draw(st.sampled_from(("", "CEE", "Africa"))),
            places=draw(st.sampled_from((0, 1, 1, 1, 2))),
            priority=draw(st.integers(1, 3)),
            avoids=(avoided := draw(few_others.map(lambda keys: frozenset(keys[1:])))),
            wishes=tuple(wished for wished in draw(few_others) if wished not in avoided),
            newcomer=draw(st.booleans()),
            hours=draw(hours),
            zone=draw(zones),
            earlier=draw(few_others.map(lambda keys: frozenset(keys[1:]))),
        )
        for key in keys
    )


@st.composite
def policies(draw) -> Policy:
    """Draw a policy with a few hard rules, so that some pairs remain."""
    hard = draw(st.lists(st.sampled_from(list(RULES)), unique=True, max_size=3))
    names = st.sampled_from(list(PARTS))
    return Policy(
        hard=tuple(hard),
        weights=draw(st.dictionaries(names, st.integers(0, 3), max_size=5)) | {"topic": 2, "format": 1},
        unknown={rule: draw(st.sampled_from(("pass", "fail"))) for rule in hard},
        minimum_language_level=draw(st.integers(0, 4)),
        fewest_days=draw(st.integers(1, 3)),
        parents=PARENTS,
        tie_break_seed=draw(st.sampled_from(("", "a", "b"))),
        period=POLICY.period,
        zone=POLICY.zone,
        travels=POLICY.travels,
        understands={"pl>lt": draw(st.integers(0, 4)), "lt>pl": 3},
        trips={"PL>LT": Trip(draw(st.integers(0, 1200)), draw(st.booleans())), "LT>PL": Trip(150)},
        fewest_meetings=draw(st.integers(1, 5)),
        meeting_minutes=draw(st.sampled_from((30, 60, 100))),
    )


@st.composite
def requests(draw) -> Request:
    """Draw a request whose locks and bans do not contradict each other or the places."""
    learners, teachers = draw(parties("learner", "teacher")), draw(parties("teacher", "learner"))
    room = {party.key: party.places for party in (*learners, *teachers)}
    rulings = []
    for learner in learners:
        for teacher in teachers:
            kind = draw(st.sampled_from(("", "", "", "", "", "", "", "", "lock", "ban")))
            if kind == "lock":
                if not room[learner.key] or not room[teacher.key]:
                    continue
                room[learner.key] -= 1
                room[teacher.key] -= 1
            if kind:
                rulings.append(Ruling(kind, learner.key, teacher.key))
    return Request(learners, teachers, draw(policies()), tuple(rulings))
