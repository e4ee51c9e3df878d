package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser that has nothing yet fetches for a page, and how. */
@Timeout(120)
class PageLoadEndToEndTests {

  private static final int MOST_BYTES = 300_000;
  private static final int LOADS = 5;

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static final String FIRST_TABLE =
      """
      new MutationObserver((_, observer) => {
        if (document.querySelector('main tbody tr')) {
          window.firstTable = performance.now();
          observer.disconnect();
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  /** Of one load: bytes with headers, requests, and milliseconds until the first table. */
  private record Load(int bytes, int requests, double firstTable) {}

  private static Load load() {
    Page page = DASHBOARD.newPage();
    AtomicInteger bytes = new AtomicInteger();
    AtomicInteger requests = new AtomicInteger();
    CDPSession network = page.context().newCDPSession(page);
    network.send("Network.enable");
    network.on(
        "Network.loadingFinished",
        (JsonObject done) -> {
          bytes.addAndGet(done.get("encodedDataLength").getAsInt());
          requests.incrementAndGet();
        });
    page.addInitScript(FIRST_TABLE);
    page.navigate(DASHBOARD.address());
    page.waitForFunction("() => window.firstTable");
    Load load =
        new Load(
            bytes.get(),
            requests.get(),
            ((Number) page.evaluate("() => window.firstTable")).doubleValue());
    page.close();
    return load;
  }

  /** The time is only printed, for docs/performance.md: it depends on the machine. */
  @Test
  void theFirstPageIsSmall() {
    List<Load> loads = Stream.generate(PageLoadEndToEndTests::load).limit(LOADS).toList();
    double[] times = loads.stream().mapToDouble(Load::firstTable).sorted().toArray();
    Load last = loads.get(LOADS - 1);
    System.out.printf(
        "First page: %d bytes in %d requests; first table after %.0f ms (%.0f to %.0f)%n",
        last.bytes(), last.requests(), times[LOADS / 2], times[0], times[LOADS - 1]);
    assertThat(last.bytes()).isLessThan(MOST_BYTES);
  }

  /** Otherwise the browser would learn of it only after another module, one round trip later. */
  @Test
  void everyModuleOfAPageIsKnownBeforehand() {
    // Of the job, the sweep and the runs of some addresses, none of which is there.
    DASHBOARD.expectErrors("/api/v1/");
    for (String name : registered()) {
      Page page = DASHBOARD.newPage();
      List<String> fetched = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      page.onResponse(
          response -> {
            String path = path(response);
            if (path.endsWith(".js")) {
              fetched.add(path);
            }
            if (response.status() == 404 && !path.startsWith("/api/")) {
              missing.add(path);
            }
          });
      page.navigate(DASHBOARD.address() + RegisteredPages.place(name));
      page.locator("main h1").first().waitFor();
      List<?> known =
          (List<?>)
              page.evaluate(
                  """
                  async (name) => {
                    const text = await (await fetch('/')).text();
                    const page = new DOMParser().parseFromString(text, 'text/html');
                    const links = [...page.querySelectorAll('link[rel=modulepreload]')].map((link) => link.getAttribute('href'));
                    return [...links, ...JSON.parse(page.getElementById('modules').textContent)[name], '/js/main.js'];
                  }
                  """,
                  name);
      assertThat(missing).as(name).isEmpty();
      assertThat(new TreeSet<>(fetched)).as(name).isEqualTo(new TreeSet<>(known));
      page.close();
    }
  }

  private static String path(Response response) {
    return URI.create(response.url()).getPath();
  }

  private static List<String> registered() {
    Page page = DASHBOARD.open("");
    List<String> names = RegisteredPages.names(page);
    page.close();
    return names;
  }
}
