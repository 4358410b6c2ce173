-- Listings of the community, read newest first by id.
CREATE TABLE IF NOT EXISTS listings (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id BIGINT UNSIGNED NOT NULL,
  title VARCHAR(100) NOT NULL,
  district VARCHAR(60) NOT NULL,
  deposit BIGINT NOT NULL,
  monthly_rent BIGINT NOT NULL,
  area_m2 DECIMAL(7, 2) NULL,
  description TEXT NULL,
  created_at DATETIME(3) NOT NULL,
  KEY listings_person (person_id, id),
  CONSTRAINT listings_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci
