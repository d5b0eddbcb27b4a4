import GRDB

/// The tables of `review.sqlite`, as named steps. A step that has been released is never edited:
/// change comes as a new one.
///
/// What may stand in a column is held by the table, so that no other program can write what ours
/// could not read.
enum JournalSchema {
  /// A journal with the tables of this step can be read; the later ones are made before it is written.
  static let firstReadable = "1 events"

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 events") { database in
      try database.execute(
        sql: """
          CREATE TABLE event (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL, -- milliseconds since 1970
            annotator TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('decided', 'undone', 'redone')),
            step INTEGER, -- the sequence that is undone or redone
            CHECK ((kind = 'decided') = (step IS NULL))
          ) STRICT;

          CREATE TABLE decision (
            event INTEGER NOT NULL REFERENCES event (sequence),
            position INTEGER NOT NULL, -- in its event, from 0
            pair TEXT NOT NULL,
            occurrence INTEGER NOT NULL CHECK (occurrence >= 0),
            verdict TEXT NOT NULL
              CHECK (verdict IN ('prefers', 'tie', 'both-bad', 'drop', 'skip')),
            preferred TEXT, -- the side
            strength INTEGER,
            remarks TEXT, -- JSON: note, tags, reason; NULL without any
            route TEXT NOT NULL
              CHECK (route IN ('queue', 'audit', 'search', 'bulk', 'repeat', 'script')),
            probability REAL NOT NULL,
            scan TEXT,
            rank INTEGER,
            suspicion REAL,
            first_side TEXT,
            label_seen INTEGER NOT NULL CHECK (label_seen IN (0, 1)),
            evidence_seen INTEGER NOT NULL CHECK (evidence_seen IN (0, 1)),
            seconds REAL,
            PRIMARY KEY (event, position),
            CHECK ((verdict = 'prefers') = (preferred IS NOT NULL))
          ) STRICT, WITHOUT ROWID;

          CREATE TABLE place ( -- the row at which an annotator was last
            annotator TEXT PRIMARY KEY,
            pair TEXT NOT NULL,
            occurrence INTEGER NOT NULL CHECK (occurrence >= 0)
          ) STRICT, WITHOUT ROWID;

          CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("2 judged pairs") { database in
      // The two sides of a row of more that were judged, by identity.
      try database.execute(
        sql: """
          ALTER TABLE decision ADD COLUMN judged_first TEXT;
          ALTER TABLE decision ADD COLUMN judged_second TEXT
            CHECK ((judged_first IS NULL) = (judged_second IS NULL));
          """)
    }
    migrator.registerMigration("3 criteria") { database in
      // What the criteria of a rubric say, as JSON; NULL where none was answered.
      try database.execute(sql: "ALTER TABLE decision ADD COLUMN ratings TEXT")
    }
    return migrator
  }
}
