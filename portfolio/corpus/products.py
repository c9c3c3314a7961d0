"""Products of the corpus with their links, their teams and the money of three years."""

from people.models import Capacity
from portfolio.corpus.counts import Counts
from portfolio.corpus.organisation import OF_PRODUCTS
from portfolio.corpus.rows import AT, fill, keep_history, key
from products.models import ApplicationManaged, BudgetLine, Position, Product, RoleAssignment, ServiceEnabled
from records.models import Mandate

PHASES = "(ARRAY['strategy','design','transition','operate','operate','operate','improve','retire'])[i % 8 + 1]"
SINCE = "date '2023-09-11'"
ROLES = (
    *("head_of_product", "product_manager", "product_owner", "security_champion", "change_coordinator"),
    *("support_manager", "it_manager"),
)


class Numbers:
    """How product number i of the corpus finds its department, its family and its people."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.products = f"generate_series(1, {counts.products}) i"
        self.department = f"(i - 1) % {counts.departments} + 1"
        # The fifth, tenth, … product of a department is a member of the family of the one before it.
        self.is_member = f"(i - 1) / {counts.departments} % 5 = 4"
        self.heads = (
            f"(SELECT i, row_number() OVER (ORDER BY i) - 1 AS h FROM {self.products} "  # noqa: S608
            f"WHERE NOT {self.is_member}) heads"
        )

    @property
    def head_count(self) -> int:
        """How many products head a family."""
        d = self.counts.departments
        return sum((i - 1) // d % 5 != 4 for i in range(1, self.counts.products + 1))

    def person(self, offset: str) -> str:
        """A person of the product's department, another one for each offset."""
        d, each = self.counts.departments, self.counts.people // self.counts.departments
        return key("person", f"((i - 1) / {d} * 7 + {offset}) % {each} * {d} + {self.department}")


def fill_products(counts: Counts) -> None:
    """Products, links and teams."""
    numbers = Numbers(counts)
    fill(
        Mandate,
        f"{numbers.products} WHERE {PHASES} <> 'strategy'",
        id=key("phase mandate", "i"),
        kind="'opening'",
        what="'phase'",
        subject_id=f"{key('product', 'i')}::text",
        reference="'Corpus, sheet ' || i",
        by_id="'corpus'",
        by_name="'Corpus'",
        at=AT,
    )
    parent = key("product", f"i - {counts.departments}")
    fill(
        Product,
        numbers.products,
        id=key("product", "i"),
        code="'C-' || lpad(i::text, 5, '0')",
        name_en="'Product ' || lpad(i::text, 5, '0')",
        name_fr="'Produit ' || lpad(i::text, 5, '0')",
        summary_en="'What product ' || i || ' is for.'",
        summary_fr="'Ce à quoi sert le produit ' || i || '.'",
        level="'cio'",
        orientation="CASE WHEN i % 2 = 0 THEN 'internal' ELSE 'external' END",
        department_id=key("department", numbers.department),
        sponsoring_branch_id=key("branch", numbers.department, "1"),
        portfolio_id=key("Portfolio", numbers.department, "i % 2 + 1"),
        parent_id=f"CASE WHEN {numbers.is_member} THEN {parent} END",
        head_id=f"CASE WHEN {numbers.is_member} THEN {parent} ELSE {key('product', 'i')} END",
        phase=PHASES,
        phase_since=f"CASE WHEN {PHASES} <> 'strategy' THEN {SINCE} END",
        phase_mandate_id=f"CASE WHEN {PHASES} <> 'strategy' THEN {key('phase mandate', 'i')} END",
    )
    keep_history(Product)
    _links(numbers)
    _teams(numbers)
    _money(numbers)


def _links(numbers: Numbers) -> None:
    fill(
        ServiceEnabled,
        f"{numbers.products}, generate_series(1, 2) n",
        id=key("service enabled", "i", "n"),
        product_id=key("product", "i"),
        service_id=key("Service", numbers.department, "(i + n) % 4 + 1"),
    )
    fill(
        ApplicationManaged,
        f"{numbers.products}, generate_series(1, 2) n",
        id=key("application managed", "i", "n"),
        product_id=key("product", "i"),
        application_id=key("Application", numbers.department, "(i + n) % 5 + 1"),
    )
    keep_history(ServiceEnabled)
    keep_history(ApplicationManaged)


def _teams(numbers: Numbers) -> None:
    """Every role of every family held, and five positions."""
    roles = ", ".join(f"({n}, '{role}')" for n, role in enumerate(ROLES))
    source = f"{numbers.heads}, (VALUES {roles}) r(n, kind)"
    fill(
        RoleAssignment,
        source,
        id=key("role", "i", "r.n"),
        product_id=key("product", "i"),
        kind="r.kind",
        person_id=numbers.person("r.n"),
        starts_on=SINCE,
    )
    fill(
        Capacity,
        source,
        id=key("role capacity", "i", "r.n"),
        person_id=numbers.person("r.n"),
        kind="r.kind",
        scope="'product'",
        scope_id=key("product", "i"),
        starts_on=SINCE,
        source_kind="'products.roleassignment'",
        source_id=key("role", "i", "r.n"),
    )
    fill(
        Position,
        f"{numbers.heads}, generate_series(1, 5) n ORDER BY n",
        id=key("position", "i", "n"),
        product_id=key("product", "i"),
        number="'P-' || i || '-' || n",
        title_en="'Position ' || n",
        title_fr="'Poste ' || n",
        branch_id=key("branch", numbers.department, "n % 3 + 1"),
        reports_to_id=f"CASE WHEN n > 1 THEN {key('position', 'i', '1')} END",
        vacant_since=SINCE,
        starts_on=SINCE,
    )
    keep_history(RoleAssignment)
    keep_history(Position)


def _money(numbers: Numbers) -> None:
    fill(
        BudgetLine,
        f"{numbers.heads}, generate_series(2024, 2027) y",
        id=key("budget line", "i", "y"),
        product_id=key("product", "i"),
        fiscal_year="y",
        source_id=key("FundingSource", numbers.department, f"i % {OF_PRODUCTS} + 1"),
        kind="'salary'",
        planned="100000 + i % 50 * 10000",
        secured="CASE WHEN y < 2027 THEN 100000 + i % 50 * 10000 END",
        actual="CASE WHEN y < 2026 THEN 90000 + i % 50 * 10000 END",
        actual_to="CASE WHEN y < 2026 THEN make_date(y + 1, 3, 31) END",
    )
    keep_history(BudgetLine)
