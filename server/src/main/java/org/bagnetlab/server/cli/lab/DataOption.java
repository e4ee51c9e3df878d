package org.bagnetlab.server.cli.lab;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects the data directory. */
public final class DataOption {

  static final String NAME = "--data";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description =
          "Data directory. Default: $$BAGNETLAB_DATA, or bagnetlab in $$XDG_DATA_HOME"
              + " (~/.local/share).")
  private @Nullable Path directory;

  public Path directory() {
    return directory != null ? directory : byDefault(System.getenv());
  }

  static Path byDefault(Map<String, String> environment) {
    String chosen = environment.get("BAGNETLAB_DATA");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    String xdg = environment.get("XDG_DATA_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".local", "share");
    return base.resolve("bagnetlab");
  }
}
