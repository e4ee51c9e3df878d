package org.bagnetlab.server.message;

import java.util.stream.Collectors;
import org.bagnetlab.server.table.PlainText;

/** Writes a message as plain text. */
public final class MessageText {

  private MessageText() {}

  /** Everything but the subject and the picture. */
  public static String of(Message message) {
    return lines(message)
        + message.tables().stream()
            .map(table -> "\n" + PlainText.of(table))
            .collect(Collectors.joining())
        + message.link().map(link -> "\n" + link + "\n").orElse("");
  }

  /** Only the sentences, each on a line, for a small screen. */
  public static String brief(Message message) {
    return lines(message).stripTrailing();
  }

  private static String lines(Message message) {
    return message.sentences().stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
