package org.bagnetlab.storage.notice;

import java.time.Instant;

/**
 * A pending notification to a webhook.
 *
 * @param id identifier, the same at every attempt
 * @param webhook hash of the webhook's address
 * @param event what happened
 * @param body the body to send
 * @param createdAt when it happened
 */
public record DeliveryRow(
    String id, String webhook, String event, String body, Instant createdAt) {}
