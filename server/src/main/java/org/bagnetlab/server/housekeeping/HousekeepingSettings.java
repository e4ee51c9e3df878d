package org.bagnetlab.server.housekeeping;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.notification.Webhook;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * Settings of housekeeping.
 *
 * @param lab its name in notifications
 * @param address public URL of the dashboard; empty: the listening address
 * @param fileSystem reports the free space of a data directory
 * @param disk disk limits
 * @param retention how long files are kept
 * @param webhooks recipients of notifications
 */
public record HousekeepingSettings(
    String lab,
    Optional<String> address,
    Function<DataDirectory, FileSystem> fileSystem,
    DiskLimits disk,
    RetentionRules retention,
    List<Webhook> webhooks) {

  /** The defaults. */
  public static HousekeepingSettings standard() {
    return new HousekeepingSettings(
        "Bagnet Lab",
        Optional.empty(),
        FileSystem::of,
        DiskLimits.standard(),
        RetentionRules.standard(),
        List.of());
  }
}
