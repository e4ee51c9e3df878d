package org.bagnetlab.server.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.notification.Webhook;
import org.bagnetlab.server.retention.RetentionRules;

/**
 * The configuration of the disk, retention and notifications.
 *
 * @param disk disk limits
 * @param retention how long files are kept
 * @param webhooks recipients of notifications
 * @param address public URL of the dashboard
 */
public record HousekeepingSections(
    DiskLimits disk, RetentionRules retention, List<Webhook> webhooks, Optional<String> address) {

  /** Checks what can only be seen of all together. */
  public HousekeepingSections {
    Set<String> urls = new HashSet<>();
    for (Webhook webhook : webhooks) {
      if (!urls.add(webhook.url().toString())) {
        throw new IllegalArgumentException(
            "two webhooks at %s have the same url: list it once, with all its events"
                .formatted(webhook.host()));
      }
    }
    address = address.map(said -> said.endsWith("/") ? said : said + "/");
    address.ifPresent(
        said -> {
          if (!said.matches("https?://[^/\\s]+(/\\S*)?")) {
            throw new IllegalArgumentException(
                "address must be the URL of the dashboard, such as https://lab.example.org/,"
                    + " but is '%s'".formatted(said));
          }
        });
  }

  static HousekeepingSections standard() {
    return of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static HousekeepingSections of(
      Optional<DiskSection> disk,
      Optional<RetentionSection> retention,
      Optional<List<WebhookSection>> webhooks,
      Optional<String> address) {
    return new HousekeepingSections(
        disk.map(DiskSection::limits).orElseGet(DiskLimits::standard),
        retention.map(RetentionSection::rules).orElseGet(RetentionRules::standard),
        webhooks.orElse(List.of()).stream().map(WebhookSection::webhook).toList(),
        address);
  }

  /** The settings that they make. May ask the network for this machine's name. */
  public HousekeepingSettings settings() {
    HousekeepingSettings standard = HousekeepingSettings.standard();
    return new HousekeepingSettings(
        webhooks.isEmpty() ? standard.lab() : thisMachine(standard.lab()),
        address,
        standard.fileSystem(),
        disk,
        retention,
        webhooks);
  }

  private static String thisMachine(String otherwise) {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return otherwise;
    }
  }
}
