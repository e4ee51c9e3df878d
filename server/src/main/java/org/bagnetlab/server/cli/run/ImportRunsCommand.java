package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports the runs of a bundle. */
@Command(
    name = "import-runs",
    description = {
      "Import the runs of a bundle that another lab wrote with results export --bundle.",
      "Tables show them beside runs of this lab, but never average them with these."
    })
public final class ImportRunsCommand extends ServerCommand {

  @Parameters(paramLabel = "FILE", description = "The bundle.")
  private Path file = Path.of("");

  @Override
  protected int run(LabClient client) throws IOException, InterruptedException {
    LabClient.checkFile(file);
    JsonNode imported =
        client.upload(
            "run-records?name=" + LabClient.part(String.valueOf(file.getFileName())), file);
    if (json.printed(imported)) {
      return 0;
    }
    LongSummaryStatistics numbers =
        imported.path("jobs").properties().stream()
            .mapToLong(job -> job.getValue().asLong())
            .summaryStatistics();
    System.out.printf(
        "Imported %s with %s%s.%n",
        Count.of(numbers.getCount(), "job"),
        Count.of(imported.path("files").asInt(), "file"),
        numbers.getCount() == 0
            ? ""
            : ", as numbers %d to %d".formatted(numbers.getMin(), numbers.getMax()));
    int known = imported.path("known").asInt();
    if (known > 0) {
      System.out.printf(
          "%s of the bundle %s here already.%n",
          Count.of(known, "job"), known == 1 ? "was" : "were");
    }
    imported
        .path("leftOut")
        .properties()
        .forEach(
            job ->
                System.out.printf(
                    "Left out: job %s, since %s.%n",
                    job.getKey(), Terminal.shown(job.getValue().asText())));
    return 0;
  }
}
