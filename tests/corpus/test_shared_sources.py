"""A source that is said once for two cues is that of both."""

from corpus.parse import parse
from corpus.shared_sources import sources

ARTICLE = """\
id: kelp-900
title: no
genre: wire
topic: economy
outlet: Norrhaven Wire
published: 2031-03-04

[s1 The harbour master] [c1 said] [k1 the quay was shut] and [c2 warned of] [k2 worse].

[c3 Reportedly], [k3 a crane has moved].

[s4 The crew] [c4 knew] [k4 nothing] and [c5 was accused of] [k5 sleep]. It has [c6 asked for] [k6 a hearing].
---
a1: venn named speech
a2: venn named speech
a3: - unspecified speech
a4: - group belief
a5: - unspecified speech
a6: - group speech
"""


def test_the_second_cue_of_a_sentence_has_the_source_of_the_first():
    a = parse(ARTICLE)
    found = {n: a.words(*marks) for n, marks in sources(a).items()}
    assert found == {
        1: "The harbour master",
        2: "The harbour master",
        3: "",  # nobody is given
        4: "The crew",
        5: "",
        6: "",  # of another sentence
    }
