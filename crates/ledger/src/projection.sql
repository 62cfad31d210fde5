-- What is derived from the entries, and can be dropped and built again.
CREATE TABLE document (
  id      TEXT PRIMARY KEY,
  entry   INTEGER NOT NULL,
  name    TEXT NOT NULL,
  outlet  TEXT,
  origin  TEXT NOT NULL
) STRICT;
CREATE INDEX document_entry ON document (entry);

-- A reading holds from its entry on until the entry that a newer one is.
CREATE TABLE reading (
  entry     INTEGER PRIMARY KEY,
  document  TEXT NOT NULL,
  until     INTEGER,
  first_day TEXT NOT NULL,
  last_day  TEXT NOT NULL,
  given     INTEGER NOT NULL,
  reader    INTEGER NOT NULL,
  claims    INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_document ON reading (document);
CREATE INDEX reading_day ON reading (first_day, last_day);
CREATE INDEX reading_last ON reading (last_day);

CREATE TABLE reader (
  number INTEGER PRIMARY KEY,
  record TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE claim (
  number    INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  incident  TEXT NOT NULL,
  reading   INTEGER NOT NULL,
  document  TEXT NOT NULL,
  kind      TEXT NOT NULL,
  first_day TEXT,
  last_day  TEXT,
  confidence REAL NOT NULL,
  garbled   INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_incident ON claim (incident);
CREATE INDEX claim_reading ON claim (reading);
CREATE INDEX claim_day ON claim (first_day, last_day) WHERE first_day IS NOT NULL;

-- Where claims are, by the number of the claim.
CREATE VIRTUAL TABLE place USING rtree (claim, south, north, west, east);

CREATE TABLE decision (
  entry  INTEGER PRIMARY KEY,
  act    TEXT NOT NULL,
  undoes INTEGER
) STRICT;
CREATE INDEX decision_undoes ON decision (undoes) WHERE undoes IS NOT NULL;

-- What a decision is about: documents, sources, incidents' leading claims; and the days that a corrected claim is of.
CREATE TABLE decided (
  entry     INTEGER NOT NULL,
  about     TEXT NOT NULL,
  first_day TEXT,
  last_day  TEXT,
  PRIMARY KEY (entry, about)
) STRICT;
CREATE INDEX decided_about ON decided (about);
CREATE INDEX decided_day ON decided (first_day) WHERE first_day IS NOT NULL;

-- Full text of names and texts; the words themselves lie with the entries.
CREATE VIEW searched AS
  SELECT d.entry AS entry, d.name AS name, CAST(p.content AS TEXT) AS text
  FROM document d JOIN part p ON p.entry = d.entry AND p.name = 'text';
CREATE VIRTUAL TABLE search USING fts5 (
  name, text, content = 'searched', content_rowid = 'entry', tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Field reports, and the documents that tell them.
CREATE TABLE field (
  entry    INTEGER PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX field_document ON field (document);

-- Keys by which statements are signed: good from their entry on until another one.
CREATE TABLE party_key (
  entry INTEGER PRIMARY KEY,
  until INTEGER,
  key   TEXT NOT NULL,
  role  TEXT NOT NULL,
  party TEXT
) STRICT;
CREATE INDEX party_key_key ON party_key (key);

-- Statements by the hash of what they say, and the entry of the key that signed.
CREATE TABLE statement (
  id    TEXT PRIMARY KEY,
  entry INTEGER NOT NULL UNIQUE,
  key   INTEGER
) STRICT;

CREATE TABLE projection (version INTEGER NOT NULL) STRICT;
