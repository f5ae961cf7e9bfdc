"""The numbers of choosing an answer, in one place, each with its reason. What ranks figures is in ``ranker.json``."""

from __future__ import annotations

from typing import Final

# How much a content word of the question counts for a sentence by where it stands: in the headings, in the passage.
ZONE_HEADING: Final = 0.7
ZONE_ABOVE: Final = 0.5  # in a sentence before it in its paragraph
ZONE_PASSAGE: Final = 0.25
ZONE_IMPLIED: Final = 0.9  # the unit says it: cubic metres are a "khối lượng"

# Times the rarity of a word that says little of the subject ("thực hiện", "năm nay"): see understand/faint.txt.
FAINT: Final = 0.25

# A word equal only after dropping accents, in a question typed with accents: perhaps a slip, perhaps another word.
ACCENT_SLIP: Final = 0.5

# A word whose phrase the report says in other words ("heo", "lợn"): what is said as asked goes first.
OTHER_WORDS: Final = 0.95

SCATTERED: Final = 0.5  # times the coverage of a sentence that names "X" of "X là gì" with its words apart
RANK_BONUS: Final = 0.05  # divided by the 1-based retrieval rank: retrieval decides between equal sentences
PAIR_BONUS: Final = 0.15  # times the share of the question's word pairs that a sentence has: "chủ đề", not "chủ ... đề"

# Share of the question's words a passage must have for its figures to be looked at.
MAY_HOLD: Final = 0.35
# A figure more likely right than not is given.
ANSWERABLE: Final = 0.5
# One in the asked unit that is less likely than none is given where it stands out: every other amount of its report
# ranks this much lower. By folds over the reports of all opened sets: 0.8 points more right, none more wrong, one more
# of 231 unanswerable ones answered; without the unit 2.2 points, and four.
STANDING_FIGURE: Final = 0.23
ABOVE_OTHERS: Final = 2.0
# The same for one that is looked for by its role and base as well.
OF_ITS_KIND: Final = 0.29
# Likelihood from which on a figure of the asked side lets those of its passage give way that take none.
OF_THAT_SIDE: Final = 0.15
# Likelihood a figure needs to answer a question without any question word.
NAMED_FIGURE: Final = 0.6
# Share of the question's weight in a word in whose stead the figure has another ("đàn trâu" asked, "đàn bò" counted):
# from here on it is another thing. No right answer of the question sets comes near it.
CONTRADICTED: Final = 0.5
CONTRADICTED_RANK: Final = -2.0  # then it ranks no higher: near enough to be named, never the answer
# A figure this near is worth naming when saying no.
NEAREST: Final = 0.015
# Coverage a text (non-figure) answer needs: sentences say things in more words than questions do.
ANSWERABLE_TEXT: Final = 0.66
# The same for a sentence that stands out: the next one has this much less.
STANDING_OUT: Final = 0.5
STANDS_OUT: Final = 0.15
# A sentence without the most telling word is looked for in so many passages, the first ones; it has to say so much.
ALONE_HITS: Final = 2
ANSWERABLE_ALONE: Final = 0.6
# Share of the question that a reason's own clause has to say where its sentence says most of the question, or the one
# before it does; the reasons of other sentences say this much less. Wrong ones of the opened sets miss one of these.
REASON_BESIDE: Final = 0.4
REASON_BEHIND: Final = 0.5
REASON_STANDS_OUT: Final = 0.3
# Coverage a sentence needs to be said to speak of something.
MENTIONED: Final = 0.8
# Fit a figure needs to contradict what a question takes for granted: headings alone do not make it the same thing.
PREMISE: Final = 0.80
# Share of the question's weight from which on a single word has to be found in a text answer.
TELLING: Final = 0.15
# Candidates of different reports this close answer the same reading of the question.
SAME_READING: Final = 1.9
# The same for sentences, which are ranked by their share of the question's words.
SAME_TEXT: Final = 0.15

# Several figures of one question.
SAME_SENTENCE: Final = 1.5  # a figure of the sentence that also has the other figures asked for
ABOUT_AS_WELL: Final = 0.5  # figures of one sentence this close differ less than their places in it
CARRIED_TERMS: Final = 0.5  # words of the first part in a later one: what it speaks of, but not what it asks
# Members of one enumeration: share of a member's own words that has to name its figure (less for the first and last,
# which carry words said for all), from when on it is named in full, share of the question said around each.
MEMBER_NAMED: Final = 0.6
MEMBER_EDGE: Final = 0.3
MEMBER_FULL: Final = 0.99
MEMBERS_ABOUT: Final = 0.55
MEMBER_LAST: Final = 0.3  # the last of a member's own words names the figure
MEMBER_ASKED: Final = 0.5  # times what of the question its figure and clause say
MEMBERS_PLANNED: Final = 0.2  # aims, where the question does not name a plan
MEMBERS_SCATTERED: Final = 0.3  # figures of several sentences of a passage beside those of one
SAID_AS_ONE: Final = 0.9  # share of all words in what one figure counts: then they name one figure

# The first or last of several.
RANKED_ITEM: Final = 0.16  # for each figure of a group, up to RANKED_ITEMS: a longer list is more likely the one meant
RANKED_ITEMS: Final = 5
RANKED: Final = -1.0  # below this a group's figures count another thing than asked
STATED: Final = 0.8  # coverage a sentence needs to say itself which is first
PROGRESS_NAMED: Final = 1.2  # every item counts a "tiến độ", which is what was asked for
FAR: Final = -9.0  # ranks below all that is near the question
KIND_NAMED: Final = 2.0  # the words around them call the items what was asked for ("theo nguồn: ...")
OTHER_KIND: Final = 1.0  # they do not
PLAIN_SHARES: Final = 2.0  # every item is a percentage, and none was asked for
GROUPED: Final = 0.15  # how likely the best of a group has to be what is spoken of: its items are named, not asked for

SAME_FIT: Final = (
    0.9  # two figures that rank this equally may contradict each other: the first and second passage found
)
