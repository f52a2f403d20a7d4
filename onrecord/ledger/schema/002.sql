-- Problems that did not come back when their source was tried again. A row goes when its problem returns.
CREATE TABLE mended (problem TEXT PRIMARY KEY REFERENCES problem (id), recorded_at TEXT NOT NULL) STRICT;
