"""The card's section on simulated outlets, and its plot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from pygal import Config, Line
from pygal.style import Style

from training.card_markdown import NOTHING, number, percent, rate, table

PLOT = "simulation.svg"
BAR = (0.88, 0.92)
_GREY = "#777777"
_COLOURS = (
    *("#d55e00", "#e69f00", "#cc79a7", "#882255", "#aa4499"),
    *("#009e73", "#56b4e9", "#117733", "#999933", "#332288"),
)
_DASHED = {"width": 1, "dasharray": "6, 4"}
_NAMES = {"mean": "inferred", "raw": "raw share", "shrunken": "shrunken share"}
_HEADS = [f"{measure} {name}" for measure in ("error", "τ") for name in _NAMES.values()]


def simulation_card(figures: Mapping[str, Any]) -> list[str]:
    """Write the section, a paragraph or table an item, from what ``simulate`` measured."""
    says, drawn = figures["classifier"], figures["drawn"]
    fewest, most = drawn["outlets"]
    level = _percent_sign(figures["level"])
    return [
        "## Outlets' rates, simulated",
        f"{figures['outlets']:,} outlets in {figures['worlds']:,} worlds of {fewest} to {most}, "
        "their rates drawn from the population that the scoring model states (scoring version "
        f"{figures['scoring_version']}); up to {drawn['stories']:,} stories each, of which "
        f"{_percent_sign(drawn['tested'])} are tested, whether they hold or not. A simulated "
        f"classifier names one of {says['relations']} relations rightly in "
        f"{percent(says['accuracy'])} per cent and is calibrated (ECE {number(says['ece'])}); "
        "records are kept and rates inferred by the scorer's own functions. An outlet is given an "
        "interval here even where the scorer would call its evidence insufficient.",
        f"### How often the {level} intervals cover the rate",
        "Per cent, with the 95 % Wilson interval and the counts, by tested stories (of that "
        "sourcing, for a sourcing's rate). The bar is 88 to 92. *Its stories*: the same interval "
        "against what holds of all that the outlet publishes, which depends on its mix of "
        "sourcings and is not what the interval is about.",
        table(
            ["tested stories", "outlet's rate", "anonymous", "named", "its stories", "width"],
            _coverage(figures),
        ),
        f"![Coverage by tested stories, calibrated and under stress]({PLOT})",
        "### Inferred rates beside shares of stories that seem to hold",
        "*Raw*: the share of tested stories with evidence above 0; *shrunken*: the same with the "
        "beta prior that has the population's mean and variance. Both take the classifier at its "
        "word. Mean absolute error against the true rate, and Kendall's τ with it among all "
        "outlets of a row.",
        table(
            ["tested stories", "bias", *_HEADS],
            (
                [found["tested"], _signed(found["bias"]), *_estimates(found)]
                for found in figures["calibrated"]
            ),
        ),
        "Kendall's τ among the tested outlets of a world, mean over worlds (95 % interval).",
        table(
            ["outlets in the world", "worlds", *_NAMES.values()],
            (
                [found["outlets"], str(found["worlds"]), *(_tau(found[name]) for name in _NAMES)]
                for found in figures["ranking"]
            ),
        ),
        "### Under stress",
        f"{figures['stress_worlds']:,} worlds each: coverage in per cent, and in brackets the "
        "bias (inferred less true rate), by tested stories.",
        table(
            ["what the model does not know", *(found["tested"] for found in figures["calibrated"])],
            _stresses(figures),
        ),
        "\n".join(f"- *{found['name']}*: {found['about']}." for found in figures["stress"]),
    ]


def coverage_plot(figures: Mapping[str, Any]) -> str:
    """Draw coverage by tested stories as SVG: the calibrated run with Wilson intervals, stress."""
    level = _percent_sign(figures["level"])
    chart = Line(
        Config(
            js=[],
            width=900,
            height=580,
            title=f"Coverage of the {level} intervals for outlets' rates (per cent)",
            x_title="tested stories",
            range=(50, 100),
            y_labels=range(50, 101, 10),
            show_y_guides=False,
            legend_at_bottom=True,
            legend_at_bottom_columns=3,
            margin_bottom=40,  # the legend's last row is not reckoned with
            legend_box_size=10,
            dots_size=3,
            truncate_legend=-1,
            style=Style(
                background="white",
                plot_background="white",
                colors=("#000000", _GREY, _GREY, *_COLOURS),
                legend_font_size=12,
                label_font_size=12,
                title_font_size=16,
            ),
        )
    )
    chart.uuid = "simulation"  # else it is drawn by chance
    chart.add_xml_filter(_without_scripts)
    calibrated = [found["coverage"] for found in figures["calibrated"]]
    chart.x_labels = [found["tested"] for found in figures["calibrated"]]
    chart.add("calibrated", [_point(one) for one in calibrated])
    for bound in BAR:
        line = [100.0 * bound] * len(calibrated)
        chart.add(f"bar: {_percent_sign(bound)}", line, show_dots=False, stroke_style=_DASHED)
    for stress in figures["stress"]:
        chart.add(stress["name"], [_value(found["coverage"]) for found in stress["bins"]])
    return str(chart.render(is_unicode=True)) + "\n"


def _coverage(figures: Mapping[str, Any]) -> list[list[str]]:
    columns = [figures["calibrated"], *figures["sourcings"].values(), figures["shares"]]
    return [
        [cells[0]["tested"], *(rate(cell["coverage"]) for cell in cells), number(cells[0]["width"])]
        for cells in zip(*columns, strict=True)
    ]


def _estimates(found: Mapping[str, Any]) -> list[str]:
    return [number(found[what][name]) for what in ("error", "tau") for name in _NAMES]


def _tau(found: Mapping[str, float] | None) -> str:
    if found is None:
        return NOTHING
    return f"{number(found['value'])} ({number(found['low'])}–{number(found['high'])})"


def _stresses(figures: Mapping[str, Any]) -> list[list[str]]:
    shown = [{"name": "nothing: calibrated", "bins": figures["calibrated"]}, *figures["stress"]]
    return [
        [
            stress["name"],
            *(
                f"{percent(found['coverage']['value'])} ({_signed(found['bias'])})"
                for found in stress["bins"]
            ),
        ]
        for stress in shown
    ]


def _percent_sign(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _signed(value: float | None) -> str:
    return NOTHING if value is None else f"{value:+.3f}"


def _value(coverage: Mapping[str, Any]) -> float | None:
    return None if coverage["value"] is None else 100.0 * float(coverage["value"])


def _point(coverage: Mapping[str, Any]) -> dict[str, Any] | None:
    if coverage["value"] is None:
        return None
    interval = {"low": 100.0 * coverage["low"], "high": 100.0 * coverage["high"]}
    return {"value": _value(coverage), "ci": interval}


def _without_scripts(root: Element) -> Element:
    for parent in list(root.iter()):
        for script in [child for child in parent if str(child.tag).endswith("script")]:
            parent.remove(script)
    return root
