package org.bagnetlab.server.notification.recipient;

import com.fasterxml.jackson.core.type.TypeReference;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.message.Message;

/** The JSON of a message that waits for its delivery. */
final class StoredMessage {

  private static final TypeReference<Message> MESSAGE = new TypeReference<>() {};

  private StoredMessage() {}

  static String text(Message message) {
    return ServerJson.text(message);
  }

  static Message read(String stored) {
    return Json.read(stored, MESSAGE);
  }
}
