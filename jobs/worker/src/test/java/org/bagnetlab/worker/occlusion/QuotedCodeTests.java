package org.bagnetlab.worker.occlusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in docs/adding-an-experiment.md is that of the files that it names. */
class QuotedCodeTests {

  private static final Path ROOT = Path.of("..", "..");

  /** A line with the path of a file, and the code of it. */
  private static final Pattern QUOTED =
      Pattern.compile("(?s)\n`([^`\n]+)`\n\n```\\w*\n(.*?)\n```\n");

  private static final Pattern JAVA = Pattern.compile("(?m)^```java$");

  @Test
  void theCodeIsThatOfTheSources() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/adding-an-experiment.md"));
    List<String> quoted = new ArrayList<>();
    for (MatchResult each : QUOTED.matcher(page).results().toList()) {
      String path = each.group(1);
      assertThat(Files.readString(ROOT.resolve(path))).as(path).contains(each.group(2));
      quoted.add(path.substring(path.lastIndexOf('/') + 1));
    }
    assertThat(quoted)
        .contains(
            "OcclusionExperiment.java",
            "OcclusionRunner.java",
            "LabelNoise.java",
            "org.bagnetlab.experiment.Experiment")
        .hasSizeGreaterThan((int) JAVA.matcher(page).results().count());
  }
}
