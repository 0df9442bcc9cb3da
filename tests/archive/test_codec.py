"""The codec: values survive the way to bytes and back, and equal values give equal bytes."""

from hypothesis import HealthCheck, given, settings

from retrotui.archive import dumps, loads
from retrotui.retro import Retro, problems
from tests.strategies import retros

lenient = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@lenient
@given(retros())
def test_a_retro_comes_back_from_its_file_as_it_was(retro: Retro) -> None:
    assert problems(retro) == ()
    data = dumps(retro)
    assert loads(data) == retro
    assert dumps(loads(data)) == data
