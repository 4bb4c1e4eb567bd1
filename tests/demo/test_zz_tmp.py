import cProfile, pstats, pytest
from talka.demo.rehearsal import rehearse
from talka.demo.scene import found_programme
@pytest.mark.django_db
def test_it(now):
    programme, everybody = found_programme(now=now)
    p=cProfile.Profile(); p.enable()
    rehearse(programme=programme, size=20, by=everybody["cleo"], now=now)
    p.disable(); pstats.Stats(p).sort_stats("cumulative").print_stats(70)
