package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each module of the dashboard by itself, in a browser: runs what the files {@code *.test.js} in
 * {@code web/src/test/javascript} export, each function on a page of its own.
 */
@Timeout(120)
class ModulesEndToEndTests {

  private static final Pattern TEST = Pattern.compile("(?m)^export (?:async )?function (\\w+)");

  private static final String RUN =
      """
      async ([file, name]) => {
        try {
          await (await import('/modules/' + file))[name]();
          return '';
        } catch (error) {
          return error.stack ?? String(error);
        }
      }
      """;

  /** Part of the names of the files whose tests are run, all if it is not set: see CONTRIBUTING. */
  private static final String CHOSEN = System.getProperty("bagnetlab.modules", "");

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  static List<Arguments> tests() throws IOException {
    List<Arguments> tests = new ArrayList<>();
    for (Map.Entry<String, Path> module : SourceModules.all().entrySet()) {
      if (module.getKey().endsWith(".test.js") && module.getKey().contains(CHOSEN)) {
        List<String> names =
            TEST.matcher(Files.readString(module.getValue()))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).as(module.getKey()).isNotEmpty();
        names.forEach(name -> tests.add(Arguments.of(module.getKey(), name)));
      }
    }
    return tests;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tests")
  void passes(String file, String name) {
    Page page = DASHBOARD.newPage();
    SourceModules.route(page);
    page.exposeFunction("act", how -> act(page, how));
    page.navigate(DASHBOARD.address());
    String failure = (String) page.evaluate(RUN, List.of(file, name));
    if (!failure.isEmpty()) {
      fail(failure);
    }
  }

  /** Does for a test what its page cannot do itself: see {@code browser} in testing.js. */
  private static boolean act(Page page, Object... how) {
    switch (text(how, 0)) {
      case "click" -> page.locator(text(how, 1)).click();
      case "select" -> page.locator(text(how, 1)).selectOption(text(how, 2));
      case "fill" -> page.locator(text(how, 1)).fill(text(how, 2));
      case "press" -> page.keyboard().press(text(how, 1));
      case "type" -> page.keyboard().type(text(how, 1));
      case "point" -> page.mouse().move(number(how, 1), number(how, 2));
      case "resize" -> page.setViewportSize((int) number(how, 1), (int) number(how, 2));
      case "install-clock" -> page.clock().install();
      case "run-clock" -> page.clock().runFor((long) number(how, 1));
      case "expect-errors" -> DASHBOARD.expectErrors(text(how, 1));
      default -> throw new IllegalArgumentException(text(how, 0));
    }
    return true;
  }

  private static String text(Object[] how, int i) {
    return String.valueOf(how[i]);
  }

  private static double number(Object[] how, int i) {
    return Double.parseDouble(text(how, i));
  }
}
