package org.bagnetlab.server.disk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.disk.StorageReport.JobSize;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the disk, and prevents job starts when it is nearly full, so that jobs wait for space
 * instead of failing one after another. Free space is read on every check. The size of the data
 * directory is measured only if there is a quota, and jobs wait only for the first measurement.
 * None of this runs on the event loop.
 */
public final class DiskSpace implements StartGate {

  private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
  private static final int SHOWN_JOBS = 20;

  private final Vertx vertx;
  private final Database database;
  private final FileSystem fileSystem;
  private final DiskLimits limits;
  private final MeasuredUse use;

  /** Details from the database that belong to the last reported measurement. */
  private volatile @Nullable Contents contents;

  private record Contents(DiskUse of, Map<String, Long> byKind, List<JobSize> largest) {}

  /** Monitors a data directory on a file system. */
  public DiskSpace(
      Vertx vertx,
      DataDirectory directory,
      Database database,
      FileSystem fileSystem,
      DiskLimits limits) {
    this(vertx, () -> DiskUse.measure(directory), database, fileSystem, limits, System::nanoTime);
  }

  DiskSpace(
      Vertx vertx,
      Callable<DiskUse> measure,
      Database database,
      FileSystem fileSystem,
      DiskLimits limits,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.database = database;
    this.fileSystem = fileSystem;
    this.limits = limits;
    this.use = new MeasuredUse(vertx, measure, nanoTime);
  }

  /** The current state of the disk. */
  public Future<DiskState> state() {
    return limits.quota().isPresent()
        ? use.lately().compose(known -> state(known.total()))
        : state(0);
  }

  /**
   * The reason why there is not enough space to store a file, as text. Empty if there is enough.
   *
   * @param bytes size of the file
   * @param needed space needed for this file and for other uploads in progress
   */
  public Future<Optional<String>> refusal(long bytes, long needed) {
    return state().map(state -> state.refusal(bytes, needed));
  }

  private Future<DiskState> state(long used) {
    // Unordered, because a file system may hang, which must not delay other tasks of the context.
    return vertx.executeBlocking(() -> DiskState.of(fileSystem.spaces(), used, limits), false);
  }

  @Override
  public Future<Optional<String>> refusal(DeviceSlot slot) {
    return state()
        .map(DiskState::refusal)
        .otherwise(
            failure -> {
              // The job may start: if it fills the disk, it reports this itself, whereas a job that
              // waits forever would report nothing.
              LOG.warn("Cannot determine the free disk space", failure);
              return Optional.empty();
            });
  }

  /** Reports how full the disk is, and what uses the space. */
  public Future<StorageReport> report() {
    return use.now().compose(now -> state(now.total()).compose(state -> report(state, now)));
  }

  private Future<StorageReport> report(DiskState state, DiskUse now) {
    return contents(now)
        .map(known -> StorageReport.of(state, now, known.byKind(), known.largest()));
  }

  @SuppressWarnings("ReferenceEquality") // a later measurement may have equal sizes for other files
  private Future<Contents> contents(DiskUse now) {
    @Nullable Contents known = contents;
    return known != null && known.of() == now
        ? Future.succeededFuture(known)
        : Futures.of(vertx, database.read(tables -> contents(tables, now)))
            .onSuccess(read -> contents = read);
  }

  private static Contents contents(Tables tables, DiskUse now) {
    return new Contents(now, tables.artifacts().sizes(), largest(tables, now.jobs()));
  }

  private static List<JobSize> largest(Tables tables, Map<Long, Long> jobs) {
    return jobs.entrySet().stream()
        .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN_JOBS)
        .flatMap(
            size ->
                tables
                    .jobs()
                    .find(size.getKey())
                    .map(job -> new JobSize(size.getKey(), job.title(), size.getValue()))
                    .stream())
        .toList();
  }

  /**
   * Called when files of a job were added or removed: the data directory must be measured again.
   */
  public void forget() {
    use.forget();
  }

  /** Called when files were deleted: there may be enough space for waiting jobs now. */
  public void freed() {
    use.freed();
  }
}
