package org.bagnetlab.server.message;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.server.table.Html;
import org.bagnetlab.server.table.WrittenTable;
import org.bagnetlab.server.table.WrittenTable.Heading;

/**
 * Writes a message as an HTML page. Styles are attributes, since mail programs remove style sheets.
 */
public final class MessageHtml {

  private static final String FONT = "font-family: system-ui, sans-serif; font-size: 14px";
  private static final String CELL = "padding: 3px 8px; border-bottom: 1px solid #e1e0d9";

  private MessageHtml() {}

  /** The page of a message with its picture in it. */
  public static String whole(Message message) {
    return of(
        message,
        message
            .picture()
            .map(picture -> Base64.getEncoder().encodeToString(picture.png()))
            .map("data:image/png;base64,%s"::formatted)
            .orElse(""));
  }

  /**
   * The page of a message.
   *
   * @param pictureSource address of the picture, such as {@code cid:chart}
   */
  public static String of(Message message, String pictureSource) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title></head>
        <body style="%s; color: #0b0b0b; background: #fcfcfb">
        %s%s%s%s</body>
        </html>
        """
        .formatted(
            Html.escaped(message.subject()),
            FONT,
            message.sentences().stream()
                .map(line -> "<p style=\"margin: 4px 0\">%s</p>\n".formatted(Html.escaped(line)))
                .collect(Collectors.joining()),
            picture(message.picture(), pictureSource),
            message.tables().stream().map(MessageHtml::table).collect(Collectors.joining()),
            message
                .link()
                .map(Html::escaped)
                .map(
                    "<p><a href=\"%s\" target=\"_blank\" rel=\"noopener\">Open in the dashboard</a></p>\n"
                        ::formatted)
                .orElse(""));
  }

  private static String picture(Optional<MessagePicture> picture, String source) {
    return picture
        .map(
            shown ->
                "<p><img src=\"%s\" alt=\"%s\" style=\"max-width: 100%%\"></p>\n"
                    .formatted(Html.escaped(source), Html.escaped(shown.description())))
        .orElse("");
  }

  private static String table(WrittenTable table) {
    return """
        <p style="margin: 16px 0 4px">%s</p>
        <table style="border-collapse: collapse; %s">
        <tr>%s</tr>
        %s</table>
        """
        .formatted(
            Html.escaped(String.join(" ", table.caption())),
            FONT,
            table.headings().stream()
                .map(heading -> cell("th", heading, heading.label()))
                .collect(Collectors.joining()),
            table.rows().stream()
                .map(row -> "<tr>%s</tr>\n".formatted(cells(table.headings(), row)))
                .collect(Collectors.joining()));
  }

  private static String cells(List<Heading> headings, List<String> row) {
    return IntStream.range(0, headings.size())
        .mapToObj(i -> cell("td", headings.get(i), row.get(i)))
        .collect(Collectors.joining());
  }

  private static String cell(String tag, Heading heading, String text) {
    return "<%s style=\"%s; text-align: %s\">%s</%s>"
        .formatted(tag, CELL, heading.value() ? "right" : "left", Html.escaped(text), tag);
  }
}
