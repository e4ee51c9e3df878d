package org.bagnetlab.server.housekeeping;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.notification.Retries;
import org.bagnetlab.server.notification.Webhook;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * How the lab keeps house.
 *
 * @param lab its name in notices
 * @param address of the dashboard, as people reach it; empty: as it listens
 * @param fileSystem tells how full the disk of a data directory is
 * @param disk how full it may become
 * @param retention how long files stay
 * @param webhooks where notices go
 * @param retries how often a notice is sent
 */
public record HousekeepingSettings(
    String lab,
    Optional<String> address,
    Function<DataDirectory, FileSystem> fileSystem,
    DiskLimits disk,
    RetentionRules retention,
    List<Webhook> webhooks,
    Retries retries) {

  /** As it is by itself. */
  public static HousekeepingSettings standard() {
    return new HousekeepingSettings(
        "Bagnet Lab",
        Optional.empty(),
        FileSystem::of,
        DiskLimits.standard(),
        RetentionRules.standard(),
        List.of(),
        Retries.standard());
  }
}
