"""How the demonstration reads, reviews and decides."""

from talka.demo.scene import Scene
from talka.screening.actions import (
    override_verdict,
    prepare_decision,
    release_decisions,
    save_review,
    submit_review,
)
from talka.screening.models import Outcome, Ruling

OUTCOMES = {
    "ada": (Outcome.ACCEPT, ""),
    "eva": (Outcome.ACCEPT, ""),
    "filip": (Outcome.ACCEPT, ""),
    "hugo": (
        Outcome.DECLINE,
        "You receive a General Support Fund grant, so the mentee's side is not open to you.",
    ),
    "bo": (Outcome.ACCEPT, ""),
    "greta": (Outcome.ACCEPT, ""),
    "jan": (Outcome.ACCEPT, ""),
}


def review_and_prepare(scene: Scene, *, day: int) -> None:
    """Review every mentee, settle what needs a person, and prepare the decisions."""
    now = scene.at(day)
    rosa, cleo = scene.everybody["rosa"], scene.cleo
    scores = {score.key: score.highest - 1 for score in scene.cycle.plan.scores}
    for who, (outcome, note) in OUTCOMES.items():
        application = scene.applications[who]
        comment = "A clear problem, and they know how they will see that it is solved."
        review = save_review(
            application=application, scores=scores, comment=comment, version=0, by=rosa, now=now
        )
        submit_review(review=review, by=rosa, now=now)
        for verdict in application.verdicts.filter(ruling=Ruling.PERSON):
            why = "We know them from the last meetings."
            override_verdict(verdict=verdict, ruling=Ruling.PASS, note=why, by=cleo, now=now)
        prepare_decision(application=application, outcome=outcome, note=note, by=cleo, now=now)


def decide_together(scene: Scene, *, day: int) -> None:
    """Release the decisions, all at once."""
    release_decisions(cycle=scene.cycle, by=scene.cleo, now=scene.at(day))
    for application in scene.applications.values():
        application.refresh_from_db()
