"""One body, however reports spell it, is one origin; reasons name it as the beat does."""

from pathlib import Path

from onrecord.beat import load
from onrecord.flow import opened


def test_the_inspectorate_of_the_example_is_one_origin_with_its_chief(railway_db: Path) -> None:
    with opened(str(railway_db)) as view:
        assert [e.key for e in view.entities("Inspectorate")] == ["inspectorate"]
        (bored,) = [p for p in view.positions("Dvenka tunnel", "bored") if getattr(p.value, "low", None) == 71]
        origins = view.origins(bored.id)
        assert origins is not None and (origins.low, origins.high) == (2, 3)
        (fold,) = origins.foldings
        assert "Joaquim Aslanbeyrin speaks for Rail Safety Inspectorate" in fold.reason


def test_reasons_have_names_and_no_keys(railway_db: Path) -> None:
    keys = {o.key for o in load("railway").outlets if "-" in o.key}
    with opened(str(railway_db)) as view:
        reasons = [f.reason for o in view.derived().origins.values() for f in o.foldings]
    assert len(reasons) > 20 and not [r for r in reasons if "‹" in r or any(k in r.split() for k in keys)]
