"""The numbers of extractive scoring, in one place, each with its reason. Scores are shares of the question's weight."""

from __future__ import annotations

from typing import Final

# How much a content word of the question counts by where it stands, seen from a figure: in what the figure counts,
# in its own clause, in its own part of the sentence, in the headings above it, earlier in the sentence, elsewhere in
# the passage.
ZONE_OWN: Final = 1.0
ZONE_CLAUSE: Final = 0.95
ZONE_SEGMENT: Final = 0.9
ZONE_HEADING: Final = 0.7
ZONE_SENTENCE: Final = 0.65
ZONE_PASSAGE: Final = 0.25
ZONE_IMPLIED: Final = 0.9  # the unit says it: cubic metres are a "khối lượng"

# A word equal only after dropping accents, in a question typed with accents: perhaps a slip, perhaps another word.
ACCENT_SLIP: Final = 0.5

# A word whose phrase the report says in other words ("heo", "lợn"): what is said as asked goes first.
OTHER_WORDS: Final = 0.95

# Deductions, in the same unit as coverage (0..1).
OTHER_UNIT: Final = 0.45  # asked for "người", the figure counts "vụ"
OTHER_MEASURE: Final = 0.25  # asked for "năng suất", the figure is in tonnes
OTHER_ROLE: Final = 0.40  # asked for a level, the figure is a percentage of the plan
EXTRA_WORDS: Final = 0.20  # times the share of the indicator's weight the question does not mention
REST: Final = 0.15  # "thu khác", "loại khác": what is left over when the question does not ask for that
SUB_PERIOD: Final = 0.12  # no period asked, the figure is of one month inside the report's period
SUB_PLACE: Final = 0.25  # no place asked, the figure is of one commune inside the report's area
AHEAD: Final = 0.15  # the figure stands under tasks to come and no aim was asked for
FAR_PLACE: Final = 0.15  # the asked place is named beside the figure, but not in its own clause
RANK_BONUS: Final = 0.05  # divided by the 1-based retrieval rank: retrieval decides between equals

PAIR_BONUS: Final = 0.15  # times the share of the question's word pairs that a sentence has: "chủ đề", not "chủ ... đề"

# Below this coverage of the question's weight the reports are held not to say it.
ANSWERABLE: Final = 0.62
# Fit a figure needs to answer a question without any question word.
NAMED_FIGURE: Final = 0.85
# A figure this near is worth naming when saying no.
NEAREST: Final = 0.45
# Coverage a text (non-figure) answer needs: sentences say things in more words than questions do.
ANSWERABLE_TEXT: Final = 0.66
# Fit a figure needs to contradict what a question takes for granted: headings alone do not make it the same thing.
PREMISE: Final = 0.80
# Share of the question's weight from which on a single word has to be found in a text answer.
TELLING: Final = 0.15
# Candidates of different reports this close answer the same reading of the question.
SAME_READING: Final = 0.08

# Several figures of one question.
SAME_SENTENCE: Final = 0.12  # a figure of the sentence that also has the other figures asked for
ABOUT_AS_WELL: Final = 0.05  # figures of one sentence this close differ less than their places in it
CARRIED_TERMS: Final = 0.5  # words of the first part in a later one: what it speaks of, but not what it asks
SAID_AS_ONE: Final = 0.9  # share of all words in what one figure counts: then they name one figure

# The first or last of several.
RANKED_ITEM: Final = 0.02  # for each figure of a group, up to RANKED_ITEMS: a longer list is more likely the one meant
RANKED_ITEMS: Final = 5
RANKED: Final = 0.1  # below this a group's figures count another thing than asked
STATED: Final = 0.8  # coverage a sentence needs to say itself which is first

SAME_FIT: Final = 0.02  # two figures that fit the question this equally may contradict each other
