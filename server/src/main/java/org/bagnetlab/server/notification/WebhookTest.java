package org.bagnetlab.server.notification;

import java.util.Optional;

/**
 * What became of a test notice.
 *
 * @param host of the webhook
 * @param delivered whether it was taken
 * @param failure why not
 */
public record WebhookTest(String host, boolean delivered, Optional<String> failure) {}
