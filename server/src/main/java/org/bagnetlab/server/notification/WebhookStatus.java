package org.bagnetlab.server.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it goes with a webhook.
 *
 * @param host what may be shown of its address
 * @param events that it wants to know of
 * @param pending notices on their way to it
 * @param failure why the last attempt was in vain; empty: it was not, or none was made since the
 *     start
 * @param failedAt when that was
 */
public record WebhookStatus(
    String host,
    List<String> events,
    long pending,
    Optional<String> failure,
    Optional<Instant> failedAt) {}
