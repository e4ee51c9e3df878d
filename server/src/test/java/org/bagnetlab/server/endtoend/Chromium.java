package org.bagnetlab.server.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The system's browser, which asks nobody but the server for anything. */
final class Chromium implements AutoCloseable {

  private final Playwright playwright;
  private final Browser browser;

  /** A worker or another browser may have the cores for a while. */
  private static final double PATIENCE_MS = 30_000;

  Chromium() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    playwright =
        Playwright.create(
            // The browser is the system's; nothing is downloaded.
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getenv("BAGNETLAB_CHROMIUM")))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  Page newPage() {
    return browser.newPage();
  }

  /** A page that takes any certificate, as if its owner had trusted it. */
  Page newPageTrusting() {
    return browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
