"""A small site made by hand, with every kind of page and block; one profile has the size of a real one."""

from __future__ import annotations

from dataclasses import replace

from cityfolio.narrative.sentence import Run, Sentence, text
from cityfolio.profile.acting_documents import (
    ActDocument,
    CardDocument,
    FigureRow,
    IndicatorDocument,
    IndicatorRow,
    IndicatorTable,
    JoinDocument,
    OutcomesDocument,
    PairDocument,
    SampleDocument,
    Spread,
    TagGroup,
)
from cityfolio.profile.document import (
    AnswersBlock,
    Block,
    ChartBlock,
    ChartRow,
    EarlierBlock,
    EditorialBlock,
    HeadItem,
    Item,
    MissingBlock,
    NoteBlock,
    ProfileDocument,
    RankingBlock,
    RankRow,
    RecommendationsBlock,
    RecommendedItem,
    Reference,
    Section,
    SentenceBlock,
)
from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.programme_documents import (
    CategoryColumn,
    Directory,
    DirectoryCountry,
    DirectoryRegion,
    DirectoryUnit,
    DocumentedChange,
    DocumentedFigure,
    DocumentedInstrument,
    DocumentedQuestion,
    DocumentedSection,
    HomeDocument,
    KeyNumber,
    MethodDocument,
    ProgrammeText,
    Released,
    ShareCell,
    ShareRow,
    SiteContent,
    UnitAnswer,
    VariableDocument,
    VariableEdition,
)
from cityfolio.profile.surroundings import Moved, Release, Surroundings

AREAS = {
    "digital_governance": ("Digital governance", 41),
    "environment": ("Environment and climate change", 38),
    "transport": ("Transport and mobility", 34),
    "economy": ("Economic development", 31),
    "inclusion": ("Social inclusion and equity", 29),
    "housing": ("Housing", 24),
    "welfare": ("Social welfare and social services", 19),
    "built": ("Built environment", 15),
    "works": ("Public works", 14),
    "labour": ("Labour market and skills", 13),
    "health": ("Health", 12),
    "culture": ("Culture", 11),
    "education": ("Education", 9),
    "policing": ("Policing and law enforcement", 8),
    "waste": ("Waste and sewage", 7),
    "land": ("Land use", 6),
    "tourism": ("Tourism", 5),
    "blight": ("Blight", 3),
    "finance": ("Government finance", 0),
}
# Variable: title, number of categories, the categories chosen. Together 95 rows, as on a real page.
CHARTS = {
    "outcomes": ("What innovation is helping to do", 10, (0, 1, 5)),
    "success_factors": ("What cities call critical to success", 10, (0, 2, 3, 4)),
    "policy_areas": ("Policy areas that cities give priority to", 19, (0, 16)),
    "roles": ("Skills and roles in innovation work", 8, ()),
    "terms": ("Terms that cities associate with innovation", 11, (2, 5)),
    "activities": ("Most common innovation activities", 7, (0, 1, 3, 4, 5)),
    "funding_sources": ("Where the money comes from", 5, (0, 1)),
    "funded_activities": ("What is funded", 6, (0, 2, 3)),
    "data_areas": ("Policy areas with sufficient data", 19, tuple(range(19))),
}
TITLES = {name: title for name, (title, _, _) in CHARTS.items()}


def fact(variable: str, category: str, measure: str = "share") -> str:
    """A fact id of the length that real ones have (about 45 characters)."""
    return f"2018-2020.{variable}.{category}.all.{measure}.responses"


def counted(before: str, variable: str, category: str, numbers: tuple[int, int], after: str) -> Sentence:
    count, of = numbers
    name = fact(variable, category)
    return (
        Run(before),
        Run(str(count), name, "numerator"),
        Run(" of "),
        Run(str(of), name, "base"),
        Run(" cities with an answer on record ("),
        Run(f"{(200 * count + of) // (2 * of)} %", name, "share"),
        Run(f"){after}"),
    )


def chart(variable: str) -> ChartBlock:
    title, size, chosen = CHARTS[variable]
    thin = variable == "funded_activities"
    rows = tuple(chart_row(variable, number, number in chosen) for number in range(size))
    return ChartBlock(
        variable=variable,
        title=title,
        subtitle=text("Of the cities of the pooled edition that answered in 2018 or 2020"),
        leads="published" if thin else "responses",
        thin=text("Too few answers are on record to lead: the published figures do, with ours beside them.")
        if thin
        else None,
        rows=rows,
        left_out=text("1 city has no answer on record and does not count."),
        notes=(("*", text("Offered in 2018 only.")), ("†", text("Offered in 2020 only."))) if thin else (),
        references=(
            Reference(text("Published: 50 %, survey of 147 cities, base not printed."), "https://example.org/method"),
        )
        if variable == "policy_areas"
        else (),
        source=text("Source: responses of 2018 and 2020."),
        published_note=text("Published: survey of 147 cities, base not printed; the longest bar is the largest number")
        if thin
        else (),
        published_url="https://example.org/method" if thin else "",
    )


def chart_row(variable: str, number: int, chosen: bool) -> ChartRow:
    code, (label, count) = list(AREAS.items())[number]
    thin = variable == "funded_activities"
    published = ("79", "51", "47", "36", "30", "")[number] if thin else ""
    return ChartRow(
        code=code,
        label=label,
        chosen=chosen,
        count=max(4 - number, 0) if thin else count,
        of=5 if thin else 85,
        per_cent=None if thin else (200 * count + 85) // 170,
        fact=fact(variable, code),
        length=(int(published or 0) / 79) if thin else count / 85,
        mark={2: "*", 5: "†"}.get(number, "") if thin else "",
        published=published,
        published_fact=fact(variable, code, "count").replace("responses", "published") if published else "",
    )


def ranking() -> RankingBlock:
    rows = tuple(
        RankRow(
            code=code,
            label=label,
            chosen=number in {0, 1, 3},
            rank=number + 1,
            rank_fact=fact("activities", code, "rank"),
            count=count,
            of=85,
            share_fact=fact("activities", code),
            published_rank=(2, 1, 3, 4, 5, 6, 7)[number],
            published_fact=fact("activities", code, "rank").replace("responses", "published"),
        )
        for number, (code, (label, count)) in enumerate(list(AREAS.items())[:7])
    )
    return RankingBlock(
        "activities",
        "The ranking of all cities",
        text("Not that of Busan: how often each activity was named by all cities"),
        rows,
        (text("The published order does not say how it was computed."),),
    )


def own(variable: str, *, help_text: str = "", own_words: str = "") -> AnswersBlock:
    title, _, chosen = CHARTS[variable]
    labels = [(code, label) for code, (label, _) in AREAS.items()]
    items = [Item(labels[number][1], labels[number][0], help_text) for number in chosen[:7]]
    if own_words:
        items.append(Item(own_words, own_words=True))
    return AnswersBlock(variable, title, "2020", tuple(items))


EDITORIAL = EditorialBlock(
    slot="spotlight",
    title="Spotlight: Eco Delta City",
    html="<p>Busan is building <em>Eco Delta City</em>, one of two pilot smart cities of the country. "
    "Water management and robotic services are its first fields.</p>"
    "<p>It is meant as a model for places that grow fast.</p>",
    language="en",
    source="Programme page of Busan",
    url="https://example.org/busan",
    date="2021",
)


def busan() -> ProfileDocument:
    return ProfileDocument(
        unit="busan-kor",
        name="Busan",
        country="Korea",
        edition="2018-2020",
        wave="2020",
        waves=("2020",),
        comparison=(
            Run("Answers of 2020, compared with "),
            Run("85", "2018-2020.responses", "value"),
            Run(" cities that answered in 2018 or 2020"),
        ),
        source_url="https://example.org/cities/busan-kor/",
        head=(
            HeadItem("mayor", text("Mayor Oh Keo-don"), "2020", personal=True),
            HeadItem(
                "population",
                (Run("Population "), Run("3,500,000", "busan-kor.population", "value"), Run(" (2019)")),
                "2020",
            ),
            HeadItem("website", (Run("Website: "), Run("https://example.org/smart-busan")), "2020"),
        ),
        in_short=(
            counted("Busan has a formal innovation strategy, as do ", "has_strategy", "yes", (44, 85), "."),
            counted("It names tourism as a priority, as do ", "policy_areas", "tourism", (5, 85), "."),
            counted("It has dedicated funding for innovation, as do ", "has_funding", "yes", (61, 72), "."),
            text("It has no dedicated team for innovation at present."),
        ),
        sections=(
            Section("outcomes", "What innovation is helping to do", (own("outcomes"), chart("outcomes"))),
            Section("factors", "What is critical to success", (own("success_factors"), chart("success_factors"))),
            Section("spotlight", "Spotlight", (EDITORIAL,)),
            Section("empty", "Never shown", (AnswersBlock("x", "Never shown", "2020", ()),)),
            Section(
                "vision",
                "Vision and approach to innovation capacity",
                (
                    SentenceBlock(
                        "strategy",
                        counted(
                            "Busan has a formal innovation strategy, as do ",
                            "has_strategy",
                            "yes",
                            (44, 85),
                            ".",
                        ),
                    ),
                    SentenceBlock(
                        "approach",
                        counted(
                            "It works on innovation as a whole and in single policy areas, as do ",
                            "approach",
                            "both",
                            (40, 81),
                            ".",
                        ),
                    ),
                ),
            ),
            Section(
                "policy-areas",
                "Policy areas in focus",
                (own("policy_areas", own_words="Blockchain & finance"), chart("policy_areas")),
            ),
            Section(
                "roles",
                "Roles and team",
                (
                    SentenceBlock("team", text("Busan has no dedicated team for innovation at present."), wave="2020"),
                    NoteBlock(
                        "team-wanted",
                        text(
                            "Busan calls a dedicated team critical to success. "
                            "That says what counts, not what is in place."
                        ),
                    ),
                    MissingBlock(("roles",), "not_on_record", text("Roles: no answer of 2020 is on record.")),
                    EarlierBlock(
                        "roles",
                        "Roles",
                        "2018",
                        text("In 2018 Busan named two roles."),
                        (Item("Project manager", "pm"), Item("town gardener", own_words=True)),
                    ),
                    chart("roles"),
                ),
            ),
            Section("terms", "Terms for innovation", (own("terms"), chart("terms"))),
            Section(
                "activities",
                "Most common activities",
                (
                    own(
                        "activities",
                        help_text="For instance a prototype of a programme for a lasting problem of the city",
                    ),
                    chart("activities"),
                    ranking(),
                ),
            ),
            Section(
                "funding",
                "How innovation is funded",
                (
                    SentenceBlock(
                        "funding",
                        counted("Busan has dedicated funding, as do ", "has_funding", "yes", (61, 72), "."),
                        wave="2020",
                    ),
                    own("funding_sources", help_text="Money that the council approves, or residents decide on"),
                    chart("funding_sources"),
                    own("funded_activities"),
                    chart("funded_activities"),
                ),
            ),
            Section(
                "data",
                "Data by policy area",
                (SentenceBlock("areas", text("Data suffice in all areas.")), chart("data_areas")),
            ),
            Section(
                "next",
                "What could come next",
                (
                    RecommendationsBlock(
                        "recommendations",
                        "Suggested by the answers",
                        (
                            RecommendedItem(
                                "paying", "Begin with paying", "A sentence.", text("Answers of 2020: none.")
                            ),
                        ),
                    ),
                ),
            ),
        ),
    )


def city(unit: str, name: str, country: str, wave: str = "2018") -> ProfileDocument:
    return ProfileDocument(
        unit,
        name,
        country,
        "2018-2020",
        wave,
        (wave,),
        text(f"Answers of {wave}, compared with the cities that answered in 2018 or 2020"),
        "",
        sections=(
            Section("roles", "Roles and team", (SentenceBlock("team", text(f"{name} has a team of its own.")),)),
        ),
    )


CITIES = {
    "Asia": {
        "Korea": [("busan-kor", "Busan", "Pusan 부산", "2020")],
        "Israel": [("beer-sheva-isr", "Be'er Sheva", "", "2018")],
    },
    "Europe": {
        "Germany": [("zwickau-deu", "Zwickau", "", "2018")],
        "Poland": [("lodz-pol", "Łódź", "Lodz", "2020")],
        "Portugal": [("lisbon-prt", "Lisbon", "Lisboa", "2018"), ("porto-prt", "Porto", "", "2020")],
    },
    "North America": {
        "Canada": [("montreal-can", "Montréal", "", "2020")],
        "United States": [
            (f"{name.lower().replace(' ', '-')}-us", name, "", "2018")
            for name in (
                "Akron",
                "Atlanta",
                "Austin",
                "Boston",
                "Denver",
                "El Paso",
                "Little Rock, AR",
                "Sioux Falls, SD",
            )
        ],
    },
}


def directory() -> Directory:
    return Directory(
        tuple(
            DirectoryRegion(
                continent,
                tuple(
                    DirectoryCountry(country, tuple(DirectoryUnit(*unit) for unit in units))
                    for country, units in countries.items()
                ),
            )
            for continent, countries in CITIES.items()
        )
    )


def variable(name: str) -> VariableDocument:
    title, size, _ = CHARTS[name]
    shown = list(AREAS.items())[:size]
    rows = tuple(
        ShareRow(
            code,
            label,
            "An explanation of this answer, as the questionnaire printed it" if number == 1 else "",
            (
                ShareCell(fact(name, code), count, 85, (200 * count + 85) // 170),
                ShareCell(fact(name, code).replace("2018-2020", "2018"), count // 2, 52, count),
                ShareCell("", None, None, None, "not offered")
                if number == 2
                else ShareCell(fact(name, code).replace("2018-2020", "2020"), 3, 8, None),
            ),
            (Reference(text("published: 50 %, survey of 147 cities, base not printed"), "https://example.org/method"),)
            if number == 0
            else (),
        )
        for number, (code, (label, count)) in enumerate(shown)
    )
    everyone = [unit for countries in CITIES.values() for units in countries.values() for unit in units]
    return VariableDocument(
        variable=name,
        label=title,
        wordings=(
            ("2018", "Which of these does your city do?"),
            ("2020", "Which of these does your city do today?"),
        ),
        help="Tick all that apply.",
        universe="cities with dedicated funding" if name.startswith("fund") else "",
        editions=tuple(
            VariableEdition(
                edition,
                edition_title,
                text("Cities with an answer on record, each with its latest."),
                text("1 city has no answer on record."),
            )
            for edition, edition_title in (("2018-2020", "2018–2020"), ("2018", "2018"), ("2020", "2020"))
        ),
        rows=rows,
        notes=(text("“Transport and mobility” was offered in 2018 only."),),
        chosen_by=tuple(
            CategoryColumn(
                code,
                label,
                tuple((unit, unit_name, wave) for unit, unit_name, _, wave in everyone[number % 4 :: 2])
                if number < 4
                else (),
            )
            for number, (code, (label, _)) in enumerate(shown)
        ),
        answers=(
            *(
                UnitAnswer(unit, unit_name, wave, ("Housing", "Health"), ("water <b>",), "", counts=True)
                for unit, unit_name, _, wave in everyone
            ),
            UnitAnswer("gone-xyz", "Gone", "2018", (), (), "not on record", counts=False),
        ),
    )


def method() -> MethodDocument:
    question = DocumentedQuestion(
        variable="policy_areas",
        label="Policy areas in focus",
        wording="Which policy areas does your city give priority to?",
        help="Up to five.",
        kind="several answers",
        evidence="own wording",
        universe="",
        counting="",
        cap=5,
        own_words=True,
        categories=tuple((code, label) for code, (label, _) in AREAS.items()),
        page=True,
    )
    return MethodDocument(
        editions=(("2018–2020", "Each city once, with its latest response."), ("2018", "One wave.")),
        missing=(
            ("not offered", "The list of that wave did not have the answer."),
            ("not on record", "No answer is known."),
        ),
        quantities=(("more than half", "51 % to 66 %"), ("one in four", "23 % to 27 %")),
        groups=(("Continent", "As in the list of cities."),),
        thin_base=10,
        instruments=(
            DocumentedInstrument(
                "2018",
                "Questionnaire of 2018",
                "In our own wording.",
                52,
                "2018.responses",
                (DocumentedSection("Vision", (question,)),),
            ),
            DocumentedInstrument(
                "2020",
                "Questionnaire of 2020",
                "",
                33,
                "2020.responses",
                (DocumentedSection("Vision", (question,)),),
            ),
        ),
        changes=(
            DocumentedChange(
                "2018, 2020",
                "Launching a project",
                "dropped",
                "not compared",
                "Not on the list of 2020.",
                "confirmed",
            ),
        ),
        figures=(
            DocumentedFigure(
                "2018-2020",
                "has_strategy",
                "yes",
                (
                    Run("50 %", "2018-2020.has_strategy.yes.all.share.published", "published"),
                    Run(", survey of 147 cities"),
                ),
                "https://example.org/method",
            ),
        ),
        findings=(("Busan, 2020", "Names a dedicated team as critical, and has none."),),
    )


PROGRAMME = ProgrammeText(
    title="Innovation capacity of cities",
    summary="How city governments organise, fund and use innovation: "
    "one page for every city, every number with its base.",
    about=(
        "A survey of city governments, in waves of 2018 and 2020.",
        "The answers on this site are on public record.",
    ),
    unit_one="city",
    unit_many="cities",
    unit_forms=(("one", "city"), ("other", "cities")),
    language="en",
    notice="This is not a site of the OECD or of Bloomberg Philanthropies. "
    "It shows answers that were published by their programme.",
    contact="errors@example.org",
    licence="facts free to use, texts CC BY 4.0.",
    sources=(("Survey site", "https://example.org/"), ("Report, 2019", "")),
)


AROUND = Surroundings(
    programme="sample",
    site_url="https://example.org/green/",
    publisher="Desk of the survey",
    releases=(
        Release("1.0", "2021-03-01", "First release", "All answers of 2018 and 2020."),
        Release("1.1", "2021-09-15", "Corrections", "Two answers of <Busan> & Seoul corrected."),
    ),
    moved=(Moved("unit", "pusan-kor", "busan-kor"), Moved("variable", "areas", "policy_areas")),
    tested="2021-09-01",
    test_result="No fault was found.",
)


def unmarked(name: str) -> ChartBlock:
    """A chart as it stands by itself: no unit's answers are marked."""
    made = chart(name)
    return replace(made, rows=tuple(replace(row, chosen=False) for row in made.rows))


def content() -> SiteContent:
    others = tuple(
        city(unit, name, country, wave)
        for countries in CITIES.values()
        for country, units in countries.items()
        for unit, name, _, wave in units
        if unit != "busan-kor"
    )
    return SiteContent(
        programme=PROGRAMME,
        edition="2018-2020",
        edition_title="2018–2020",
        home=HomeDocument(
            key_numbers=(
                KeyNumber("85", "2018-2020.responses", "value", text("cities with a page, in their latest wave")),
                KeyNumber(
                    "52 %",
                    fact("has_strategy", "yes"),
                    "share",
                    text("have a formal innovation strategy (44 of 85)"),
                ),
                KeyNumber(
                    "85 %",
                    fact("has_funding", "yes"),
                    "share",
                    text("have dedicated funding"),
                    (Run("61", fact("has_funding", "yes"), "numerator"), Run(" cities")),
                    (
                        Run("of "),
                        Run("72", fact("has_funding", "yes"), "base"),
                        Run(" cities with an answer on record"),
                    ),
                ),
            ),
            directory=directory(),
            variables=tuple((name, title) for name, (title, _, _) in CHARTS.items()),
        ),
        profiles=(busan(), *others),
        variables=tuple(variable(name) for name in CHARTS),
        method=method(),
        files=(
            Released(
                "data/facts.csv",
                "Facts",
                "One row per number on this site.",
                (("fact", "stable id"), ("numerator", "how many gave the answer"), ("base", "of how many")),
            ),
            Released("data/units.csv", "Cities", "One row per city.", ()),
        ),
        outcomes=outcomes(),
        act=act(),
        join=JoinDocument(
            "Add your city",
            "Who may join.",
            "<p>Any city.</p><h3>How</h3><ol><li>Write to us.</li></ol>",
            "en",
            "mailto:desk@example.org",
            "31 March",
        ),
        charts=tuple(EditionChart("2018-2020", "2018–2020", unmarked(name)) for name in CHARTS),
        around=AROUND,
    )


def outcomes() -> OutcomesDocument:
    name = "2018-2020.shade._.yes"
    row = IndicatorRow(
        "A formal strategy",
        (Run("44", f"{name}.mean", "base"),),
        (Run("26.8", f"{name}.mean", "value"),),
        (Run("25.1", f"{name}.median", "value"),),
        (Run("20.0", f"{name}.first_quartile", "value"), Run(" to "), Run("31.5", f"{name}.third_quartile", "value")),
        Spread(0.0, 0.25, 0.4, 0.75, 1.0),
    )
    thin = IndicatorRow("No strategy", (Run("4", f"{name}.mean", "base"),))
    everybody = replace(row, label="All cities with a figure", everybody=True)
    table = IndicatorTable("shade-by", "policy_areas", "Strategy", (row, thin, everybody), text("Without a figure: 3."))
    about = text("per cent of the length of streets, 2023. Higher is better.")
    indicator = IndicatorDocument("shade", "Streets in the shade", about, "", "Survey", "", "CC BY 4.0", (table,))
    pairs = tuple(
        PairDocument(
            f"pair-{number}",
            f"Satisfied with their city, by score {number}",
            text("Mean of each group, as published; base not printed"),
            (
                FigureRow("High score", (Run("86 %", f"published.high.{number}", "value"),), 0.86),
                FigureRow("Low score", (Run("82 %", f"published.low.{number}", "value"),), 0.82),
            ),
            "",
            "https://example.org/outcomes",
        )
        for number in (1, 2)
    )
    samples = tuple(SampleDocument(f"s{n}", f"Sample {n}", "Some cities.", (pair,)) for n, pair in enumerate(pairs, 1))
    return OutcomesDocument("", "What is measured.", ("Two kinds of figures.",), (indicator,), samples, 10)


def act() -> ActDocument:
    def card(name: str, *tags: tuple[str, str]) -> CardDocument:
        return CardDocument(
            id=name,
            title=f"Begin with {name}",
            summary="A sentence about it.",
            html="<p>Why.</p><ul><li>First.</li><li>Then.</li></ul>",
            language="en",
            tags=tags,
            variables=(("policy_areas", "Policy areas"),),
            applies=("Dedicated team: No",),
            sources=(("A report", "https://example.org/report"),),
        )

    one, two = ("evaluation", "Evaluation"), ("funding", "Funding")
    groups = (
        TagGroup(*one, (card("measuring", one),), (("paying", "Begin with paying"),)),
        TagGroup(*two, (card("paying", two, one),), ()),
    )
    return ActDocument("", "What comes next.", ("Advice.",), (("Capacity", groups),), (card("resting"),))


def long_worded() -> SiteContent:
    """The sample with words that no line can hold: names, answers in own words, and who leads the city."""
    name, words = "Krungthep" * 13 + "m", "Oberverwaltungs" * 20
    sample = content()
    head = HeadItem("mayor", (Run(words),), "2020", personal=True)
    roles = Section("long", words, (AnswersBlock("roles", words, "2018", (Item(words, help=words, own_words=True),)),))
    profile = replace(busan(), name=name, country=name, head=(head,), sections=(*map(_long, busan().sections), roles))
    unit = DirectoryUnit("busan-kor", name, "", "2020")
    region = DirectoryRegion(name, (DirectoryCountry(name, (unit, unit)),))
    answer = UnitAnswer("busan-kor", name, "2020", (words,), (words,), "", counts=True)
    variables = tuple(
        replace(
            v,
            rows=tuple(replace(row, label=words, help=words) for row in v.rows),
            chosen_by=(CategoryColumn("a", words, (("busan-kor", name, "2020"),)),),
            answers=(answer,),
        )
        for v in sample.variables
    )
    home = replace(sample.home, directory=Directory((region,)), variables=(("roles", words),))
    return replace(sample, profiles=(profile,), variables=variables, home=home)


def _long(section: Section) -> Section:
    return replace(section, blocks=tuple(_with_long_rows(block) for block in section.blocks))


def _with_long_rows(block: Block) -> Block:
    words = "Oberverwaltungs" * 20
    match block:
        case ChartBlock():
            return replace(block, title=words, rows=tuple(replace(row, label=words) for row in block.rows))
        case RankingBlock():
            return replace(block, title=words, rows=tuple(replace(row, label=words) for row in block.rows))
        case _:
            return block
