package org.bagnetlab.server.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files are counted; how much room is left is given. */
@Timeout(60)
class DiskSpaceTests {

  private static final DeviceSlot CPU = new DeviceSlot("CPU", "cpu", 1);

  @TempDir private Path root = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private volatile Space space = new Space(1000, 900);
  private final AtomicInteger measured = new AtomicInteger();
  private final AtomicLong nanoTime = new AtomicLong();
  private AutoCloseable storage = () -> {};

  @AfterEach
  void close() throws Exception {
    storage.close();
    TestServer.result(vertx.close());
  }

  private DiskSpace disk(FileSystem fileSystem, Optional<Long> quota) throws IOException {
    DataDirectory directory = DataDirectory.open(root);
    Database database = Database.open(directory.database());
    storage =
        () -> {
          database.close();
          directory.close();
        };
    return new DiskSpace(
        vertx,
        () -> {
          measured.incrementAndGet();
          return DiskUse.measure(directory);
        },
        database,
        fileSystem,
        new DiskLimits(quota, Optional.empty(), Optional.empty()),
        nanoTime::get);
  }

  private static Optional<String> refusal(DiskSpace disk) {
    return TestServer.result(disk.refusal(CPU));
  }

  @Test
  void noJobStartsUntilThereIsRoomAgain() throws Exception {
    DiskSpace disk = disk(() -> List.of(space), Optional.empty());
    assertThat(refusal(disk)).isEmpty();
    // Without a quota no file is looked at.
    assertThat(measured).hasValue(0);
    space = new Space(1000, 19);
    assertThat(refusal(disk))
        .contains("the disk is nearly full: 19 B of 1 KB free, but 20 B required");
    space = new Space(1000, 20);
    assertThat(refusal(disk)).isEmpty();
  }

  @Test
  void whatCannotBeToldKeepsNoJobWaiting() throws Exception {
    DiskSpace disk =
        disk(
            () -> {
              throw new IOException("stale file handle");
            },
            Optional.empty());
    assertThat(refusal(disk)).isEmpty();
  }

  @Test
  void allFilesCountAndAreFoundAgainAfterAMinute() throws Exception {
    DiskSpace disk = disk(() -> List.of(space), Optional.of(10_000_000L));
    long before = TestServer.result(disk.state()).used();
    assertThat(before).isPositive(); // the database's file
    Path images = Files.createDirectories(root.resolve("datasets/scenes/train"));
    Files.write(images.resolve("1.png"), new byte[10_000_000]);
    // Not followed: it would count twice, or something that is not the lab's.
    Files.createSymbolicLink(images.resolve("2.png"), images.resolve("1.png"));
    assertThat(refusal(disk)).isEmpty();
    nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(TestServer.result(disk.report()).parts()).containsEntry("datasets", 10_000_000L);
    assertThat(refusal(disk).orElseThrow()).startsWith("the lab's disk quota is used up");
    Files.delete(images.resolve("1.png"));
    disk.freed();
    TestServer.result(disk.report());
    assertThat(refusal(disk)).isEmpty();
    assertThat(measured).hasValue(3);
  }

  @Test
  void theDatabaseIsAskedOncePerMeasurement() throws Exception {
    DiskSpace disk = disk(() -> List.of(space), Optional.empty());
    Map<String, Long> first = TestServer.result(disk.report()).byKind();
    assertThat(TestServer.result(disk.report()).byKind()).isSameAs(first);
    disk.freed();
    assertThat(TestServer.result(disk.report()).byKind()).isNotSameAs(first);
  }

  @Test
  void theRealFileSystemHasASize() throws Exception {
    DataDirectory directory = DataDirectory.open(root);
    storage = directory;
    assertThat(FileSystem.of(directory).spaces())
        .isNotEmpty()
        .allSatisfy(real -> assertThat(real.free()).isBetween(1L, real.total()));
  }
}
