package org.bagnetlab.server.device;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.device.GpuReadingRow;
import org.bagnetlab.storage.device.GpuReadingTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readings of the GPUs: one a minute for the last day, and one for every ten minutes of the
 * month before. Gaps are not filled.
 */
public final class GpuHistory {

  private static final Logger LOG = LoggerFactory.getLogger(GpuHistory.class);

  /** How long readings are kept. */
  public static final Duration KEPT = Duration.ofDays(31);

  private static final Duration ALL_KEPT = Duration.ofDays(1);
  private static final Duration BETWEEN_OLD = Duration.ofMinutes(10);

  /** Thinning reads all readings. */
  private static final Duration BETWEEN_THINNING = Duration.ofHours(1);

  /** A little less than a minute, which the readings of idle GPUs are apart. */
  private static final Duration BETWEEN = Duration.ofSeconds(55);

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private volatile Instant last = Instant.EPOCH;
  private volatile Instant thinned = Instant.EPOCH;
  private volatile Future<Void> stored = Future.succeededFuture();

  /** The readings in a database. */
  public GpuHistory(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  /** Stores readings, unless the last ones are less than a minute old. */
  public Future<Void> add(Inventory inventory) {
    Instant at = inventory.at();
    Instant before = last;
    if (inventory.gpus().isEmpty() || (!at.isBefore(before) && at.isBefore(before.plus(BETWEEN)))) {
      return Future.succeededFuture();
    }
    last = at;
    boolean thin = at.isBefore(thinned) || !at.isBefore(thinned.plus(BETWEEN_THINNING));
    if (thin) {
      thinned = at;
    }
    stored =
        Futures.of(
                vertx,
                database.write(
                    tables -> {
                      store(tables.gpuReadings(), inventory, thin);
                      return at;
                    }))
            .onFailure(failure -> LOG.warn("The readings of the GPUs could not be stored", failure))
            .mapEmpty();
    return stored;
  }

  private static void store(GpuReadingTable table, Inventory inventory, boolean thin) {
    Instant at = inventory.at();
    table.removeAfter(at); // the clock was set back
    table.removeBefore(at.minus(KEPT));
    if (thin) {
      table.thin(at.minus(ALL_KEPT), BETWEEN_OLD.toSeconds());
    }
    inventory.gpus().forEach(gpu -> table.put(row(at, gpu)));
  }

  private static GpuReadingRow row(Instant at, Gpu gpu) {
    return new GpuReadingRow(
        gpu.uuid(),
        at,
        boxed(gpu.utilisation()),
        boxed(gpu.temperature()),
        boxed(gpu.memoryUsed()),
        boxed(gpu.power()));
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }

  /** The recent readings of these GPUs, by UUID, the oldest first, including all added so far. */
  public Future<Map<String, List<GpuReadingRow>>> recent(Collection<String> gpus, Duration length) {
    Instant since = clock.instant().minus(length);
    return stored
        .otherwiseEmpty()
        .compose(done -> Futures.of(vertx, database.read(tables -> recent(tables, gpus, since))));
  }

  private static Map<String, List<GpuReadingRow>> recent(
      Tables tables, Collection<String> gpus, Instant since) {
    return gpus.stream()
        .collect(Collectors.toMap(gpu -> gpu, gpu -> tables.gpuReadings().since(gpu, since)));
  }
}
