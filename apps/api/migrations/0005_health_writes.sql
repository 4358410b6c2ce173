-- One row, written by the question for health whether transactions commit.
CREATE TABLE IF NOT EXISTS health_writes (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  written_at DATETIME(6) NOT NULL
)
