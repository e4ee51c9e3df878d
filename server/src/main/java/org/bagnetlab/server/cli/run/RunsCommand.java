package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.results.FormatOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs with their results. */
@Command(
    name = "runs",
    description = "List runs with their parameters and accuracies, the newest first.")
public final class RunsCommand implements Callable<Integer> {

  /** Which lab ran it: shown once runs are imported. */
  private static final String LAB = "lab";

  /**
   * Columns that are shown even if all runs have the same value. For other columns, such a value
   * appears in the caption.
   */
  private static final Set<String> ALWAYS =
      Set.of(
          "run",
          "network",
          "dataset",
          "regime",
          "imageSize",
          "width",
          "epochs",
          "learningRate",
          "seed",
          "test",
          "scrambled",
          "tags");

  @Option(names = "--dataset", paramLabel = "NAME", description = "Only runs on this data set.")
  private String dataset = "";

  @Option(names = "--network", paramLabel = "NAME", description = "Only this architecture.")
  private String network = "";

  @Option(names = "--sweep", paramLabel = "NAME", description = "Only runs of this sweep.")
  private String sweep = "";

  @Option(names = "--tag", paramLabel = "NAME", description = "Only runs with this tag.")
  private String tag = "";

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      split = ",",
      description = "Only runs with this value, for example seed=3; may be repeated.")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--query",
      paramLabel = "QUERY",
      description =
          "Only runs that it selects, for example \"test > 0.9 and width = 0.25\". Words are found in title, network, tags, note and sweep.")
  private String query = "";

  @Option(
      names = "--converged",
      paramLabel = "true|false",
      description = "true: only runs that did not improve in the last epoch; false: the rest.")
  private String converged = "";

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "For example test, or -test from the best to the worst.")
  private String sort = "";

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description =
          "Columns separated by commas, or all. Default: the most common, the sorted one, and the parameters in which the runs differ.")
  private String columns = "";

  @Option(names = "--limit", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print JSON, with all columns.")
  private boolean json;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    if (json) {
      System.out.println(
          client.text("export/runs.json" + query(Map.of("limit", String.valueOf(limit)))).strip());
      return 0;
    }
    JsonNode page = client.get("runs" + query(Map.of("limit", "1")));
    long total = page.path("total").asLong();
    if (total == 0) {
      if (!sweep.isEmpty()) {
        // Fails if the sweep does not exist.
        var _ = client.get("sweeps/" + LabClient.part(sweep));
      }
      System.out.println("There are no such runs.");
      if (query.contains("trouble")) {
        System.out.println(
            "Runs are trainings with results. For those that failed: ./bagnetlab jobs --state FAILED");
      }
      return 0;
    }
    format.print(
        client, "runs", query(Map.of("limit", String.valueOf(limit), "columns", columns(page))));
    if (format.isTable() && total > limit) {
      System.out.printf("Showing %d of %d. Use --limit to show more.%n", limit, total);
    }
    return 0;
  }

  private String columns(JsonNode page) {
    if (!columns.isEmpty()) {
      return columns.equals("all") ? "" : columns;
    }
    Set<String> varying = new HashSet<>();
    page.path("varying").forEach(name -> varying.add(name.asText()));
    String sorted = sort.startsWith("-") ? sort.substring(1) : sort;
    List<String> names = new ArrayList<>();
    for (JsonNode column : page.path("columns")) {
      String name = column.path("name").asText();
      if (ALWAYS.contains(name)
          || name.equals(sorted)
          || ((column.path("parameter").asBoolean() || name.equals(LAB))
              && varying.contains(name))) {
        names.add(name);
      }
    }
    return String.join(",", names);
  }

  private String query(Map<String, String> more) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("dataset", dataset);
    asked.put("network", network);
    asked.put("sweep", sweep);
    asked.put("tag", tag);
    asked.put(
        "parameter",
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + ":" + parameter.getValue())
            .collect(Collectors.joining(",")));
    asked.put("query", query);
    asked.put("converged", converged);
    asked.put("sort", sort);
    asked.putAll(more);
    return asked.entrySet().stream()
        .filter(parameter -> !parameter.getValue().isEmpty())
        .map(parameter -> parameter.getKey() + "=" + LabClient.part(parameter.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }
}
