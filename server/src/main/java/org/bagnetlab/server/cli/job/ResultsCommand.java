package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a view of the results. */
@Command(
    name = "results",
    description = "Print measured and published results side by side.",
    mixinStandardHelpOptions = true)
public final class ResultsCommand implements Callable<Integer> {

  private static final String ROW = "%-16s %-14s %-12s %4s %6s %-9s %-8s %-20s %-20s %-20s %s%n";

  enum Format {
    table,
    json
  }

  @Option(
      names = "--dataset",
      defaultValue = "controlled-15",
      description = "Default: ${DEFAULT-VALUE}.")
  private String dataset = "";

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.table;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    List<String> known = client.get("datasets").path("datasets").findValuesAsText("name");
    if (!known.contains(dataset)) {
      throw new Failure(
          "There is no data set '%s'. Known: %s.".formatted(dataset, String.join(", ", known)));
    }
    JsonNode comparison = client.get("comparison?dataset=" + dataset);
    if (format == Format.json) {
      System.out.println(Json.line(comparison));
      return 0;
    }
    System.out.printf(
        "Measured on %s; published: 15-scene, 224 px, pretrained on ImageNet.%n", dataset);
    System.out.printf(
        ROW,
        "network",
        "regime",
        "weights",
        "px",
        "width",
        "precision",
        "runs",
        "validation",
        "test",
        "scrambled",
        "published test / scrambled");
    for (JsonNode row : comparison.path("rows")) {
      System.out.printf(
          ROW,
          row.path("label").asText(),
          Terminal.shown(row.path("regime").asText("-")),
          row.path("weights").asText("-"),
          row.path("imageSize").asText("-"),
          row.path("width").asText("-"),
          row.has("width") ? row.path("precision").asText("fp32") : "-",
          row.path("runs").size() + " seed" + (row.path("runs").size() == 1 ? "" : "s"),
          measured(row.path("validation")),
          measured(row.path("test")),
          measured(row.path("scrambled")),
          "%s / %s".formatted(published(row, "test", 3), published(row, "scrambled", 2)));
    }
    System.out.println(
        "In brackets: 95 % intervals over seeds and images; with *, over the images of one run only,"
            + " which says nothing of other seeds.");
    return 0;
  }

  /** As the report prints it. */
  private static String published(JsonNode row, String set, int digits) {
    JsonNode value = row.path("published").path(set);
    return value.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", value.asDouble())
        : "-";
  }

  /** One run's interval is of its images only, and two runs have none, but both values. */
  private static String measured(JsonNode value) {
    if (value.isMissingNode()) {
      return "-";
    }
    if (!value.has("low")) {
      List<String> values = new ArrayList<>();
      value.path("values").forEach(each -> values.add("%.3f".formatted(each.asDouble())));
      return String.join(", ", values);
    }
    return "%.3f (%.3f-%.3f)%s"
        .formatted(
            value.path("mean").asDouble(),
            value.path("low").asDouble(),
            value.path("high").asDouble(),
            value.path("n").asInt() == 1 ? "*" : "");
  }
}
