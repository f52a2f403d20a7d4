-- What lasts: append-only tables. `body` is the msgspec JSON of the record; other columns exist because queries need them.
-- Days of EDTF values stand as first and last ISO day, so that a filter is two comparisons.

CREATE TABLE original (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL                        -- zlib
) STRICT;

-- One row for each way in which a report was read: a later reading code may give other text for the same report id.
CREATE TABLE report (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,                 -- content hash of body and text
  id TEXT NOT NULL,
  name TEXT NOT NULL,                       -- for people: no part of any hash
  url TEXT,
  original TEXT NOT NULL REFERENCES original (sha256),
  outlet TEXT,                              -- folded spelling
  domain TEXT,
  published TEXT,
  published_first TEXT,
  published_last TEXT,
  title TEXT,
  text TEXT NOT NULL,
  body TEXT NOT NULL                        -- without name and text
) STRICT;
CREATE INDEX report_id ON report (id);
CREATE INDEX report_url ON report (url);

-- When a report first came, and as what. The clock of the ledger: kept out of its digest.
CREATE TABLE intake (
  report TEXT PRIMARY KEY,
  recorded_at TEXT NOT NULL,                -- UTC, seconds
  source TEXT NOT NULL,
  url TEXT,
  media_type TEXT,
  outlet TEXT
) STRICT;
CREATE INDEX intake_recorded ON intake (recorded_at);

CREATE TABLE reading (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,                  -- content hash of report key, version, and how it failed
  report TEXT NOT NULL,
  report_key TEXT NOT NULL REFERENCES report (key),
  version TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  failed INTEGER NOT NULL,                  -- 1: the reader broke down on it
  sha256 TEXT NOT NULL,                     -- of all rows of this reading, in order
  body TEXT NOT NULL                        -- refusals and problems
) STRICT;
CREATE INDEX reading_report ON reading (report);

CREATE TABLE referent (
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT, folded TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (reading, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX referent_id ON referent (id);
CREATE INDEX referent_key ON referent (key) WHERE key IS NOT NULL;
CREATE INDEX referent_folded ON referent (folded);

CREATE TABLE mention (
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  referent TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (reading, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  unit TEXT, low REAL, high REAL, body TEXT NOT NULL,
  PRIMARY KEY (reading, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE date (
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  value TEXT, body TEXT NOT NULL,
  PRIMARY KEY (reading, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  seq INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  speaker TEXT, parent TEXT, anonymity TEXT NOT NULL, said_first TEXT, said_last TEXT,
  words TEXT NOT NULL,                      -- the content passages' words
  body TEXT NOT NULL,
  UNIQUE (reading, nth)
) STRICT;
CREATE INDEX statement_id ON statement (id);
CREATE INDEX statement_speaker ON statement (speaker);

CREATE TABLE claim (
  seq INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES reading (seq), nth INTEGER NOT NULL, id TEXT NOT NULL,
  statement TEXT, subject TEXT, property TEXT NOT NULL, scope TEXT, polarity TEXT NOT NULL, modality TEXT NOT NULL,
  said_first TEXT, said_last TEXT,          -- of the claim, else of its statement: one clock
  holds_first TEXT, holds_last TEXT,
  words TEXT NOT NULL,                      -- the evidence's words
  body TEXT NOT NULL,
  UNIQUE (reading, nth)
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_statement ON claim (reading, statement);
CREATE INDEX claim_subject ON claim (subject);
CREATE INDEX claim_property ON claim (property);

CREATE TABLE problem (
  id TEXT PRIMARY KEY, stage TEXT NOT NULL, source TEXT NOT NULL, report TEXT, code TEXT NOT NULL,
  recorded_at TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE decision (id TEXT PRIMARY KEY, act TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE beat (digest TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL) STRICT;

-- Which beat was in use after which: one row each time it changed.
CREATE TABLE beat_use (seq INTEGER PRIMARY KEY, beat TEXT NOT NULL REFERENCES beat (digest)) STRICT;

CREATE TRIGGER original_kept BEFORE UPDATE ON original BEGIN SELECT raise(ABORT, 'original is append-only'); END;
CREATE TRIGGER original_stays BEFORE DELETE ON original BEGIN SELECT raise(ABORT, 'original is append-only'); END;
CREATE TRIGGER report_kept BEFORE UPDATE ON report BEGIN SELECT raise(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_stays BEFORE DELETE ON report BEGIN SELECT raise(ABORT, 'report is append-only'); END;
CREATE TRIGGER intake_kept BEFORE UPDATE ON intake BEGIN SELECT raise(ABORT, 'intake is append-only'); END;
CREATE TRIGGER intake_stays BEFORE DELETE ON intake BEGIN SELECT raise(ABORT, 'intake is append-only'); END;
CREATE TRIGGER reading_kept BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'reading is append-only'); END;
CREATE TRIGGER reading_stays BEFORE DELETE ON reading BEGIN SELECT raise(ABORT, 'reading is append-only'); END;
CREATE TRIGGER referent_kept BEFORE UPDATE ON referent BEGIN SELECT raise(ABORT, 'referent is append-only'); END;
CREATE TRIGGER referent_stays BEFORE DELETE ON referent BEGIN SELECT raise(ABORT, 'referent is append-only'); END;
CREATE TRIGGER mention_kept BEFORE UPDATE ON mention BEGIN SELECT raise(ABORT, 'mention is append-only'); END;
CREATE TRIGGER mention_stays BEFORE DELETE ON mention BEGIN SELECT raise(ABORT, 'mention is append-only'); END;
CREATE TRIGGER quantity_kept BEFORE UPDATE ON quantity BEGIN SELECT raise(ABORT, 'quantity is append-only'); END;
CREATE TRIGGER quantity_stays BEFORE DELETE ON quantity BEGIN SELECT raise(ABORT, 'quantity is append-only'); END;
CREATE TRIGGER date_kept BEFORE UPDATE ON date BEGIN SELECT raise(ABORT, 'date is append-only'); END;
CREATE TRIGGER date_stays BEFORE DELETE ON date BEGIN SELECT raise(ABORT, 'date is append-only'); END;
CREATE TRIGGER statement_kept BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'statement is append-only'); END;
CREATE TRIGGER statement_stays BEFORE DELETE ON statement BEGIN SELECT raise(ABORT, 'statement is append-only'); END;
CREATE TRIGGER claim_kept BEFORE UPDATE ON claim BEGIN SELECT raise(ABORT, 'claim is append-only'); END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN SELECT raise(ABORT, 'claim is append-only'); END;
CREATE TRIGGER problem_kept BEFORE UPDATE ON problem BEGIN SELECT raise(ABORT, 'problem is append-only'); END;
CREATE TRIGGER problem_stays BEFORE DELETE ON problem BEGIN SELECT raise(ABORT, 'problem is append-only'); END;
CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decision is append-only'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decision is append-only'); END;
CREATE TRIGGER beat_kept BEFORE UPDATE ON beat BEGIN SELECT raise(ABORT, 'beat is append-only'); END;
CREATE TRIGGER beat_stays BEFORE DELETE ON beat BEGIN SELECT raise(ABORT, 'beat is append-only'); END;
CREATE TRIGGER beat_use_kept BEFORE UPDATE ON beat_use BEGIN SELECT raise(ABORT, 'beat_use is append-only'); END;
CREATE TRIGGER beat_use_stays BEFORE DELETE ON beat_use BEGIN SELECT raise(ABORT, 'beat_use is append-only'); END;

-- Full text, over the words that stand in the tables above.
CREATE VIRTUAL TABLE report_fts USING fts5
  (title, text, content = 'report', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_fts USING fts5
  (words, content = 'statement', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_fts USING fts5
  (words, content = 'claim', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER report_indexed AFTER INSERT ON report
BEGIN INSERT INTO report_fts (rowid, title, text) VALUES (new.seq, new.title, new.text); END;
CREATE TRIGGER statement_indexed AFTER INSERT ON statement
BEGIN INSERT INTO statement_fts (rowid, words) VALUES (new.seq, new.words); END;
CREATE TRIGGER claim_indexed AFTER INSERT ON claim
BEGIN INSERT INTO claim_fts (rowid, words) VALUES (new.seq, new.words); END;

-- Derived from here on: may be dropped and made again.

-- The newest reading of each report (one that did not fail, if there is one), and whether the report is the newest version of what stands at its URL.
CREATE TABLE head (
  report TEXT PRIMARY KEY, reading INTEGER NOT NULL UNIQUE, report_key TEXT NOT NULL,
  url TEXT, published TEXT, recorded_at TEXT NOT NULL, latest INTEGER NOT NULL
) STRICT;
CREATE INDEX head_url ON head (url);

CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT, body TEXT NOT NULL) STRICT;
CREATE INDEX entity_key ON entity (key);
CREATE TABLE entity_member (
  referent TEXT PRIMARY KEY, entity TEXT NOT NULL REFERENCES entity (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_member_entity ON entity_member (entity);
CREATE TABLE entity_name (
  folded TEXT NOT NULL, entity TEXT NOT NULL REFERENCES entity (id), PRIMARY KEY (folded, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_name_entity ON entity_name (entity);
CREATE TABLE judgement (nth INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE link (
  nth INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX link_left ON link (left);
CREATE INDEX link_right ON link (right);
CREATE TABLE position (id TEXT PRIMARY KEY, subject TEXT, property TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX position_subject ON position (subject, property);
CREATE TABLE position_claim (
  position TEXT NOT NULL REFERENCES position (id), claim TEXT NOT NULL, PRIMARY KEY (position, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_claim_claim ON position_claim (claim);
CREATE TABLE origins (
  position TEXT PRIMARY KEY REFERENCES position (id), low INTEGER NOT NULL, high INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE standing (
  position TEXT NOT NULL REFERENCES position (id), nth INTEGER NOT NULL, standing TEXT NOT NULL,
  PRIMARY KEY (position, nth)
) STRICT, WITHOUT ROWID;
CREATE TABLE conflict (id TEXT PRIMARY KEY, subject TEXT, property TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE change (id TEXT PRIMARY KEY, subject TEXT, property TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE due (id TEXT PRIMARY KEY, subject TEXT, property TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE hedge (id TEXT PRIMARY KEY, subject TEXT, property TEXT NOT NULL, body TEXT NOT NULL) STRICT;
