package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server on an empty data directory and a browser, for all tests of a class. After each test its
 * pages are closed; an error of a script or on the console of one of them fails the test.
 */
final class ServedDashboard implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** Makes the application for a data directory. */
  @FunctionalInterface
  interface Applications {
    Application of(Path data) throws Exception;
  }

  /** Lives from the first test of a class to its last. */
  private record Started(
      Path data, Application application, Application.Running server, Chromium browser) {}

  private final Applications applications;
  private final List<Page> pages = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private List<Started> started = List.of();

  ServedDashboard() {
    this(Application::new);
  }

  /** One of another application than that which was built. */
  ServedDashboard(Applications applications) {
    this.applications = applications;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path data = Files.createTempDirectory("lab");
    Application application = applications.of(data);
    started =
        List.of(
            new Started(data, application, application.withSmallScenes().serve(), new Chromium()));
  }

  private Started started() {
    return started.get(0);
  }

  Path data() {
    return started().data();
  }

  Application application() {
    return started().application();
  }

  /** The server's address, with a slash at its end. */
  String address() {
    return started().server().address();
  }

  /** The server's interface. */
  Lab lab() {
    return new Lab(address());
  }

  /**
   * Lets the running test cause errors on the console that contain this, for example a part of the
   * address of what it asks for and is refused.
   */
  void expectErrors(String part) {
    expected.add(part);
  }

  /** An empty page. */
  Page newPage() {
    Page page = started().browser().newPage();
    page.onPageError(errors::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add("%s %s".formatted(message.text(), message.location()));
          }
        });
    pages.add(page);
    return page;
  }

  /** A page of the dashboard; the place begins with {@code #}, and is empty for the first page. */
  Page open(String place) {
    Page page = newPage();
    page.navigate(address() + place);
    return page;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> unexpected =
        errors.stream().filter(error -> expected.stream().noneMatch(error::contains)).toList();
    pages.forEach(Page::close);
    pages.clear();
    errors.clear();
    expected.clear();
    assertThat(unexpected).as("errors of scripts and on the console").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (Started each : started) {
      each.browser().close();
      each.server().process().destroy();
      each.server().process().waitFor();
      FileTree.delete(each.data());
    }
  }

  /**
   * Chooses one of a row of options by its words, as people do: the input lies hidden beneath them.
   * Waits until the page no longer moves.
   */
  static void choose(Locator option) {
    option.locator("xpath=..").click();
    PlaywrightAssertions.assertThat(option).isChecked();
  }

  /** Chooses the first entry with these words from a list that is searched, once it is loaded. */
  static void pick(Locator combobox, String words) {
    combobox.fill(words);
    PlaywrightAssertions.assertThat(combobox)
        .hasAttribute("aria-activedescendant", Pattern.compile(".+"));
    combobox.press("Enter");
  }
}
