package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.split.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images are exported whole, by the command that the export itself names. */
@Timeout(60)
class DatasetExportCommandTests {

  @TempDir private Path directory = Path.of("");

  private int run(TerminalOfTests terminal, String command) {
    return terminal.run(
        command
            .replace("./bagnetlab ", "")
            .replace("DIR", directory.resolve("out").toString())
            .concat(" --data " + directory)
            .split(" "));
  }

  @Test
  void theCommandInAnExportRepeatsIt() throws Exception {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(
              run(
                  terminal,
                  "dataset export controlled-15 --size 64 --split validation --seed 2 --to DIR"))
          .isZero();
      Path out = directory.resolve("out");
      Path first = Files.move(out, directory.resolve("first"));
      String origin = Files.readString(first.resolve("export.json"));
      String command = origin.replaceAll("(?s).*\"command\" : \"([^\"]*)\".*", "$1");
      assertThat(command).contains("--split validation --seed 2");
      assertThat(run(terminal, command)).isZero();
      for (String file : new String[] {"export.json", "SHA256SUMS", "labels.csv"}) {
        assertThat(out.resolve(file)).hasSameTextualContentAs(first.resolve(file));
      }
      assertThat(run(terminal, command)).isEqualTo(1);
      assertThat(terminal.said()).contains("is not an empty directory");
    }
  }

  @Test
  void aPartOfTheTrainingImagesIsThatOfATraining() throws Exception {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      String command =
          "dataset export controlled-15 --size 64 --split train --seed 2 --train-images 3 --to DIR";
      assertThat(run(terminal, command)).isZero();
    }
    Path out = directory.resolve("out");
    assertThat(Files.readString(out.resolve("export.json"))).contains(" --train-images 3 --to");
    Split learnt = Split.of(new Controlled15(), 2).learning(Optional.of(3));
    assertThat(learnt.train()).hasSize(45);
    try (Stream<Path> files = Files.walk(out.resolve("train"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(45);
    }
    String labels = Files.readString(out.resolve("labels.csv"));
    assertThat(learnt.train())
        .allSatisfy(image -> assertThat(labels).contains("," + image.path() + "\r\n"));
  }

  @Test
  void aDataSetOfTestImagesOnlyIsExportedWhole() throws Exception {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      String command = "dataset export controlled-15-cue-conflict --size 64 --to DIR";
      assertThat(run(terminal, command)).as(terminal.said()).isZero();
    }
    Path out = directory.resolve("out");
    try (Stream<Path> files = Files.walk(out.resolve("test"))) {
      // 30 pairs of a lattice and other marks.
      assertThat(files.filter(Files::isRegularFile)).hasSize(600);
    }
    assertThat(out.resolve("train")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dataset export none --size 64 --to DIR                    | There is no data set 'none'.",
        "dataset export controlled-15 --size 60 --to DIR           | imageSize must be at least 64",
        "dataset export controlled-15 --size 4096 --to DIR         | --size must be from 1 to 2048",
        "dataset export controlled-15 --size 64 --train-images 0 --to DIR | --train-images must be at least 1, but is 0.",
        "dataset export controlled-15 --size 64 --split x --to DIR | expected one of [train, validation",
      })
  void whatCannotBeExportedIsRefused(String command, String message) {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(run(terminal, command)).isNotZero();
      assertThat(terminal.said()).contains(message);
      assertThat(directory.resolve("out")).doesNotExist();
    }
  }
}
