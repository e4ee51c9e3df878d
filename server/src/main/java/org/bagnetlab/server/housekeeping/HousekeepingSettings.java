package org.bagnetlab.server.housekeeping;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.mirror.MlflowAddress;
import org.bagnetlab.server.notification.Webhook;
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
 * @param webhooks recipients of notifications
 * @param mirror the tracking server that gets a copy of each training
 */
public record HousekeepingSettings(
    String lab,
    Optional<String> address,
    Function<DataDirectory, FileSystem> fileSystem,
    DiskLimits disk,
    RetentionRules retention,
    List<Webhook> webhooks,
    Optional<MlflowAddress> mirror) {

  /** Checks the address, and that the webhooks are consistent. */
  public HousekeepingSettings {
    Set<URI> urls = new HashSet<>();
    for (Webhook webhook : webhooks) {
      if (!urls.add(webhook.url())) {
        throw new IllegalArgumentException(
            "two webhooks at %s have the same url: list it once, with all its events"
                .formatted(webhook.host()));
      }
    }
    address = address.map(url -> url.endsWith("/") ? url : url + "/");
    if (address.filter(url -> !url.matches("https?://[^/\\s]+(/\\S*)?")).isPresent()) {
      throw new IllegalArgumentException(
          "address must be the URL of the dashboard, such as https://lab.example.org/,"
              + " but is '%s'".formatted(address.get()));
    }
  }

  /** The defaults. */
  public static HousekeepingSettings standard() {
    return new HousekeepingSettings(
        "Bagnet Lab",
        Optional.empty(),
        FileSystem::of,
        DiskLimits.standard(),
        RetentionRules.standard(),
        List.of(),
        Optional.empty());
  }
}
