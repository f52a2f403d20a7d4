-- What was on record when the derived tables were last made: one row, or none. Otherwise they are behind.
CREATE TABLE derivation (state TEXT NOT NULL) STRICT;
