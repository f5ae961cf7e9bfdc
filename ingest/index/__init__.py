"""The one home of Qdrant: a PassageIndex port with two implementations under one contract suite."""
