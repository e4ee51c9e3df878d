package org.bagnetlab.server.configuration;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.notification.NoticeKind;
import org.bagnetlab.server.notification.Webhook;

/**
 * A recipient of notifications.
 *
 * @param url the URL that notifications are posted to
 * @param secret the secret that they are signed with
 * @param events the events to notify about; all by default
 */
record WebhookSection(
    Optional<String> url, Optional<String> secret, Optional<List<String>> events) {

  private static final Set<NoticeKind> KINDS = EnumSet.complementOf(EnumSet.of(NoticeKind.TEST));

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
        events
            .map(names -> names.stream().map(WebhookSection::kind).collect(Collectors.toSet()))
            .orElse(KINDS));
  }

  private static NoticeKind kind(String name) {
    return KINDS.stream()
        .filter(kind -> kind.written().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no event '%s'. Known: %s".formatted(name, names(KINDS.stream()))));
  }

  private static String names(Stream<NoticeKind> kinds) {
    return kinds.map(NoticeKind::written).collect(Collectors.joining(", "));
  }
}
