"""Set phrases of news English that tell what a passage does, and who speaks in it."""

from __future__ import annotations

import re

# Alternatives are parted by semicolons; each is bounded by word edges, in any case.
_PHRASES = {
    "refusal": r"""(?:declin|refus)\w* (?:to|any) \w+; no comment; declined; did not address;
        (?:not|n['’]t|never) (?:immediately )?(?:comment\w*|respond\w*|repl(?:y|ied)|return\w*);
        (?:would|does|did|do|could|can) (?:not|neither) (?:confirm|comment|discuss|be drawn|say);
        neither confirm\w* nor \w+; could not be reached; without (?:comment\w*|answering)""",
    "denial": r"""den(?:y|ies|ied|ying|ial|ials); reject\w*; dismiss\w*; refut\w*; disput\w*;
        disavow\w*; rebuff\w*; nothing of the (?:kind|sort); no such; at no (?:time|point);
        there (?:was|were|is|are|has been|have been) no(?:thing)?;
        never (?:happened|took|said|did|met|spoke|had|been|was|were|told|saw|gave|asked|made)""",
    "falsity": r"""false; untrue; falsely; falsehood\w*; fiction; fabricat\w*; nonsense; baseless;
        groundless; unfounded; invent(?:ed|ion); hoax; lies?; lying; inaccura\w*; incorrect;
        mistaken; wrong(?:ly)?; absurd; ridiculous; misleading; fake; rumou?rs?;
        not (?:true|accurate|correct|right|the case)""",
    "correction": r"""correct(?:ed|s|ion|ions|ing); clarif\w*; amended; editor['’]?s['’]? note;
        an earlier (?:version|report|article|story); mis(?:stated|identified|reported|spelled);
        should have (?:said|read|been); incorrectly \w+; in error; erroneous\w*;
        as (?:we|it) (?:had )?(?:first |earlier |originally )?(?:wrote|reported|stated)""",
    "retraction": r"""retract\w*; withdr(?:aw|ew|awn|awal|awing|aws); apolog\w*; regret\w*;
        taken down; remov(?:ed|es|ing); pulled; no longer stands?; deleted; disown\w*;
        (?:does|do|did) not (?:stand|meet); can(?:not| no longer) (?:stand|vouch|support)\w*;
        unable to (?:stand|verify|authenticate); should not have (?:been )?\w+""",
    "standing": r"""st(?:and|ands|anding|ood) (?:by|behind); confident in; repeated; reiterat\w*;
        again (?:said|reported|told); as (?:first )?reported (?:by|in|on); stands;
        (?:first|earlier|previously) reported""",
    "admission": r"""confirm(?:s|ed|ing|ation)?; acknowledg\w*; admi(?:t|ts|tted|tting|ssion);
        conced\w*; pleaded(?: guilty)?; verified; authenticat\w*; corroborat\w*; indeed; in fact;
        (?:is|was|were|are) (?:true|accurate|right|correct); proved""",
    "finding": r"""f(?:ound|inds?|indings?); conclu\w*; determin\w*; rul(?:ed|ing); verdict;
        convict\w*; sentenc\w*; acquit\w*; fined; charged; indict\w*; establish\w*; show(?:s|ed)?;
        audit\w*; inquir\w*; investigat\w*; autops\w*; forensic; tribunal; testif\w*; testimony""",
    "official": r"""court; judge\w*; jury; police; prosecut\w*; regulator\w*; commission\w*;
        committee; inspector; ombudsman; coroner; authorit\w*; ministry; department; agency;
        bureau; watchdog; sheriff; panel; inquest; registr\w*; federal; parliament\w*; senate;
        congress\w*""",
    "anonymous": r"""(?:people|persons?|sources?|officials?|aides?|insiders?|diplomats?|executives?|
        employees?|advisers?|bankers?) (?:who|with|familiar|close|briefed|said|say|told|involved);
        familiar with; anonym\w*; not (?:to )?be named; condition of; knowledge of the; unnamed;
        (?:one|two|three|four|a|several) (?:people|persons?|sources?|officials?)""",
    "media": r"""newspaper\w*; magazine; broadcaster; network; journalist\w*; reporters?; editors?;
        news agency; newsroom; column\w*; report(?:s|ed) (?:that|on|by|in);
        according to (?:a |the )?(?:report|newspaper|paper)""",
    "update": r"""now; later; since; risen; rose; revised; total; so far; latest; next; will; would;
        expected; plans?; beg(?:an|ins?|un); resum\w*; postpon\w*; delay\w*; extend\w*;
        increas\w*; rais\w*; climb\w*; toll""",
    "negation": r"""not; no; never; none; nobody; nothing; neither; nor; without; cannot;
        \w+n['’]t""",
    "hedge": r"""may; might; could; possibl\w*; perhaps; reportedly; apparent\w*; alleg\w*;
        believed; likely; unclear; unconfirmed; suggest\w*; appear\w*; seem\w*; thought""",
    "stakeholder": r"""spokes(?:man|woman|person|people); lawyers?; attorneys?; counsel;
        press secretary; representatives?; chief executive; chair(?:man|woman); president;
        minister; owner; founder""",
    "own_voice": r"""we; our; us; i; my; this (?:newspaper|newsroom|article|story|website|paper)""",
    "background": r"""separately; last year; in (?:19|20)\d\d; founded; history; previous(?:ly)?;
        earlier; former(?:ly)?; meanwhile; annual\w*; analysts?""",
    "turn": r"""instead; rather; actually; contrary; contradict\w*; inconsistent; however; but;
        only; though; although; records?; documents?; footage; logs?; minutes; emails?; video""",
}


def _pattern(phrases: str) -> re.Pattern[str]:
    one_line = " ".join(phrases.split()).replace("| ", "|")
    alternatives = (phrase.strip() for phrase in one_line.split(";"))
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


LEXICONS = {name: _pattern(phrases) for name, phrases in _PHRASES.items()}
