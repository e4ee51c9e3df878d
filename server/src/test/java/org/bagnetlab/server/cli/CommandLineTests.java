package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What holds for all commands, and that nothing needs the dashboard. */
@Timeout(60)
class CommandLineTests {

  private static final Path DOCUMENT =
      Path.of("").toAbsolutePath().resolveSibling("docs").resolve("command-line.md");

  /** Commands without {@code --json}, and why. */
  private static final Map<String, String> WITHOUT_JSON =
      Map.of(
          "bagnetlab serve", "runs until it is stopped",
          "bagnetlab demo", "runs until it is stopped",
          "bagnetlab logs", "prints a log as it is",
          "bagnetlab completion", "prints a shell script");

  private final TerminalOfTests terminal = new TerminalOfTests();
  private final InputStream input = System.in;

  @TempDir Path folder;

  @AfterEach
  void restore() {
    System.setIn(input);
    System.clearProperty("bagnetlab.answers");
    terminal.close();
  }

  private static List<CommandLine> leaves(CommandLine line) {
    List<CommandLine> leaves = new ArrayList<>();
    for (CommandLine each :
        new TreeSet<>(line.getSubcommands().keySet())
            .stream().map(line.getSubcommands()::get).toList()) {
      leaves.addAll(each.getSubcommands().isEmpty() ? List.of(each) : leaves(each));
    }
    return leaves;
  }

  @Test
  void everyCommandPrintsJson() {
    Set<String> without = new TreeSet<>();
    for (CommandLine leaf : leaves(Main.commandLine())) {
      if (leaf.getCommandSpec().findOption("--json") == null) {
        without.add(leaf.getCommandSpec().qualifiedName());
      }
    }
    assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_JSON.keySet());
  }

  @Test
  void everyOperationHasACommand() throws Exception {
    String text = Files.readString(DOCUMENT);
    Matcher row = Pattern.compile("(?m)^\\| (\\w+) \\| `\\./(bagnetlab [^`]+)` \\|$").matcher(text);
    Set<String> described = new TreeSet<>();
    while (row.find()) {
      described.add(row.group(1));
      CommandOfDocument.check(row.group(2));
    }
    Matcher rest = Pattern.compile("Without a command of their own[^:]*: ([^.]+)\\.").matcher(text);
    assertThat(rest.find()).isTrue();
    described.addAll(List.of(rest.group(1).replace("`", "").split(",\\s+")));
    Set<String> known = new TreeSet<>();
    for (JsonNode path :
        OpenApi.of(
                new VisionCatalogue(new DatasetStore(Path.of("")), new WeightsStore(Path.of(""))))
            .path("paths")) {
      path.forEach(operation -> known.add(operation.path("operationId").asText("")));
    }
    known.remove("");
    assertThat(described).isEqualTo(known);
  }

  @Test
  void bashCompletesCommandsOptionsAndExperiments() throws Exception {
    assertThat(terminal.run("completion", "bash")).isZero();
    Path script = folder.resolve("completion");
    Files.writeString(script, terminal.said());
    assertThat(completed(script, "./bagnetlab", "sto")).isEqualTo("storage");
    assertThat(completed(script, "./bagnetlab", "storage", "--retention"))
        .contains("--retention-preview");
    assertThat(completed(script, "./bagnetlab", "submit", "patch-r")).isEqualTo("patch-robustness");
    assertThat(completed(script, "./bagnetlab", "sweep", "--preset", "learning"))
        .isEqualTo("learning-curve");
  }

  /** What the shell offers for the last of these words. */
  private static String completed(Path script, String... words) throws Exception {
    StringBuilder program = new StringBuilder("source \"$1\"; shift; COMP_WORDS=(\"$@\"); ");
    program.append("COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE}; ");
    program.append("_complete_bagnetlab; echo \"${COMPREPLY[*]}\"");
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", program.toString(), "bash", script.toString()));
    command.addAll(List.of(words));
    Process bash =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD) // no completion is running
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  @Test
  void zshReadsItsOwnCompletionFirst() {
    assertThat(terminal.run("completion", "zsh")).isZero();
    assertThat(terminal.said()).startsWith("autoload -U compinit");
    assertThat(terminal.run("completion", "fish")).isEqualTo(2);
  }

  @Test
  void nothingIsRemovedUnasked() {
    String data = folder.toString();
    assertThat(terminal.run("token", "add", "ann", "--data", data)).isZero();
    terminal.said();
    assertThat(terminal.run("token", "remove", "ann", "--data", data)).isEqualTo(1);
    assertThat(terminal.said()).contains("add --yes");
    System.setProperty("bagnetlab.answers", "true");
    answer("");
    assertThat(terminal.run("token", "remove", "ann", "--data", data)).isEqualTo(1);
    assertThat(terminal.said()).contains("Go on? [y/N]", "Nothing was changed.");
    answer("n\n");
    assertThat(terminal.run("token", "remove", "ann", "--data", data)).isEqualTo(1);
    terminal.said();
    answer("y\n");
    assertThat(terminal.run("token", "remove", "ann", "--data", data, "--json")).isZero();
    assertThat(terminal.said()).contains("\"removed\":true");
    assertThat(terminal.run("token", "add", "ann", "--data", data)).isZero();
    assertThat(terminal.run("token", "remove", "ann", "--data", data, "--yes")).isZero();
  }

  private static void answer(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
