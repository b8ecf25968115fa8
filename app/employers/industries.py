"""Industries: a fixed list, each with a name that pages translate."""

from app.web.languages import N_

INDUSTRIES = {
    "internet": N_("Internet and software"),
    "ai": N_("Artificial intelligence"),
    "games": N_("Games"),
    "ecommerce": N_("Online retail"),
    "finance": N_("Banking, insurance, finance"),
    "electronics": N_("Electronics and devices"),
    "semiconductors": N_("Semiconductors"),
    "telecom": N_("Telecommunications"),
    "outsourcing": N_("Consulting and outsourcing"),
    "education": N_("Education"),
    "media": N_("Media, advertising, entertainment"),
    "cars": N_("Cars and transport equipment"),
    "manufacturing": N_("Other manufacturing"),
    "logistics": N_("Logistics and delivery"),
    "retail": N_("Shops, food, hospitality"),
    "health": N_("Health and medicine"),
    "property": N_("Construction and property"),
    "energy": N_("Energy and resources"),
    "public": N_("Public sector and research"),
    "other": N_("Something else"),
}
