package org.bagnetlab.server.housekeeping;

import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.mirror.MlflowAddress;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * Settings of housekeeping.
 *
 * @param lab name of the lab in notifications
 * @param address public URL of the dashboard; empty to use the listening address
 * @param fileSystem reports the free space of a data directory
 * @param disk disk limits
 * @param retention how long files are kept
 * @param messages recipients of notifications
 * @param mirror the tracking server that gets a copy of each training
 */
public record HousekeepingSettings(
    String lab,
    Optional<String> address,
    Function<DataDirectory, FileSystem> fileSystem,
    DiskLimits disk,
    RetentionRules retention,
    MessageSettings messages,
    Optional<MlflowAddress> mirror) {

  /** Checks the address. */
  public HousekeepingSettings {
    address = address.map(url -> url.endsWith("/") ? url : url + "/");
    if (address.filter(url -> !url.matches("https?://[^/\\s]+(/\\S*)?")).isPresent()) {
      throw new IllegalArgumentException(
          "address must be the URL of the dashboard, such as https://lab.example.org/,"
              + " but is '%s'".formatted(address.get()));
    }
  }

  /** Where the links in messages work, as a sentence. */
  public String links() {
    return address
        .map("Links in messages lead to %s"::formatted)
        .orElse(
            "Links in messages work only on this machine: set address in bagnetlab.yaml to the URL"
                + " of the dashboard.");
  }

  /** The defaults. */
  public static HousekeepingSettings standard() {
    return new HousekeepingSettings(
        "Bagnet Lab",
        Optional.empty(),
        FileSystem::of,
        DiskLimits.standard(),
        RetentionRules.standard(),
        MessageSettings.none(),
        Optional.empty());
  }
}
