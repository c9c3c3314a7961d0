"""Entries of reference data for tests, written as the administration would."""

from typing import Any

from products.models import (
    Application,
    BusinessCapability,
    FundingSource,
    Portfolio,
    Program,
    Service,
    TechnologyStandard,
)
from records.actors import SYSTEM
from records.acts import performing
from records.writing import save
from tests.cast import Cast


def entry(model: type, cast: Cast, code: str, **values: Any) -> Any:
    """One entry of the home department, or of `department`."""
    department = values.pop("department", cast.department)
    words = {"name_en": f"{code} in English", "name_fr": f"{code} en français"} | values
    row = model(department=department, code=code, **words)
    with performing():
        save(row, by=SYSTEM)
    return row


def a_portfolio(cast: Cast, code: str = "WORK", **values: Any) -> Portfolio:
    return entry(Portfolio, cast, code, **values)


def a_program(cast: Cast, code: str = "P-1", **values: Any) -> Program:
    return entry(Program, cast, code, **values)


def a_service(cast: Cast, code: str = "S-1", **values: Any) -> Service:
    program = (
        values.pop("program", None)
        or Program.objects.filter(department=values.get("department", cast.department)).first()
        or a_program(cast, **{key: values[key] for key in ("department",) if key in values})
    )
    return entry(Service, cast, code, program=program, **values)


def a_capability(cast: Cast, code: str = "C-1", **values: Any) -> BusinessCapability:
    return entry(BusinessCapability, cast, code, **values)


def an_application(cast: Cast, code: str = "APM-1", **values: Any) -> Application:
    return entry(Application, cast, code, **values)


def a_standard(cast: Cast, code: str = "T-1", **values: Any) -> TechnologyStandard:
    return entry(TechnologyStandard, cast, code, **values)


def a_funding_source(cast: Cast, code: str = "F-1", **values: Any) -> FundingSource:
    return entry(FundingSource, cast, code, **values)
