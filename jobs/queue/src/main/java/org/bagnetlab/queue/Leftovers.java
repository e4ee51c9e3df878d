package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.FileTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the workers' directories of jobs that are no more: a deleted job's rows go first, so a
 * server that dies before the files are gone leaves those.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Vertx vertx;
  private final DataDirectory directory;
  private final Database database;

  Leftovers(Vertx vertx, DataDirectory directory, Database database) {
    this.vertx = vertx;
    this.directory = directory;
    this.database = database;
  }

  /** Removes them, and gives their number. Not while jobs may be added. */
  Future<Integer> delete() {
    return Futures.of(vertx, database.read(tables -> tables.jobs().numbers()))
        .compose(known -> vertx.executeBlocking(() -> delete(known)));
  }

  private int delete(Set<Long> known) throws IOException {
    int deleted = 0;
    for (Path run : runs()) {
      // What is not named as a job is not ours.
      String name = String.valueOf(run.getFileName());
      if (name.matches("\\d{1,18}") && !known.contains(Long.parseLong(name))) {
        LOG.info("Job {} was deleted; what was left in {} is removed", name, run);
        FileTree.delete(run);
        deleted++;
      }
    }
    return deleted;
  }

  private List<Path> runs() throws IOException {
    try (Stream<Path> entries = Files.list(directory.runs())) {
      return entries.toList();
    }
  }
}
