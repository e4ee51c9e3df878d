package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser that has nothing yet fetches for a page, and how. */
@Timeout(120)
class PageLoadEndToEndTests {

  private static final int MOST_BYTES = 200_000;
  private static final int MOST_REQUESTS = 20;
  private static final int MOST_SCRIPTS = 20;
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
    assertThat(last.requests()).isLessThanOrEqualTo(MOST_REQUESTS);
  }

  /** Otherwise the browser would learn of a script only after another one, a round trip later. */
  @Test
  void everyScriptOfTheFirstPageIsKnownBeforehand() {
    Page page = DASHBOARD.newPage();
    Set<String> fetched = scriptsOf(page);
    page.navigate(DASHBOARD.address());
    page.locator("main tbody tr").first().waitFor();
    List<?> known =
        (List<?>)
            page.evaluate(
                """
                () => [...document.querySelectorAll('link[rel=modulepreload], script[src]')]
                  .map((element) => new URL(element.href ?? element.src).pathname)
                """);
    assertThat(fetched).isEqualTo(new TreeSet<>(known));
  }

  /** One is that page's own, others it shares with some other pages. */
  @Test
  void anotherPageIsAFewFurtherScripts() throws IOException {
    // Of the job, the sweep and the runs of some addresses, none of which is there.
    DASHBOARD.expectErrors("/api/v1/");
    for (String name : RegisteredPages.names()) {
      Page page = DASHBOARD.newPage();
      Set<String> fetched = scriptsOf(page);
      page.navigate(DASHBOARD.address() + RegisteredPages.place(name));
      page.locator("main h1").first().waitFor();
      assertThat(fetched).as(name).hasSizeLessThan(MOST_SCRIPTS);
      page.close();
    }
  }

  @Test
  void pagesOfAnotherVersionOfTheServerAreFoundWithItsDocument() {
    DASHBOARD.expectErrors("/js/chunks/storage-page");
    Page page = DASHBOARD.open("");
    page.locator("main h1").first().waitFor();
    AtomicInteger refused = new AtomicInteger();
    page.route(
        "**/js/chunks/storage-page*",
        route -> {
          route.fulfill(new Route.FulfillOptions().setStatus(404));
          refused.incrementAndGet();
        });
    page.evaluate("() => { location.hash = '#/storage'; }");
    // The document loads itself again once; after that, it is for the reader to try.
    page.waitForCondition(() -> refused.get() == 2);
    page.getByText("Connection lost").waitFor();
    page.unroute("**/js/chunks/storage-page*");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
    page.locator("main h1", new Page.LocatorOptions().setHasText("Storage")).waitFor();
  }

  @Test
  void aDashboardThatIsOlderThanTheServerLoadsItselfAgain() {
    DASHBOARD.expectErrors("/js/chunks/storage-page");
    Page page = DASHBOARD.open("");
    page.locator("main h1").first().waitFor();
    page.route(
        "**/js/chunks/storage-page*",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(404)),
        new Page.RouteOptions().setTimes(1));
    page.evaluate("() => { location.hash = '#/storage'; }");
    page.locator("main h1", new Page.LocatorOptions().setHasText("Storage")).waitFor();
  }

  /** Paths of the scripts that a page fetches from now on. */
  private static Set<String> scriptsOf(Page page) {
    Set<String> fetched = new TreeSet<>();
    page.onResponse(
        response -> {
          String path = URI.create(response.url()).getPath();
          if (path.endsWith(".js")) {
            fetched.add(path);
          }
        });
    return fetched;
  }
}
