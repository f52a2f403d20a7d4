-- For people, and part of no hash or export: where each report was last found, and what the reader of a version is called.
CREATE TABLE IF NOT EXISTS found (report TEXT PRIMARY KEY, place TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS asked (version TEXT PRIMARY KEY, reader TEXT NOT NULL) STRICT;
