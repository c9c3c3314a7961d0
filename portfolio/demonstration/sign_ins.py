"""Who to sign in as: one line for each part in the cast, with the page that is for them."""

from dataclasses import dataclass

from portfolio.demonstration.organisation import PERSON, address
from portfolio.demonstration.reading import read, rows

CAST = """
pm_jobs   | Product Manager            | writes the brief and the roadmap: /en/products/JOBS/roadmap/
hop_jobs  | Head of Product            | publishes and confirms the brief: /fr/products/JOBS/brief/
po_jobs   | Product Owner              | orders milestones and answers demand: /fr/products/JOBS/roadmap/demand/
sec_one   | IT Security Champion       | keeps the boundaries of information and technology
chg_one   | Change Coordinator         | makes releases: /fr/products/JOBS/releases/
sup_one   | Product Support Manager    | keeps what users say
itm_jobs  | IT Manager                 | vets a roadmap year, keeps the structure
adm_emp   | Head of a branch (ADM)     | reads the executive view: /fr/products/JOBS/roadmap/2026/
dg_emp    | Director-General           | sees the products of the branch: /en/products/
exec      | Executive                  | reads across the department: /en/products/
cio       | Chief Information Officer  | the inventory and its exports: /en/products/
cfo       | Chief Financial Officer    | chairs the investment board, closes votes, records decisions: /fr/boards/
adm_ben   | Board member               | votes at the toll-gates: /en/boards/
board_sec | Board secretary            | calls meetings, sets agendas, keeps minutes: /en/boards/
portfolio | Portfolio manager          | registers, imports, enters opening positions: /en/products/
oversight | Corporate oversight        | sees drafts and stale briefs of every product
auditor   | Auditor                    | follows the trail: /en/products/PAY/history/
pm_pay    | Product Manager, payments  | a year of sixty milestones: /en/products/PAY/roadmap/2026/
pm_hav    | Product Manager, harbours  | the other department: /fr/products/HARBOUR/
admin     | Administrator              | departments, people, reference data: /en/admin/
"""


@dataclass(frozen=True)
class SignIn:
    """One member of the cast."""

    email: str
    name: str
    part: str
    hint: str


def sign_ins() -> list[SignIn]:
    """The cast in the order of the list above."""
    known = {}
    for told in read("organisation")["departments"]:
        for row in rows(read(f"people_{told['code']}")["people"], *PERSON):
            known[row["key"]] = (f"{address(row['name'])}@{told['domain']}", row["name"])
    return [SignIn(*known[row["key"]], row["part"], row["hint"]) for row in rows(CAST, "key", "part", "hint")]
