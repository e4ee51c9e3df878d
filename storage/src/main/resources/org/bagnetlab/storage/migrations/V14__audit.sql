-- Who changed what by which request.
CREATE TABLE IF NOT EXISTS audit (
  id        BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  at        TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  visitor   VARCHAR(100) NOT NULL,
  role      VARCHAR(20)  NOT NULL,
  address   VARCHAR(100) NOT NULL,
  operation VARCHAR(100) NOT NULL,
  target    VARCHAR(500) NOT NULL,
  status    INT NOT NULL
);
