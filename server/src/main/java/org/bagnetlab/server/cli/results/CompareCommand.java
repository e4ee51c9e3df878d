package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.results.run.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares trainings image by image. */
@Command(
    name = "compare",
    description =
        "Compare a training with others on the images that both were measured on: McNemar's exact"
            + " test, and the paired difference over seeds where both have several.")
public final class CompareCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "Job ID of a training.")
  private long first;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Trainings to compare it with.")
  private List<Long> others = List.of();

  @Option(
      names = "--set",
      defaultValue = "test",
      description = "test or scrambled. Default: ${DEFAULT-VALUE}.")
  private String set = "";

  @Override
  protected int run(LabClient client) throws Exception {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode pairs = answer.putArray("pairs");
    for (long other : others) {
      pairs.add(client.get("pairs?a=%d&b=%d&set=%s".formatted(first, other, LabClient.part(set))));
    }
    if (!json.printed(answer)) {
      pairs.forEach(CompareCommand::print);
      for (long run : Stream.concat(Stream.of(first), others.stream()).distinct().toList()) {
        Trouble.of(client.get("runs/" + run))
            .ifPresent(
                trouble -> System.out.printf("Run %d learnt nothing: %s.%n", run, trouble.text()));
      }
    }
    return 0;
  }

  private static void print(JsonNode pair) {
    System.out.printf("Run %s against run %s%n", run(pair.path("a")), run(pair.path("b")));
    System.out.printf("  %s%n", pair.path("sentence").asText());
    System.out.printf("  %s%n", pair.path("testSentence").asText());
    System.out.printf(
        "  Of %d images: both right %d, only the first %d, only the second %d, neither %d.%n",
        pair.path("images").asInt(),
        pair.path("both").asInt(),
        pair.path("onlyA").asInt(),
        pair.path("onlyB").asInt(),
        pair.path("neither").asInt());
    System.out.printf("  %s%n", pair.path("byClass").path("sentence").asText());
    if (pair.has("overSeeds")) {
      System.out.printf("  Over seeds: %s%n", pair.path("overSeeds").path("sentence").asText());
    }
  }

  private static String run(JsonNode run) {
    return "%d (%s, seed %d)"
        .formatted(run.path("run").asLong(), run.path("label").asText(), run.path("seed").asLong());
  }
}
