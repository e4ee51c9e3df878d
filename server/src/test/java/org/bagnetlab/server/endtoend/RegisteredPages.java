package org.bagnetlab.server.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The dashboard's pages, as it counts them up, so that no test leaves out a new one. */
final class RegisteredPages {

  /** Where a page is that has not its name as its address. */
  private static final Map<String, String> PLACES =
      Map.of(
          "compare", "#/compare?runs=1,2",
          "comparison", "#/",
          "images", "#/images?dataset=small-scenes&image=test%2FDark%2Fimage_30.png&runs=1",
          "job", "#/jobs/1",
          "run", "#/runs/1",
          "sweep", "#/sweeps/demo");

  private static final Pattern NAME =
      Pattern.compile("(?m)^  '?([a-z-]+)'?: (?:async )?\\(\\) => ");

  private RegisteredPages() {}

  /** The names of all pages. */
  static List<String> names() throws IOException {
    return NAME.matcher(Files.readString(SourceModules.MODULES.resolve("app/dashboard.js")))
        .results()
        .map(page -> page.group(1))
        .toList();
  }

  /** A page's address. */
  static String place(String name) {
    return PLACES.getOrDefault(name, "#/" + name);
  }
}
