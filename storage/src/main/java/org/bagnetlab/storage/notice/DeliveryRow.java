package org.bagnetlab.storage.notice;

import java.time.Instant;

/**
 * A pending notification to a recipient.
 *
 * @param id identifier, the same at every attempt
 * @param recipient hash of the recipient's address
 * @param event what happened
 * @param body the body to send
 * @param createdAt when it happened
 */
public record DeliveryRow(
    String id, String recipient, String event, String body, Instant createdAt) {}
