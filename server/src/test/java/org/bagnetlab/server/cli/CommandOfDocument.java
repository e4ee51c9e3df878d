package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.server.results.view.View;
import picocli.CommandLine;

/** A command line in a document, as a reader would type it. */
public record CommandOfDocument(Path document, String text) {

  /** What the launcher script does itself. */
  private static final Set<String> LAUNCHER = Set.of("build", "test");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** The commands in the blocks of code of a document. */
  public static List<CommandOfDocument> in(Path document, String markdown) {
    List<CommandOfDocument> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(markdown);
    while (block.find()) {
      for (String line : block.group(1).replaceAll("\\\\\\n\\s*", "").split("\n", -1)) {
        Matcher command = Pattern.compile("(?:^|[\\s(])\\./(bagnetlab .*)").matcher(line);
        if (command.find()) {
          found.add(new CommandOfDocument(document, plain(command.group(1))));
        }
      }
    }
    return found;
  }

  /** Without what the shell takes outside of quotes, comments and explanations beside it. */
  private static String plain(String text) {
    String words = "^((?:\"[^\"]*\"|'[^']*'|[^\"'])*?)";
    return text.replaceFirst(words + "(?:\\s+#| {3,}|\\s*[|>]\\s|\\s*&&|\\s*&$|\\)$).*", "$1")
        .strip();
  }

  /** Its words after the name of the program. */
  public List<String> arguments() {
    return WORD.matcher(text).results().map(CommandOfDocument::word).skip(1).toList();
  }

  private static String word(MatchResult match) {
    for (int group = 1; group <= 2; group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    return match.group();
  }

  /**
   * Holds a command against the real command line: an unknown command or option, or a missing one,
   * fails.
   */
  public void check() {
    List<String> arguments = new ArrayList<>();
    for (String word : arguments()) {
      arguments.add(word.matches("ID|RUN|JOB|\\$\\w+") ? "1" : word.replaceAll("[\\[\\]]", ""));
    }
    if (arguments.isEmpty() || LAUNCHER.contains(arguments.get(0))) {
      return;
    }
    try {
      CommandLine line = Main.commandLine();
      line.parseArgs(arguments.toArray(String[]::new));
      int view = arguments.indexOf("--view") + 1;
      // Placeholders are in capitals.
      if (view > 0 && !arguments.get(view).matches("[A-Z-]+")) {
        assertThat(View.all()).extracting(View::name).contains(arguments.get(view));
      }
    } catch (CommandLine.ParameterException e) {
      fail("%s has ./%s: %s".formatted(document, text, e.getMessage()));
    }
  }

  /** As {@link #check()}, of a line outside of a block. */
  static void check(String text) {
    new CommandOfDocument(Path.of(""), text).check();
  }
}
