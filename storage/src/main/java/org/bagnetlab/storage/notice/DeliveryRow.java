package org.bagnetlab.storage.notice;

import java.time.Instant;

/**
 * A notice on its way to a webhook.
 *
 * @param id the same at every attempt
 * @param webhook checksum of the webhook's address
 * @param event what it tells of
 * @param body as it is sent
 * @param createdAt when it happened
 * @param attempts how often it was sent in vain
 * @param dueAt when it is sent next
 */
public record DeliveryRow(
    String id,
    String webhook,
    String event,
    String body,
    Instant createdAt,
    int attempts,
    Instant dueAt) {}
