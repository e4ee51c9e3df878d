package org.bagnetlab.server.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The delivery status of a recipient.
 *
 * @param service its service, such as "webhook" or "mail"
 * @param host host of its address, the only public part
 * @param events the events it is subscribed to
 * @param pending number of notifications not yet delivered
 * @param failure why the last attempt failed; empty if it succeeded, or if there was none since the
 *     server started
 * @param failedAt when the last attempt failed
 */
public record RecipientStatus(
    String service,
    String host,
    List<String> events,
    long pending,
    Optional<String> failure,
    Optional<Instant> failedAt) {}
