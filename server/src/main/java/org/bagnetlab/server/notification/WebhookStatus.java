package org.bagnetlab.server.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The delivery status of a webhook.
 *
 * @param host the public part of its address
 * @param events the events it is subscribed to
 * @param pending number of notifications not yet delivered
 * @param failure why the last attempt failed; empty: it succeeded, or there was none since the
 *     start
 * @param failedAt when the last attempt failed
 */
public record WebhookStatus(
    String host,
    List<String> events,
    long pending,
    Optional<String> failure,
    Optional<Instant> failedAt) {}
