package org.bagnetlab.server.notification;

import java.util.Optional;

/**
 * The result of sending a test notice.
 *
 * @param host host of the webhook
 * @param delivered whether it was accepted
 * @param failure why it was not accepted
 */
public record WebhookTest(String host, boolean delivered, Optional<String> failure) {}
