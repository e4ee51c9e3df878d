package org.bagnetlab.server.cli.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.LabCommand;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.vision.dataset.store.DatasetDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the contents of a data set. */
@Command(
    name = "show",
    description = {
      "Show the classes, sizes, split and checksum of a data set.",
      "A server also lists the jobs that use it."
    })
final class DatasetShowCommand extends LabCommand {

  private static final int SHOWN_JOBS = 20;

  @Parameters(paramLabel = "NAME", description = "Name of the data set, for example scene15.")
  private String name = "";

  @Override
  protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
    JsonNode details =
        client.isPresent() ? client.get().get("datasets/" + LabClient.part(name)) : here();
    if (!json.printed(details)) {
      print(details);
    }
  }

  private JsonNode here() throws IOException {
    return Json.MAPPER.valueToTree(
        DatasetCommand.store(data)
            .find(name)
            .map(DatasetDetails::of)
            .orElseThrow(() -> DatasetCommand.missing(name)));
  }

  private static void print(JsonNode details) {
    JsonNode dataset = details.path("dataset");
    System.out.printf(
        "%s: %s%n",
        dataset.path("name").asText(), Terminal.line(dataset.path("description").asText()));
    System.out.printf(
        "%d images in %d classes, %d in the training folder and %d in the test folder.%n",
        dataset.path("images").asInt(),
        details.path("classes").size(),
        dataset.path("train").asInt(),
        dataset.path("test").asInt());
    JsonNode sizes = details.path("sizes");
    if (sizes.isObject()) {
      System.out.printf(
          "%s; %d gray.%n",
          ImageSizes.text(
              sizes.path("minWidth").asInt(),
              sizes.path("maxWidth").asInt(),
              sizes.path("minHeight").asInt(),
              sizes.path("maxHeight").asInt()),
          sizes.path("gray").asInt());
    }
    JsonNode split = details.path("split");
    System.out.println(
        split.isObject()
            ? "Split: %d training, %d validation and %d test images."
                .formatted(
                    split.path("train").asInt(),
                    split.path("validation").asInt(),
                    split.path("test").asInt())
            : "Split: none. " + Terminal.line(dataset.path("trainingProblem").asText()));
    System.out.printf("Checksum: %s%n", dataset.path("checksum").asText());
    for (JsonNode each : details.path("classes")) {
      System.out.printf(
          "  %-20s %5d train %5d test%n",
          Terminal.line(each.path("name").asText()),
          each.path("train").asInt(),
          each.path("test").asInt());
    }
    if (details.has("uses")) {
      print(details.path("uses").path("jobs").asInt(), details.path("uses"));
    }
  }

  private static void print(int jobs, JsonNode uses) {
    List<String> numbers = new ArrayList<>();
    uses.path("unfinished").forEach(each -> numbers.add(each.path("id").asText()));
    uses.path("newest").forEach(each -> numbers.add(each.path("id").asText()));
    System.out.printf(
        "Used by %s, %d of them to train%s%n",
        Count.of(jobs, "job"),
        uses.path("trainings").asInt(),
        numbers.isEmpty()
            ? "."
            : ": %s%s."
                .formatted(
                    String.join(", ", numbers.subList(0, Math.min(SHOWN_JOBS, numbers.size()))),
                    jobs > SHOWN_JOBS ? " and more" : ""));
  }
}
