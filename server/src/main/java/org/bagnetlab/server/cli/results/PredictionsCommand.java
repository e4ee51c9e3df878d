package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.results.view.ViewForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the predictions of a run's network, image by image. */
@Command(
    name = "predictions",
    description = "Show a run's prediction for each image, the most probable first.")
public final class PredictionsCommand extends ServerCommand {

  /** The output format of predictions. */
  enum Form {
    /** Lines of text for a terminal. */
    TABLE,
    /** All values, with all digits. */
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "RUN", description = "Job ID of a training or an evaluation.")
  private long run;

  @Option(names = "--wrong", description = "Only wrong predictions.")
  private boolean wrong;

  @Option(
      names = "--set",
      defaultValue = "test",
      description = "test, scrambled, validation or all. Default: ${DEFAULT-VALUE}.")
  private String set = "";

  @Option(names = "--class", paramLabel = "CLASS", description = "Only images of this class.")
  private String label = "";

  @Option(
      names = "--predicted",
      paramLabel = "CLASS",
      description = "Only images predicted as this class.")
  private String predicted = "";

  @Option(
      names = "--also-wrong-in",
      paramLabel = "RUN",
      split = ",",
      description = "Only images that these runs all got wrong.")
  private List<Long> others = List.of();

  @Option(names = "--limit", description = "Default: 50; all as csv.")
  private @Nullable Integer limit;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Form form = Form.TABLE;

  @Override
  protected int run(LabClient client) throws Exception {
    String address =
        "runs/%d/predictions?set=%s&class=%s&predicted=%s&right=%s&alsoWrong=%s&limit=%s"
            .formatted(
                run,
                LabClient.part(set),
                LabClient.part(label),
                LabClient.part(predicted),
                wrong ? "false" : "",
                others.stream().map(String::valueOf).collect(Collectors.joining(",")),
                limit == null ? "" : limit.toString());
    if (form == Form.CSV) {
      System.out.print(client.text(address, ViewForm.CSV.mediaType()));
      return 0;
    }
    JsonNode page = client.get(address);
    if (json.printed(page)) {
      return 0;
    }
    System.out.printf(
        "Run %d on %s: %d of %d images wrong%s.%n",
        run,
        page.path("dataset").asText(),
        page.path("wrong").asInt(),
        page.path("images").asInt(),
        others.isEmpty()
            ? ""
            : " in all of these runs, the most probable on average over the runs first");
    for (JsonNode each : page.path("predictions")) {
      System.out.println(line(each));
    }
    int shown = page.path("predictions").size();
    if (page.path("total").asInt() > shown) {
      System.out.printf(
          "Showing %d of %d. Use --limit to show more.%n", shown, page.path("total").asInt());
    }
    return 0;
  }

  private static String line(JsonNode prediction) {
    return "  %s  %s  %s%s"
        .formatted(
            probability(prediction.path("probability")),
            prediction.path("image").asText(),
            prediction.path("class").asText(),
            prediction.path("right").asBoolean()
                ? ""
                : ", predicted as " + prediction.path("predicted").asText());
  }

  private static String probability(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "    -";
  }
}
