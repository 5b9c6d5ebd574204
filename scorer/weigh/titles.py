"""Words that stand beside names in news: titles, offices, kinds of bodies."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words("the a an of and or for to at with by from his her its their own one")
PARTICLES = _words("bin ibn al el de da di du del della van von der den ter la le")
TITLES = _words(
    """mr mrs ms miss dr sir lord lady prof gen adm rear lt col maj capt sgt sen rep gov hon jr sr
    president prime minister premier chancellor secretary state senator representative governor
    mayor judge justice general admiral colonel major captain commander brigadier sergeant
    professor king queen prince princess crown pope former"""
)
"""Before a person's name, without being one."""

SPEAKS_FOR = _words(
    """spokesman spokeswoman spokesperson spokesmen spokespeople lawyer lawyers attorney attorneys
    counsel barrister solicitor solicitors"""
)
"""Who has one of these offices says what somebody else says."""

RUNS = _words("executive executives chairman chairwoman ceo")
"""Offices of a business, whether it is named or not."""

OFFICES = (
    SPEAKS_FOR
    | RUNS
    | _words(
        """president minister premier chancellor chief head officer aide aides adviser advisor
        ambassador director directors commissioner manager owner boss treasurer governor secretary
        representative representatives"""
    )
)
"""Who has one of these serves somebody, a body mostly."""

NO_SERVICE = _words("former ex retired onetime then editor editors")
"""Beside an office: it is over, or it is a newsroom's."""

KINDS = _words(
    """police court courts tribunal judge judges prosecutor prosecutors commission authority agency
    bureau inspector inspectors regulator ombudsman inquiry coroner sheriff watchdog auditor
    auditors ministry council parliament army navy military forces force service embassy hospital
    university house board committee party union company group bank foreign defence defense health
    interior finance justice treasury national federal district supreme security border guard
    central air city county provincial regional family campaign club team"""
)
"""What kind of body it is: a part of its name that it has in common with others."""

FINDERS = _words(
    """police court courts tribunal judge judges prosecutor prosecutors commission inspector
    inspectors regulator ombudsman coroner sheriff watchdog auditor auditors authority
    bureau"""
)
"""Kinds of bodies that rule on others, investigate or inspect them."""

COMPANIES = _words(
    """company companies firm firms carmaker airline manufacturer lender bank banks retailer insurer
    operator brewer maker"""
)

NO_NAMES = (
    FILLERS
    | OFFICES
    | TITLES
    | _words(
        """vice deputy acting press senior technology financial finance operating communications
        managing general information department office government administration statement filing
        letter notice post memo release ag inc corp ltd plc sa se co llc gmbh"""
    )
)
"""What belongs to no name, though it may be printed with a capital."""
