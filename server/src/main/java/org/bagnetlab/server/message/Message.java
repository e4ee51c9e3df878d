package org.bagnetlab.server.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.table.WrittenTable;

/**
 * What a notification says to people. It is stored until it is delivered, and written in the format
 * of its recipient when it is sent.
 *
 * @param kind what it is about
 * @param subject its title, one line without formatting
 * @param sentences its lines, the most important first
 * @param tables tables below them
 * @param picture a chart, if there is one
 * @param link address of the page with details
 */
public record Message(
    NoticeKind kind,
    String subject,
    List<String> sentences,
    List<WrittenTable> tables,
    Optional<MessagePicture> picture,
    Optional<String> link) {

  private static final int LONGEST_SUBJECT = 120;

  /** The message of a notice that consists of one text. */
  public static Message of(Notice notice) {
    return of(notice, Content.NONE);
  }

  /** The message of a notice, whose text is its first line. */
  public static Message of(Notice notice, Content content) {
    return new Message(
        notice.event(),
        subject(notice.lab(), notice.text()),
        Stream.concat(Stream.of(notice.text()), content.sentences().stream()).toList(),
        content.tables(),
        content.picture(),
        notice.link());
  }

  /** A title: the name of the lab, and the first line of a text, shortened if it is long. */
  static String subject(String lab, String text) {
    String line = "[%s] %s".formatted(lab, text.lines().findFirst().orElse("")).strip();
    return line.length() <= LONGEST_SUBJECT
        ? line
        : line.substring(0, LONGEST_SUBJECT - 1).strip() + "…";
  }
}
