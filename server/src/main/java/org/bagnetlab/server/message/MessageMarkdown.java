package org.bagnetlab.server.message;

import java.util.List;
import java.util.stream.Collectors;
import org.bagnetlab.server.table.WrittenTable;

/** Writes a message as Markdown, with tables as Mattermost and GitHub have them. */
public final class MessageMarkdown {

  private static final String SPECIAL = "\\`*_{}[]<>()#+-.!|~:";

  /**
   * Mattermost finds mentions in the parsed text, in which an escaped character is as any other.
   */
  private static final String NO_MENTION = "@\u200b";

  private MessageMarkdown() {}

  /** Everything but the picture. */
  public static String of(Message message) {
    return "**%s**\n\n".formatted(escaped(message.subject()))
        + message.sentences().stream()
            .map(line -> escaped(line) + "\n")
            .collect(Collectors.joining("\n"))
        + message.tables().stream().map(MessageMarkdown::table).collect(Collectors.joining())
        + message.link().map("\n[Open in the dashboard](<%s>)\n"::formatted).orElse("");
  }

  private static String table(WrittenTable table) {
    return "\n%s\n\n%s%s%s"
        .formatted(
            escaped(String.join(" ", table.caption())),
            row(table.headings().stream().map(heading -> escaped(heading.label())).toList()),
            row(table.headings().stream().map(each -> each.value() ? "--:" : ":--").toList()),
            table.rows().stream()
                .map(row -> row(row.stream().map(MessageMarkdown::escaped).toList()))
                .collect(Collectors.joining()));
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Escapes special characters, so that a name is shown as it is and mentions nobody. */
  private static String escaped(String text) {
    return text.replaceAll("\\R", " ")
        .codePoints()
        .mapToObj(Character::toString)
        .map(MessageMarkdown::escapedCharacter)
        .collect(Collectors.joining());
  }

  private static String escapedCharacter(String character) {
    return character.equals("@")
        ? NO_MENTION
        : SPECIAL.contains(character) ? "\\" + character : character;
  }
}
