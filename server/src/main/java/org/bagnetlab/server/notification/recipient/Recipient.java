package org.bagnetlab.server.notification.recipient;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.Notice;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * A recipient of notifications. Only the host of its address is ever shown, since the rest of the
 * address is often secret.
 */
public sealed interface Recipient permits Mail, HttpRecipient {

  /** The service in one word, such as "webhook". */
  String service();

  /** The host of its address, which is the only public part. */
  String host();

  /** Everything that identifies its address. Must not be shown or stored. */
  String address();

  /** The events it is subscribed to. */
  Set<NoticeKind> events();

  /**
   * The text that is stored until the notice is delivered: the message, unless the recipient is a
   * program.
   *
   * @param notice the notice for programs
   * @param message the same for people
   */
  default String body(Notice notice, Message message) {
    return StoredMessage.text(message);
  }

  /**
   * Sends a stored notice once. Blocks.
   *
   * @return why it was not accepted; empty if it was accepted
   */
  Optional<String> send(DeliveryRow delivery, Transport transport) throws InterruptedException;

  /** Identifies the recipient without revealing its address. */
  default String id() {
    return Sha256.of(address().getBytes(StandardCharsets.UTF_8));
  }
}
