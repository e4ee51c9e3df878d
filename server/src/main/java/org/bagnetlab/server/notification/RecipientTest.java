package org.bagnetlab.server.notification;

import java.util.Optional;

/**
 * The result of sending a test notice.
 *
 * @param service service of the recipient, such as "webhook" or "mail"
 * @param host host of its address
 * @param delivered whether it was accepted
 * @param failure why it was not accepted
 */
public record RecipientTest(
    String service, String host, boolean delivered, Optional<String> failure) {}
