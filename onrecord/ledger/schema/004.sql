-- A reading that was asked for again after newer ones had come: it stands in front from then on, until another comes.
CREATE TABLE fronted (
  seq INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES reading (seq),
  after INTEGER NOT NULL REFERENCES reading (seq),  -- the newest reading of the report at that time
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX fronted_reading ON fronted (reading);
CREATE TRIGGER fronted_kept BEFORE UPDATE ON fronted BEGIN SELECT raise(ABORT, 'fronted is append-only'); END;
CREATE TRIGGER fronted_stays BEFORE DELETE ON fronted BEGIN SELECT raise(ABORT, 'fronted is append-only'); END;
-- What whoever added an original said of it, for what it does not say itself. The last word on each counts.
CREATE TABLE given (
  seq INTEGER PRIMARY KEY,
  source TEXT NOT NULL,                     -- URL; SHA-256 of the original where there is none
  outlet TEXT,
  published TEXT,                           -- EDTF
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX given_source ON given (source);
CREATE TRIGGER given_kept BEFORE UPDATE ON given BEGIN SELECT raise(ABORT, 'given is append-only'); END;
CREATE TRIGGER given_stays BEFORE DELETE ON given BEGIN SELECT raise(ABORT, 'given is append-only'); END;
-- Outlets that were given until now: with the first reading, or in a later one of the same bytes.
INSERT INTO given (source, outlet, recorded_at)
  SELECT DISTINCT coalesce(i.url, r.original), i.outlet, i.recorded_at FROM intake i JOIN report r ON r.id = i.report
  WHERE i.outlet IS NOT NULL ORDER BY i.recorded_at, 1, 2;
INSERT INTO given (source, outlet, recorded_at)
  SELECT coalesce(i.url, r.original), r.body ->> '$.outlet', min(g.recorded_at)
  FROM report r JOIN intake i ON i.report = r.id JOIN reading g ON g.report_key = r.key
  WHERE i.outlet IS NULL AND r.outlet IS NOT NULL
    AND EXISTS (SELECT 1 FROM report q WHERE q.id = r.id AND q.outlet IS NULL)
  GROUP BY r.seq ORDER BY r.seq;
