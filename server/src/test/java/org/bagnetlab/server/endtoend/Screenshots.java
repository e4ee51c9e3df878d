package org.bagnetlab.server.endtoend;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures of every page of a running server's dashboard: those of its menu, storage, each tab of
 * the newest training, its data set and one of its images, the two newest compared, the newest
 * sweep. Started by {@code scripts/screenshots}.
 */
public final class Screenshots {

  /** Of a long page, what is looked at. */
  private static final int HIGHEST = 6_000;

  private static final List<Integer> WIDTHS = List.of(1440, 390);

  /** The documents' pictures: a page and how much of it they show. */
  private static final Map<String, Integer> DOCUMENTS =
      Map.of(
          "comparison",
          1800,
          "receptive-fields",
          2420,
          "scrambling",
          1900,
          "sweep",
          1100,
          "runs",
          1100,
          "heatmaps",
          1300);

  private static final int DOCUMENT_WIDTH = 1280;

  private Screenshots() {}

  /** Arguments: the server's address, a directory, and "documents" for the documents' pictures. */
  public static void main(String[] arguments) throws Exception {
    String address = arguments[0].replaceAll("/$", "");
    Path directory = Files.createDirectories(Path.of(arguments[1]));
    boolean documents = arguments.length > 2 && arguments[2].equals("documents");
    List<String> errors = new ArrayList<>();
    try (Chromium chromium = new Chromium()) {
      Page page = chromium.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(page.url() + ": " + message.text());
            }
          });
      page.onPageError(error -> errors.add(page.url() + ": " + error));
      for (Map.Entry<String, String> place : places(page, address).entrySet()) {
        String name = place.getKey();
        if (documents && !DOCUMENTS.containsKey(name)) {
          continue;
        }
        for (int width : documents ? List.of(DOCUMENT_WIDTH) : WIDTHS) {
          for (ColorScheme scheme :
              documents
                  ? List.of(ColorScheme.LIGHT)
                  : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            String file =
                documents
                    ? name
                    : "%s-%d-%s".formatted(name, width, scheme.name().toLowerCase(Locale.ROOT));
            take(
                page,
                place.getValue(),
                width,
                scheme,
                documents ? DOCUMENTS.getOrDefault(name, HIGHEST) : HIGHEST,
                directory.resolve(file + ".png"));
            System.out.println(directory.resolve(file + ".png"));
          }
        }
      }
    }
    errors.forEach(error -> System.err.println("Error on " + error));
    System.exit(errors.isEmpty() ? 0 : 1);
  }

  /** Addresses of pages, by the names of their pictures. */
  private static Map<String, String> places(Page page, String address) {
    page.navigate(address + "/");
    page.waitForSelector("nav[aria-label=Pages] a");
    Map<String, String> places = new LinkedHashMap<>();
    for (Object link :
        (List<?>)
            page.evaluate(
                """
                () => [...document.querySelectorAll('nav[aria-label=Pages] a')]
                  .map((link) => [link.dataset.testid.replace('nav-', ''), link.href])
                """)) {
      List<?> entry = (List<?>) link;
      places.put((String) entry.get(0), (String) entry.get(1));
    }
    places.put("storage", address + "/#/storage");
    for (Object place : (List<?>) page.evaluate(OF_TRAININGS)) {
      List<?> entry = (List<?>) place;
      places.put((String) entry.get(0), address + "/" + entry.get(1));
    }
    newest(page, "/api/v1/sweeps?limit=1", "sweeps", "id")
        .ifPresent(name -> places.put("sweep", address + "/#/sweeps/" + name));
    return places;
  }

  /** Names and places of what there is once something was trained. */
  private static final String OF_TRAININGS =
      """
      async () => {
        const read = async (path) => (await fetch(`/api/v1/${path}`)).json();
        const { jobs } = await read('jobs?kind=train&state=SUCCEEDED&limit=2');
        if (jobs.length === 0) {
          return [];
        }
        const [{ id, spec: { dataset } }] = jobs;
        const tabs = ['curves', 'classes', 'pictures', 'analyses', 'files', 'log'];
        const places = [
          ['job', `#/jobs/${id}`],
          ...tabs.map((tab) => [`job-${tab}`, `#/jobs/${id}/${tab}`]),
          ['dataset', `#/datasets?${new URLSearchParams({ name: dataset })}`],
        ];
        const { predictions = [] } = await read(`runs/${id}/predictions?limit=1`);
        for (const { image } of predictions) {
          places.push(['image', `#/images?${new URLSearchParams({ dataset, image, runs: id })}`]);
        }
        if (jobs.length > 1) {
          places.push(['compare', `#/compare?runs=${jobs.map((job) => job.id)}`]);
        }
        return places;
      }
      """;

  private static Optional<Object> newest(Page page, String path, String list, String key) {
    return Optional.ofNullable(
        page.evaluate(
            "async ([path, list, key]) => (await (await fetch(path)).json())[list]?.[0]?.[key]",
            List.of(path, list, key)));
  }

  private static void take(
      Page page, String address, int width, ColorScheme scheme, int highest, Path file) {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE));
    page.setViewportSize(width, 900);
    page.navigate("about:blank");
    page.navigate(address);
    page.waitForSelector("main h1, main h2");
    // Until what is fetched has arrived and charts are drawn: the page has kept its height for a
    // while.
    page.waitForFunction(
        """
        () => {
          const height = document.documentElement.scrollHeight;
          const now = performance.now();
          if (window.lastHeight !== height) {
            window.lastHeight = height;
            window.since = now;
          }
          return now - window.since > 1500;
        }
        """);
    int height = ((Number) page.evaluate("() => document.documentElement.scrollHeight")).intValue();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(file)
            .setFullPage(true)
            .setClip(0, 0, width, Math.min(highest, height)));
  }
}
