-- Format 1. What is kept: entries, their parts, the signed head, and the keys that signed.
CREATE TABLE entry (
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  leaf    BLOB NOT NULL,
  header  BLOB NOT NULL
) STRICT;
CREATE INDEX entry_at ON entry (at);
CREATE INDEX entry_subject ON entry (subject) WHERE subject <> '';

CREATE TABLE part (
  entry   INTEGER NOT NULL REFERENCES entry,
  name    TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (entry, name)
) STRICT;

CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  size INTEGER NOT NULL,
  edge BLOB NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE signer (
  number INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE
) STRICT;

-- Parts that a tombstone names may go; nothing else does.
CREATE TABLE removed (
  entry     INTEGER PRIMARY KEY REFERENCES entry,
  tombstone INTEGER NOT NULL REFERENCES entry
) STRICT;

CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'entries are not changed'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'entries are not removed'); END;
CREATE TRIGGER part_is_final BEFORE UPDATE ON part
BEGIN SELECT raise(ABORT, 'parts are not changed'); END;
CREATE TRIGGER part_stays BEFORE DELETE ON part WHEN old.entry NOT IN (SELECT entry FROM removed)
BEGIN SELECT raise(ABORT, 'a part is removed by a tombstone only'); END;
