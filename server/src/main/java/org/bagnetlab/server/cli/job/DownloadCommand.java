package org.bagnetlab.server.cli.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.NewFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Saves a file that a job stored. */
@Command(
    name = "download",
    description =
        "Save a file of a job: a heatmap, a picture, values, a checkpoint. 'show ID' lists them.")
public final class DownloadCommand extends ServerCommand {

  @Parameters(
      index = "0",
      paramLabel = "ARTIFACT",
      description = "Number of the file: the last part of its address.")
  private long artifact;

  @Parameters(index = "1", paramLabel = "FILE", description = "File to write, a new one.")
  private Path file = Path.of("");

  @Override
  protected int run(LabClient client) throws Exception {
    NewFile.requireNew(file);
    boolean whole = false;
    try {
      Optional<String> name = client.download("artifacts/" + artifact, file);
      if (name.isPresent() && !extension(name.get()).equals(extension(file.toString()))) {
        throw new Failure(
            "File %d is %s. Save it under a name that ends in %s; './bagnetlab show ID' lists the files of a job."
                .formatted(artifact, name.get(), extension(name.get())));
      }
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
    json.print(
        Map.of("artifact", artifact, "file", file.toString(), "bytes", Files.size(file)),
        "Wrote %s.".formatted(file));
    return 0;
  }

  private static String extension(String name) {
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }
}
