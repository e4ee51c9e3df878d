package org.bagnetlab.server.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.directory.FileTree;

/**
 * How large the database's file becomes while a lab works, and a minute after, against what is in
 * it: its size after H2 has packed it as tightly as it can.
 */
final class DatabaseSize {

  private static final int JOBS_RUN = 300;
  private static final int JOBS_QUEUED = 5_147;
  private static final long REST_SECONDS = 60;

  /** The tiny worker makes the accuracy from the seed, and waits for ever with some. */
  private static final int SEEDS = 40;

  private DatabaseSize() {}

  static MarkdownTable measure() throws IOException, InterruptedException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            "%,d tiny trainings are run".formatted(JOBS_RUN),
            List.of(new DeviceSlot("CPU", "cpu", 1)),
            JOBS_RUN,
            DatabaseSize::untilAllSucceeded));
    rows.add(
        row(
            "%,d jobs are queued, one by one".formatted(JOBS_QUEUED),
            List.of(),
            JOBS_QUEUED,
            server -> {}));
    return new MarkdownTable(
        List.of(
            "what happens",
            "largest",
            "when it is done",
            "a minute later",
            "contents",
            "a minute later / contents"),
        rows);
  }

  private interface Wait {
    void on(TestServer server) throws IOException, InterruptedException;
  }

  private static List<String> row(String what, List<DeviceSlot> slots, int jobs, Wait end)
      throws IOException, InterruptedException, SQLException {
    Path data = Files.createTempDirectory("bagnetlab-growth");
    Path file = data.resolve("database/bagnetlab.mv.db");
    try {
      long largest;
      long done;
      long rested;
      try (TestServer server = new TestServer(TestServer.settings(data).with(Devices.of(slots)));
          Largest sizes = new Largest(file)) {
        for (int job = 0; job < jobs; job++) {
          var _ = server.train("bagnet9", 1 + job % SEEDS);
        }
        end.on(server);
        done = Files.size(file);
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        rested = Files.size(file);
        largest = sizes.bytes();
      }
      long contents = packed(file);
      return List.of(
          what,
          megabytes(largest),
          megabytes(done),
          megabytes(rested),
          megabytes(contents),
          "%.1f".formatted((double) rested / contents));
    } finally {
      FileTree.delete(data);
    }
  }

  private static void untilAllSucceeded(TestServer server)
      throws IOException, InterruptedException {
    while (server.json("/jobs?limit=1").path("counts").path("SUCCEEDED").asInt() < JOBS_RUN) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static long packed(Path file) throws IOException, SQLException {
    String name = file.toString().replaceAll("\\.mv\\.db$", "");
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + name, "sa", "")) {
      connection.createStatement().execute("SHUTDOWN COMPACT");
    }
    return Files.size(file);
  }

  private static String megabytes(long bytes) {
    return "%.1f MB".formatted(bytes / 1e6);
  }

  /** Looks at a file's size ten times a second. */
  private static final class Largest implements AutoCloseable {

    private static final long BETWEEN_LOOKS_MS = 100;

    private final AtomicBoolean enough = new AtomicBoolean();
    private volatile long bytes;

    Largest(Path file) {
      Thread thread =
          new Thread(
              () -> {
                while (!enough.get()) {
                  bytes = Math.max(bytes, file.toFile().length());
                  try {
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              },
              "largest");
      thread.setDaemon(true);
      thread.start();
    }

    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      enough.set(true);
    }
  }
}
