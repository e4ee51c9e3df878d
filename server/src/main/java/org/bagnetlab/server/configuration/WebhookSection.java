package org.bagnetlab.server.configuration;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.notification.recipient.Webhook;

/**
 * A webhook that receives notifications.
 *
 * @param url the URL that notifications are posted to
 * @param secret the secret that they are signed with
 * @param events the events to notify about; all by default
 */
record WebhookSection(
    Optional<String> url, Optional<String> secret, Optional<List<String>> events) {

  WebhookSection {
    var _ = webhook(url, secret, events);
  }

  Webhook webhook() {
    return webhook(url, secret, events);
  }

  private static Webhook webhook(
      Optional<String> url, Optional<String> secret, Optional<List<String>> events) {
    return Webhook.of(
        url.orElseThrow(() -> new IllegalArgumentException("a webhook needs a url")),
        secret.orElseThrow(() -> new IllegalArgumentException("a webhook needs a secret")),
        NoticeEvents.of(events));
  }
}
