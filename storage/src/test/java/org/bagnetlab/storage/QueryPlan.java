package org.bagnetlab.storage;

import java.nio.file.Path;
import org.bagnetlab.storage.database.Database;
import org.jdbi.v3.core.Jdbi;

/** Tells how H2 runs a query. */
public final class QueryPlan {

  private QueryPlan() {}

  /** The plan of a query in a new database in a directory. */
  public static String of(String sql, Path directory) {
    Database.open(directory.resolve("test")).close();
    return Jdbi.create("jdbc:h2:file:" + directory.resolve("test"), "sa", "")
        .withHandle(handle -> handle.createQuery("EXPLAIN " + sql).mapTo(String.class).one());
  }
}
