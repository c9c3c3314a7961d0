"""The catalogue lists what is coming, live and retiring: a function of the phase alone."""

from datetime import date

import pytest

from products.models import Product
from products.states import Phase
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.writing import save

STAGES = {"transition": "coming", "operate": "live", "improve": "live", "retire": "retiring"}


def in_phase(product, phase):
    mandate = give_mandate(kind=MandateKind.OPENING, what="phase", subject=product, reference="Paper", by=SYSTEM)
    row = Product.objects.get(pk=product.pk)
    row.phase, row.phase_since, row.phase_mandate = phase, date(2026, 5, 4), mandate
    row.summary_en, row.summary_fr = "Apply once", "Une seule demande"
    row.support_contact = "help@home.example"
    save(row, by=SYSTEM)


@pytest.mark.parametrize("phase", Phase.values)
def test_phase_alone_lists_a_product(cast, client_of, phase):
    if phase != "strategy":
        in_phase(cast.product, phase)
    client = client_of("colleague")
    rows = b"".join(client.get("/en/catalogue/?format=csv").streaming_content).decode().splitlines()[1:]
    assert len(rows) == int(phase in STAGES)
    if rows:
        assert STAGES[phase] in rows[0]
        assert "2026-05-04" in rows[0]
        assert "help@home.example" in rows[0]


def test_catalogue_filters_speaks_french_and_stays_in_the_department(cast, client_of):
    in_phase(cast.product, "improve")
    client = client_of("colleague")
    assert "One product is live" in client.get("/en/catalogue/").content.decode()
    assert "Apply once" in client.get("/en/catalogue/?stage=live&q=seeker").content.decode()
    assert "Apply once" not in client.get("/en/catalogue/?stage=coming").content.decode()
    assert "Une seule demande" in client.get("/fr/catalogue/?sort=-since").content.decode()
    assert "Apply once" not in client_of("stranger").get("/en/catalogue/").content.decode()
